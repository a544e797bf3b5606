"""The matrix: tactics as columns, techniques as cells with their state, sub-techniques folded under them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pages import words
from pages.answers import AnswerSource
from pages.links import Links
from pages.page import PageSubject
from pages.requests import Request
from queries.answers import rollup
from queries.answers.narrowing import Narrowing, wanted
from queries.answers.rollup import TechniqueTotalHere
from queries.ask import Asked
from queries.params import OfRelease
from queries.questions.coverage.environment import ENVIRONMENT, TechniqueHere
from queries.questions.coverage.totals import BY_TECHNIQUE, PAIRS, ReleaseEvidence, TechniquesEvidence
from queries.questions.lookup.questions import TACTICS, TacticColumn
from queries.readings import STATES


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """A technique in a column.

    Attributes:
        state: in the library or environment, its best platform's; on the one platform that was asked for, that one's.
        detect: pieces of evidence that claim to detect it.
        places: (number of the platform, state there) for each platform of the technique.
        children: its sub-techniques in this column.
    """

    technique_id: str
    name: str
    href: str | None
    state: str
    detect: int
    places: tuple[tuple[int, str], ...]
    children: "tuple[MatrixCell, ...]" = ()

    @property
    def word(self) -> str:
        """The state as people read it."""
        return words.reading(self.state)


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """A tactic with its techniques; `covered` of all `techniques`, sub-techniques among them."""

    tactic_id: str
    tactic: str
    href: str | None
    cells: tuple[MatrixCell, ...]
    techniques: int
    covered: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """The whole.

    Attributes:
        platforms: names, by number.
        states: those that occur, the best first, with how many techniques have each.
    """

    subject: PageSubject
    title: str
    summary: str
    columns: tuple[MatrixColumn, ...]
    platforms: tuple[str, ...]
    states: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class _Row:
    technique_id: str
    name: str
    tactics: frozenset[str]
    state: str
    detect: int


@dataclass(frozen=True, slots=True)
class ChosenTechnique:
    """A technique that a narrowing leaves."""

    technique_id: str


def matrix(
    source: AnswerSource, subject: PageSubject, links: Links, narrowing: Narrowing | None = None
) -> Matrix:
    """Return the matrix of a release, or of an environment in it, narrowed to some techniques and one platform.

    Raises:
        NotFoundError: what it is narrowed to is not in the release.
    """
    narrow = narrowing or Narrowing()
    places = _places(source, subject)
    chosen = _chosen(source, subject, narrow)
    rows = [
        row
        for row in _rows(source, subject, places, narrow.platform)
        if chosen is None or row.technique_id in chosen
    ]
    platforms = tuple(sorted({platform for each in places.values() for platform in each}))
    columns = [
        _column(each, rows, places, platforms, links)
        for each in source.ask(TACTICS, OfRelease(subject.release))
    ]
    counts = Counter(row.state for row in rows)
    where = f" on {narrow.platform}" if narrow.platform else ""
    whose = f" in {subject.environment}" if subject.environment else ""
    return Matrix(
        subject=subject,
        title=f"Matrix{whose}, {words.domain_of(subject.release)}",
        summary=(
            f"{counts['covered']} of {len(rows)} techniques covered{where}: somebody claims to detect them on a "
            "platform that they have. Sub-techniques are folded under their technique; each has its own state."
        ),
        columns=tuple(column for column in columns if column.cells),
        platforms=platforms,
        states=tuple((name, words.reading(name), counts[name]) for name in STATES if counts[name]),
    )


def _places(source: AnswerSource, subject: PageSubject) -> Mapping[str, Mapping[str, str]]:
    """Return technique -> platform -> state there."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    if subject.environment:
        for here in source.ask(
            ENVIRONMENT, TechniqueHere(subject.release, subject.environment, set=subject.of_set)
        ):
            if here.platform:
                found[here.technique_id][here.platform] = here.state
        return found
    for pair in source.ask(PAIRS, ReleaseEvidence(subject.release, set=subject.of_set)):
        if pair.platform:
            found[pair.technique_id][pair.platform] = pair.state
    return found


def _rows(
    source: AnswerSource, subject: PageSubject, places: Mapping[str, Mapping[str, str]], platform: str | None
) -> list[_Row]:
    rows = _totals(source, subject)
    if platform is None:
        return rows
    folded = platform.casefold()
    states = {
        key: state
        for key, each in places.items()
        for name, state in each.items()
        if name.casefold() == folded
    }
    return [
        _Row(row.technique_id, row.name, row.tactics, states[row.technique_id], row.detect)
        for row in rows
        if row.technique_id in states
    ]


def _totals(source: AnswerSource, subject: PageSubject) -> list[_Row]:
    library = source.ask(BY_TECHNIQUE, TechniquesEvidence(subject.release, set=subject.of_set))
    if subject.environment is None:
        return [
            _Row(row.technique_id, row.technique, frozenset(row.tactics), row.state, row.detect)
            for row in library
        ]
    environment = subject.environment
    columns = {row.technique_id: frozenset(row.tactics) for row in library}
    here = source.work_out(
        Request(
            "coverage",
            {"by": "technique", "environment": environment, "release": subject.release, **subject.only},
        ),
        TechniqueTotalHere,
        lambda graph: rollup.by_technique(
            graph, release=subject.release, environment=environment, of_set=subject.of_set
        ),
    )
    return [
        _Row(
            row.technique_id, row.technique, columns.get(row.technique_id, frozenset()), row.state, row.detect
        )
        for row in here
    ]


def _chosen(source: AnswerSource, subject: PageSubject, narrow: Narrowing) -> frozenset[str] | None:
    """Return the techniques that the narrowing leaves; None for all."""
    if narrow.tactic is None and narrow.used_by is None and narrow.techniques is None:
        return None

    def work(graph: Asked) -> Iterable[ChosenTechnique]:
        return [ChosenTechnique(each) for each in sorted(wanted(graph, subject.release, narrow) or ())]

    request = Request("page narrowing", {"release": subject.release, "told": narrow.told})
    return frozenset(row.technique_id for row in source.work_out(request, ChosenTechnique, work))


def _column(
    tactic: TacticColumn,
    rows: Sequence[_Row],
    places: Mapping[str, Mapping[str, str]],
    platforms: Sequence[str],
    links: Links,
) -> MatrixColumn:
    own = [row for row in rows if tactic.shortname in row.tactics]
    number = {platform: at for at, platform in enumerate(platforms)}

    def cell(row: _Row, children: tuple[MatrixCell, ...] = ()) -> MatrixCell:
        there = places.get(row.technique_id, {})
        return MatrixCell(
            technique_id=row.technique_id,
            name=row.name,
            href=links.of("Technique", row.technique_id),
            state=row.state,
            detect=row.detect,
            places=tuple((number[platform], state) for platform, state in sorted(there.items())),
            children=children,
        )

    below: dict[str, list[_Row]] = defaultdict(list)
    for row in own:
        parent, dot, _ = row.technique_id.partition(".")
        below[parent if dot else ""].append(row)
    heads = {row.technique_id for row in below[""]}
    # A sub-technique whose parent is not in this column has a cell of its own.
    alone = [row for parent, each in below.items() if parent and parent not in heads for row in each]
    cells = [
        cell(row, tuple(map(cell, below.get(row.technique_id, ()))))
        for row in sorted([*below[""], *alone], key=lambda row: row.name)
    ]
    return MatrixColumn(
        tactic_id=tactic.tactic_id,
        tactic=tactic.tactic,
        href=links.of("Tactic", tactic.tactic_id),
        cells=tuple(cells),
        techniques=len(own),
        covered=sum(row.state == "covered" for row in own),
    )

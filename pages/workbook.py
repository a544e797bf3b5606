"""A workbook of coverage: by tactic, by technique, evidence, gaps, sets, and what all of it rests on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from graph.errors import UsageError
from graph.extras import to_install
from pages import words
from pages.answer_file import named_answers, page_answer
from pages.answers import Live
from pages.links import Alone
from pages.page import PageSubject
from pages.single import days
from pages.text import shown
from pages.views.matrix import Matrix, MatrixCell, matrix
from pages.views.overview import gaps_of
from pages.views.sources import held_sources
from queries.ahead import Ahead
from queries.answers.narrowing import Narrowing
from queries.ask import Asked, ask
from queries.params import Nothing
from queries.questions.coverage.technique import EVIDENCE, EvidenceRow, TechniqueEvidence
from queries.questions.releases.roots import ROOTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from xlsxwriter.worksheet import Worksheet

Value: TypeAlias = "str | int | float | None"
LONGEST = 32_767
"""Letters of a cell, as the format has it."""
MOST = 1_048_576
"""Rows of a sheet, as the format has it."""
WIDEST, NARROWEST, READ = 60, 8, 200
"""Letters: of the widest column, of the narrowest; and the rows that its width is read from."""
PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its titles, and its rows."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def workbook(graph: Asked, subject: PageSubject, narrowing: Narrowing) -> bytes:
    """Return the workbook as an .xlsx file.

    Raises:
        NotFoundError: what it is narrowed to is not in the release.
        UsageError: the extra `workbook` is not installed.
    """
    writer = _writer()
    return written(sheets(Ahead(graph), subject, narrowing), writer)


def _writer() -> "Callable[..., Any]":
    try:
        from xlsxwriter import Workbook
    except ImportError as error:
        raise UsageError("needs the extra `workbook`", todo=to_install("workbook")) from error
    writer: Callable[..., Any] = Workbook
    return writer


def sheets(ahead: Ahead, subject: PageSubject, narrowing: Narrowing) -> list[Sheet]:
    """Return the sheets, in their order."""
    loaded, when = ask(ahead, ROOTS, Nothing()), days(ahead)
    source = Live(ahead, when)
    made = matrix(source, subject, Alone(), narrowing)
    gaps = gaps_of(source, made)
    sets = _sets(source, subject)
    answer = page_answer(subject, named_answers(source.answers, loaded), loaded, when, narrowing)
    return [
        _by_tactic(made),
        _by_technique(made),
        _evidence(ahead, made),
        Sheet(
            "gaps",
            ("Technique", "Name", "State", "Known users", "Entry"),
            tuple(
                (each.cell.technique_id, each.cell.name, each.cell.word, each.users, each.cell.href)
                for each in gaps
            ),
        ),
        sets,
        _about(made, str(answer["digest"]), narrowing),
    ]


def _cells(made: Matrix) -> dict[str, tuple[MatrixCell, list[str]]]:
    """Return each technique once, with the tactics that it achieves."""
    found: dict[str, tuple[MatrixCell, list[str]]] = {}
    for column in made.columns:
        for cell in (each for parent in column.cells for each in (parent, *parent.children)):
            found.setdefault(cell.technique_id, (cell, []))[1].append(column.tactic)
    return dict(sorted(found.items()))


def _by_tactic(made: Matrix) -> Sheet:
    states = [name for name, _, _ in made.states]
    rows: list[tuple[Value, ...]] = []
    for column in made.columns:
        counts = Counter(cell.state for parent in column.cells for cell in (parent, *parent.children))
        rows.append(
            (column.tactic_id, column.tactic, column.techniques, *(counts[state] for state in states))
        )
    titles = ("Tactic", "Name", "Techniques", *(words.reading(state) for state in states))
    return Sheet("by tactic", titles, tuple(rows))


def _by_technique(made: Matrix) -> Sheet:
    titles = ("Technique", "Name", "Tactics", "State", "Detections", *made.platforms, "Entry")
    rows = tuple(_technique(cell, tactics, made.platforms) for cell, tactics in _cells(made).values())
    return Sheet("by technique", titles, rows)


def _technique(cell: MatrixCell, tactics: Sequence[str], platforms: Sequence[str]) -> tuple[Value, ...]:
    places = dict(cell.places)
    states = (words.reading(places[at]) if at in places else None for at in range(len(platforms)))
    return (cell.technique_id, cell.name, ", ".join(tactics), cell.word, cell.detect, *states, cell.href)


def _evidence(ahead: Ahead, made: Matrix) -> Sheet:
    asked = [TechniqueEvidence(made.subject.release, key, set=made.subject.of_set) for key in _cells(made)]
    titles = (
        *(
            "Technique",
            "Platform",
            "Placement",
            "Category",
            "Kind",
            "What",
            "Id",
            "Set",
            "Status",
            "Effectiveness",
        ),
        *("Confidence", "As of", "Findings", "Compiles for"),
    )
    return Sheet("evidence", titles, tuple(_claims(ahead, asked)))


def _claims(ahead: Ahead, asked: Sequence[TechniqueEvidence]) -> Iterator[tuple[Value, ...]]:
    ahead.fetch(EVIDENCE, asked)
    for one in asked:
        yield from (_claim(row) for row in ask(ahead, EVIDENCE, one) if row.counted)


def _claim(row: EvidenceRow) -> tuple[Value, ...]:
    return (
        *(row.technique_id, row.platform, words.placement(row.placement), row.category, row.kind, row.title),
        *(row.id, row.set, row.status, row.effectiveness, row.confidence, words.day(row.as_of), row.pieces),
        ", ".join(row.compiles_to) or None,
    )


def _sets(source: Live, subject: PageSubject) -> Sheet:
    rows = tuple(
        (
            *(each.key, each.publisher, "in use" if each.in_use else "superseded", each.attack_version),
            *(each.pieces, each.claims, source.loaded_on(each.key), each.content_root),
        )
        for each in held_sources(source, subject)
        if each.kind == "set"
    )
    titles = ("Set", "Publisher", "Use", "Made for ATT&CK", "Pieces", "Claims", "Loaded", "Root")
    return Sheet("sets", titles, rows)


def _about(made: Matrix, digest: str, narrowing: Narrowing) -> Sheet:
    subject = made.subject
    domain = subject.release.partition("@")[0]
    rows: tuple[tuple[Value, ...], ...] = (
        ("Release", words.domain_of(subject.release)),
        ("Key of the release", subject.release),
        ("Environment", subject.environment or "none: the library, whoever has it switched on"),
        ("Narrowed to", ", ".join(filter(None, (narrowing.told, subject.told))) or "nothing"),
        ("Domain", domain),
        ("Digest of the answers", digest),
        ("Covered", "somebody claims to detect it on that platform; none of it says that a detection fires"),
        ("Source", "MITRE ATT&CK. The MITRE Corporation. Reproduced and distributed with its permission."),
        ("Sightline", "is not affiliated with or endorsed by MITRE"),
    )
    return Sheet("about", ("What", "Is"), rows)


# The file ----------------------------------------------------------------------------------------------------


def written(made: Iterable[Sheet], writer: "Callable[..., Any]") -> bytes:
    """Return the sheets as a file; a text is never a formula, a link or a number."""
    buffer = BytesIO()
    book = writer(buffer, PLAIN)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    for sheet in made:
        _write(book.add_worksheet(sheet.name), sheet, head)
    book.close()
    return buffer.getvalue()


def _write(page: "Worksheet", sheet: Sheet, head: object) -> None:
    rows = sheet.rows[: MOST - 1]
    for at, title in enumerate(sheet.titles):
        page.write_string(0, at, shown(title), head)
        page.set_column(at, at, _width(title, [row[at] for row in rows[:READ]]))
    for number, row in enumerate(rows, start=1):
        for at, value in enumerate(row):
            _put(page, number, at, value)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(rows)), len(sheet.titles) - 1)


def _put(page: "Worksheet", row: int, column: int, value: Value) -> None:
    if isinstance(value, str):
        page.write_string(row, column, shown(value)[:LONGEST])
    elif value is not None:
        page.write_number(row, column, value)


def _width(title: str, values: Iterable[Value]) -> int:
    longest = max((len(str(value)) for value in values if value is not None), default=0)
    return max(NARROWEST, min(WIDEST, max(longest, len(title)) + 2))

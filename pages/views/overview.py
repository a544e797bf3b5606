"""The pages of a site that are about the whole: where it begins, gaps, conflicts, releases, sets, contents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.identifiers import SAMPLE
from pages import words
from pages.answers import AnswerSource
from pages.links import Links
from pages.page import Page, PageSubject, Section, Voice
from pages.parts import Bar, Code, Grid, Link, Tile, counted, noun, several, table
from pages.requests import Request
from pages.views.matrix import Matrix, MatrixCell
from pages.views.sources import held_sources, sets_in_use, sources
from queries.answers.conflicts import Conflict, conflicts
from queries.ask import Asked, ask
from queries.params import Nothing, OfRelease, TwoReleases
from queries.questions.coverage.thin import USED
from queries.questions.lookup.questions import OBJECTS, ReleaseObject
from queries.questions.releases import questions as q

LARGEST = 15
"""Gaps on the page where a site begins."""
COUNTED = ("added", "removed", "revoked", "deprecated", "content")


@dataclass(frozen=True, slots=True)
class HeldRelease:
    """A loaded release, without what differs from load to load."""

    release: str
    domain: str
    version: str
    objects: int
    relationships: int
    content_root: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A technique that is not covered, and how many are known to use it."""

    cell: MatrixCell
    users: int


def start_page(source: AnswerSource, subject: PageSubject, links: Links, matrix: Matrix) -> Page:
    """Return the page where a site begins."""
    cells = _cells(matrix)
    covered = sum(each.state == "covered" for each in cells.values())
    in_use = sets_in_use(source, subject)
    return Page(
        subject=subject,
        title=f"Detection coverage{_where(subject)}, {words.domain_of(subject.release)}",
        word="Start",
        trail=(words.domain_of(subject.release),),
        summary=matrix.summary,
        tiles=(
            Tile(f"{covered} of {len(cells)}", "techniques covered", "matrix.html"),
            Tile(f"{len(gaps_of(source, matrix)):,}", "gaps", "gaps.html"),
            Tile(f"{len(in_use)}", f"{noun(len(in_use), 'set')} of evidence in use", "#sources"),
        ),
        sections=tuple(_start(source, subject, links, matrix)),
    )


def _start(source: AnswerSource, subject: PageSubject, links: Links, matrix: Matrix) -> Iterator[Section]:
    yield _tactics(matrix)
    found = gaps_of(source, matrix)
    lead = (
        "Techniques that are not covered, those with the most known users first. `gaps.html` has all of them."
    )
    grid = _gaps(found[:LARGEST], "largest-rows")
    yield Section("gaps", "Largest gaps", _voice(subject), (grid,), lead)
    yield from _changes(source, subject, links, few=True)
    yield sources(source, subject)


def _where(subject: PageSubject) -> str:
    return f" in {subject.environment}" if subject.environment else ""


def _voice(subject: PageSubject) -> Voice:
    return Voice.YOURS if subject.environment else Voice.EVIDENCE


def _cells(matrix: Matrix) -> dict[str, MatrixCell]:
    every = [cell for column in matrix.columns for cell in column.cells]
    return {cell.technique_id: cell for parent in every for cell in (parent, *parent.children)}


def _tactics(matrix: Matrix) -> Section:
    rows = [
        (Link(column.tactic, column.href), column.techniques, Bar(column.covered, column.techniques))
        for column in matrix.columns
    ]
    grid = table(
        "tactic-rows", "Coverage by tactic", "Tactic | #Techniques | Covered", rows, things="tactics"
    )
    lead = "Sub-techniques count as techniques; one of several tactics counts in each."
    return Section("tactics", "Coverage by tactic", _voice(matrix.subject), (grid,), lead)


def gaps_of(source: AnswerSource, matrix: Matrix) -> list[Gap]:
    """Return the techniques of a matrix that are not covered, those with the most known users first."""
    used = {
        row.technique_id: row.groups + row.campaigns + row.software
        for row in source.ask(USED, OfRelease(matrix.subject.release))
    }
    left = [cell for cell in _cells(matrix).values() if cell.state not in {"covered", "not_applicable"}]
    found = [Gap(cell, used.get(cell.technique_id, 0)) for cell in left]
    return sorted(found, key=lambda gap: (-gap.users, gap.cell.technique_id))


def _gaps(gaps: Sequence[Gap], name: str) -> Grid:
    rows = [
        (
            Link(gap.cell.technique_id, gap.cell.href),
            gap.cell.name,
            words.state(gap.cell.state),
            gap.users,
        )
        for gap in gaps
    ]
    return table(
        name,
        "Techniques that are not covered",
        "Id | Technique | State | #Known users",
        rows,
        empty="Every technique is covered.",
        things="techniques",
    )


def gaps_page(source: AnswerSource, subject: PageSubject, matrix: Matrix) -> Page:
    """Return the page of all techniques that are not covered."""
    found = gaps_of(source, matrix)
    lead = (
        "Known users are groups, campaigns and software. A technique's page names the first gap of each of its "
        "platforms, and what would close it."
    )
    return Page(
        subject=subject,
        title=f"Gaps{_where(subject)}, {words.domain_of(subject.release)}",
        word="Gaps",
        trail=(words.domain_of(subject.release),),
        summary=f"{counted(len(found), 'technique')} that nobody claims to detect on a platform that they have.",
        sections=(
            Section("gaps", "Techniques", _voice(subject), (_gaps(found, "gap-rows"),), lead),
            sources(source, subject),
        ),
        official=False,
    )


def conflicts_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of every contradiction, both sides shown."""
    every = source.work_out(
        Request("conflicts", {"release": subject.release, **subject.only}),
        Conflict,
        lambda graph: conflicts(graph, release=subject.release, of_set=subject.of_set),
    )
    hard = sum(each.contradiction for each in every)
    rows = [
        (
            several(Link(key, links.of("Technique", key)) for key in each.technique_id.split(", ")),
            "contradiction" if each.contradiction else "only one side speaks",
            f"{each.one}: {each.says}",
            f"{each.other}: {each.other_says}" if each.other else each.other_says,
        )
        for each in every
    ]
    grid = table(
        "conflict-rows",
        "Statements side by side",
        "About | What | One source | Another source",
        rows,
        empty="No two sources that are loaded contradict each other.",
        things="statements",
    )
    return Page(
        subject=subject,
        title=f"Contradictions, {words.domain_of(subject.release)}",
        word="Contradictions",
        trail=(words.domain_of(subject.release),),
        summary=f"{counted(hard, 'contradiction')} and {counted(len(every) - hard, 'statement')} by one side only. "
        "Both sides are shown; none is judged.",
        sections=(
            Section("conflicts", "Statements", Voice.EVIDENCE, (grid,)),
            sources(source, subject),
        ),
        official=False,
    )


def _releases(source: AnswerSource, subject: PageSubject) -> list[HeldRelease]:
    def held(graph: Asked) -> Iterator[HeldRelease]:
        for own in ask(graph, q.LOADED, Nothing()):
            yield HeldRelease(
                own.release, own.domain, own.version, own.objects, own.relationships, own.content_root
            )

    return source.work_out(Request("page releases", {"release": subject.release}), HeldRelease, held)


def _older(source: AnswerSource, subject: PageSubject) -> str | None:
    """Return the next older loaded release of the domain; the sample and whole releases are not compared."""
    sample = subject.release.endswith(SAMPLE)
    domain = subject.release.partition("@")[0]
    keys = [
        each.release
        for each in _releases(source, subject)
        if each.domain == domain and each.release.endswith(SAMPLE) == sample
    ]
    # The newest comes first.
    return next(iter(keys[keys.index(subject.release) + 1 :]), None)


def _changes(source: AnswerSource, subject: PageSubject, links: Links, *, few: bool) -> Iterator[Section]:
    """Yield what the release changed against the next older one; nothing where none is loaded."""
    older = _older(source, subject)
    if older is None:
        return
    pair = TwoReleases(older, subject.release)
    counts = [
        (words.kind_of(row.type), *(getattr(row, name) for name in COUNTED))
        for row in source.ask(q.OBJECTS_DIFF, pair)
        if any(getattr(row, name) for name in COUNTED)
    ]
    titles = " | ".join(f"#{words.change(name)}" for name in COUNTED)
    grid = table(
        "change-counts",
        f"Objects from {older} to {subject.release}",
        f"Kind | {titles}",
        counts,
        empty="No object was added, removed or changed in its meaning.",
        things="kinds",
    )
    lead = f"Against {older}, the next older one that is loaded."
    yield Section("changes", f"What {subject.release} changed", Voice.OFFICIAL, (grid,), lead)
    if not few:
        yield _changed(source, pair, links)


def _changed(source: AnswerSource, pair: TwoReleases, links: Links) -> Section:
    asked = q.TwoReleasesOfTypes(pair.before, pair.after)
    rows = [
        (
            Link(row.attack_id or row.stix_id or "", links.of(row.type, row.attack_id)),
            row.name,
            words.kind_of(row.type),
            words.change(row.change),
            ", ".join(row.fields) or None,
        )
        for row in source.ask(q.CHANGED_OBJECTS, asked)
    ]
    grid = table(
        "changed-rows", "Changed objects", "Id | Name | Kind | Change | Fields", rows, things="objects"
    )
    return Section("changed", "Object by object", Voice.OFFICIAL, (grid,))


def releases_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of the loaded releases, and of what the one that answers changed."""
    rows = [
        (
            each.release,
            each.objects,
            each.relationships,
            source.loaded_on(each.release),
            Code(each.content_root),
        )
        for each in _releases(source, subject)
    ]
    columns = "Release | #Objects | #Relationships | Loaded | Root"
    grid = table("release-rows", "Loaded releases", columns, rows, things="releases")
    return Page(
        subject=subject,
        title="Releases",
        word="Releases",
        trail=(words.domain_of(subject.release),),
        summary=f"{counted(len(rows), 'release')} loaded; {subject.release} answers on this site.",
        sections=(
            Section("releases", "Loaded releases", Voice.OFFICIAL, (grid,)),
            *_changes(source, subject, links, few=False),
        ),
    )


def sets_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of every loaded set of evidence."""
    held = [each for each in held_sources(source, subject) if each.kind == "set"]
    rows = [
        (
            Link(each.key, links.of("EvidenceSet", each.key)),
            each.publisher,
            "in use" if each.in_use else "superseded",
            each.attack_version,
            each.pieces,
            each.claims,
            source.loaded_on(each.key),
            Code(each.content_root),
        )
        for each in held
    ]
    grid = table(
        "set-rows",
        "Sets of evidence",
        "Set | Publisher | Use | Made for ATT&CK | #Pieces | #Claims | Loaded | Root",
        rows,
        empty="No set of evidence is loaded.",
        things="sets",
    )
    return Page(
        subject=subject,
        title="Sets of evidence",
        word="Sets",
        trail=(words.domain_of(subject.release),),
        summary=f"{counted(len(rows), 'set')} loaded, {sum(each.in_use for each in held)} in use.",
        sections=(Section("sets", "Sets", Voice.EVIDENCE, (grid,)),),
        official=False,
    )


def contents_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page that lists every object with a page, kind by kind."""
    by_kind: dict[str, list[ReleaseObject]] = {}
    for each in source.ask(OBJECTS, OfRelease(subject.release)):
        if _page_of(links, each):
            by_kind.setdefault(each.type, []).append(each)
    return Page(
        subject=subject,
        title="Contents",
        word="Contents",
        trail=(words.domain_of(subject.release),),
        summary=f"{counted(sum(map(len, by_kind.values())), 'object')} of {words.domain_of(subject.release)}.",
        sections=tuple(_listed(links, kind, rows) for kind, rows in by_kind.items()),
    )


def _page_of(links: Links, each: ReleaseObject) -> str | None:
    """Return the page of an object: a retired one, and a component up to 17, may have its under the STIX id."""
    return links.of(each.type, each.stix_id) or links.of(each.type, each.attack_id)


def _listed(links: Links, kind: str, objects: Sequence[ReleaseObject]) -> Section:
    word = words.kind_of(kind)
    rows = [
        (
            Link(each.attack_id or each.stix_id, _page_of(links, each)),
            each.name,
            ", ".join(alias for alias in each.aliases if alias != each.name) or None,
            "active" if each.live else "retired",
        )
        for each in objects
    ]
    name = word.replace(" ", "-")
    grid = table(f"{name}-rows", f"Every {word}", "Id | Name | Also called | State", rows, things="objects")
    return Section(name, f"{word.capitalize()} ({len(rows):,})", Voice.OFFICIAL, (grid,))

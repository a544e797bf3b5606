"""From something that was read to the graph: the same for every format."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from graph.errors import InputRejectedError
from graph.holding.change import Reselected
from graph.holding.kind import Whole
from graph.holding.lookup import Reads
from graph.holding.publish import Published, check, publish, refuse_conflicts
from graph.holding.releases import RELEASE
from graph.holding.rows import count_nodes, count_relationships
from graph.holding.sets import EVIDENCE, newer_than, sets_in_use
from graph.server.connection import Graph
from loaders.formats import FORMATS, Format, Naming, Source
from loaders.loadable import Loadable
from loaders.provenance import UNKNOWN, Provenance, provenance_of
from loaders.reading.problems import Problem, Severity
from loaders.report import LoadReport
from loaders.terms import USUAL_TERMS, Terms

NAMELESS = Naming()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading one source did.

    Attributes:
        reports: one for each thing that was loaded, in the order of loading.
        problems: what belongs to nothing that can be loaded.
    """

    reports: tuple[LoadReport, ...]
    problems: tuple[Problem, ...]


def load_source(
    graph: Graph, form: Format | str, source: Source, naming: Naming = NAMELESS, terms: Terms = USUAL_TERMS
) -> Loaded:
    """Read a source as a format, given or called by its word in FORMATS, and load what it contains.

    Everything is read before anything is loaded; each thing in it is a transaction of its own.

    Raises:
        SightlineError: as the format's `read` and `load` do; nothing is loaded if one thing of the source is refused.
    """
    with without_collector():
        reader = FORMATS[form].load() if isinstance(form, str) else form
        terms.tell("reading", 0, 0)
        found = list(reader.read(source, naming))
        problems = tuple(each for each in found if isinstance(each, Problem))
        refuse_rejected(problems, strict=terms.strict)
        loadables = [each for each in found if not isinstance(each, Problem)]
        return Loaded(tuple(load_all(graph, loadables, terms)), problems)


def load_all(graph: Graph, loadables: Sequence[Loadable], terms: Terms = USUAL_TERMS) -> list[LoadReport]:
    """Load several things that were read together, each in a transaction of its own; return a report for each.

    Raises:
        InputRejectedError: one of them would be refused; then none is loaded.
    """
    for each in loadables:
        refuse_rejected(each.problems, strict=terms.strict)
    if len(loadables) > 1 and not terms.dry_run:
        refuse_conflicts(graph, (each.whole(graph) for each in loadables), replace=terms.replace)
    return [load(graph, each, terms) for each in loadables]


def load(graph: Graph, loadable: Loadable, terms: Terms = USUAL_TERMS) -> LoadReport:
    """Load one thing in one transaction, or with `dry_run` tell what that would do.

    Raises:
        InputRejectedError: pieces are rejected and `strict`; other content is loaded under its key and not `replace`;
            or what its rows refuse.
        SightlineError: as `graph.holding.publish.publish` does.
    """
    refuse_rejected(loadable.problems, strict=terms.strict)

    before: set[str] = set()
    origin = _provenance(loadable, terms)

    def whole_after(reads: Reads) -> Whole:
        before.clear()  # a transaction may be tried again
        before.update(sets_in_use(reads) if loadable.kind is EVIDENCE else ())
        return _from(origin, loadable.whole(reads))

    def notes(reads: Reads, whole: Whole) -> _Noted:
        if whole.kind is not EVIDENCE:
            return _Noted(loadable.notes(reads, whole))
        ended = before - sets_in_use(reads) - {whole.key}
        return _Noted(loadable.notes(reads, whole), newer_than(reads, whole.properties), tuple(sorted(ended)))

    if terms.dry_run:
        return _report(loadable, check(graph, whole_after, notes))
    published = publish(
        graph,
        loadable.kind,
        loadable.key,
        whole_after,
        notes,
        purpose=f"load {loadable.kind.word} {loadable.key}",
        replace=terms.replace,
        wait=terms.wait,
        tell=terms.tell,
    )
    return _report(loadable, published)


def _provenance(loadable: Loadable, terms: Terms) -> Provenance:
    """Return where a release or set came from; what is only checked, and what is yours, has no use for it."""
    told = loadable.kind in (RELEASE, EVIDENCE) and not terms.dry_run
    return provenance_of(loadable.source) if told else UNKNOWN


def _from(origin: Provenance, whole: Whole) -> Whole:
    """Return the whole with where it came from; the bundled sample came with Sightline, wherever that lies."""
    if origin == UNKNOWN or whole.properties.get("sample"):
        return whole
    return replace(whole, properties={**whole.properties, **origin.properties})


def refuse_rejected(problems: Iterable[Problem], *, strict: bool) -> None:
    """Refuse input with rejected pieces where the user asked for it.

    Raises:
        InputRejectedError: `strict`, and a piece was not taken; names the first and how many there are.
    """
    lost = [problem for problem in problems if problem.severity is not Severity.NOTE]
    if strict and lost:
        more = f" ({len(lost)} rejected in all)" if len(lost) > 1 else ""
        where = f"{lost[0].path}: {lost[0].pointer}" if lost[0].pointer else lost[0].path
        raise InputRejectedError(
            f"{lost[0].code}: {lost[0].message}{more}", where=where, todo="fix it (or drop --strict)"
        )


@dataclass(frozen=True, slots=True)
class _Noted:
    """What is asked of a published whole: what is odd, what is in use instead of it, whose use it ended."""

    problems: Sequence[Problem]
    newer: str | None = None
    ended: tuple[str, ...] = ()


def _report(loadable: Loadable, published: Published[_Noted]) -> LoadReport:
    whole, noted = published.whole, published.noted
    return LoadReport(
        key=loadable.key,
        source=loadable.source,
        outcome=published.outcome,
        items=loadable.items,
        stored=loadable.stored,
        nodes=count_nodes(whole.batches),
        relationships=count_relationships(whole.batches),
        content_root=whole.content_root,
        problems=(*loadable.problems, *noted.problems, *map(_reselected, published.reselected)),
        change=published.change,
        current=noted.newer is None,
        newer=noted.newer,
        ended=noted.ended,
        remarks=loadable.remarks,
    )


def _reselected(change: Reselected) -> Problem:
    message = f"matches {change.now} pieces of evidence now, {change.before} before"
    return Problem(f"environment {change.environment}", f"/enabled/{change.number}", "selection", message)


@contextmanager
def without_collector() -> Iterator[None]:
    """Hold the garbage collector: a bundle is half a million live objects, and it would walk them again and again.

    Measured on 18.1: parsing takes 0.8 s with it and 0.35 s without. What is alive at the end is set apart, since
    switching it on again would walk all that once more.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.freeze()
            gc.enable()

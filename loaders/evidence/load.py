"""Loading, replacing and removing an evidence set: one transaction, whatever kind of evidence it holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from graph.errors import InputRejectedError, NotFoundError
from graph.holding.releases import sweep
from graph.holding.rows import Nodes, count_nodes, count_relationships
from graph.holding.sets import (
    LoadedSet,
    item_digests,
    loaded_sets,
    mark_current,
    remove_items,
    sweep_products,
)
from graph.holding.writer import DEFAULT_WAIT, Writer, load_stamp, prepare, publish
from graph.server.connection import Graph, Lookup
from loaders.evidence.model import version_order
from loaders.evidence.rows import SetRows
from loaders.reading.problems import Problem, Severity
from loaders.report import LoadReport, Outcome, skipped
from loaders.selection import refresh_environments
from loaders.terms import USUAL_TERMS, Terms


@dataclass(frozen=True, slots=True)
class SetChange:
    """What a load changes in a set: ids of pieces of evidence, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @classmethod
    def between(cls, before: dict[str, str], after: dict[str, str]) -> "SetChange":
        """Return how the records (id -> SHA-256) of a set differ."""
        return cls(
            added=tuple(sorted(after.keys() - before.keys())),
            changed=tuple(sorted(id_ for id_ in after.keys() & before.keys() if after[id_] != before[id_])),
            removed=tuple(sorted(before.keys() - after.keys())),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReport(LoadReport):
    """What loading a set did.

    Attributes:
        change: against what was loaded under the key before, or nothing.
        current: whether the set is now the newest of its name.
        newer: key of the newer set of its name that is loaded, if there is one.
    """

    change: SetChange
    current: bool
    newer: str | None = None


def refuse_rejected(problems: tuple[Problem, ...], *, strict: bool) -> None:
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


def refuse_conflict(graph: Graph, rows: SetRows, *, replace: bool) -> None:
    """Refuse what `load_set` would refuse, before anything is loaded.

    Raises:
        InputRejectedError: the set holds no evidence; other content is loaded under its key and not `replace`.
    """
    _refuse_empty(rows)
    _is_same(_loaded(graph, rows.key), rows, replace=replace)


def load_set(
    graph: Graph,
    rows: SetRows,
    terms: Terms = USUAL_TERMS,
    *,
    notes: Sequence[Problem] = (),
) -> SetReport:
    """Load one set in one transaction; what environments select is computed anew in it.

    Args:
        graph: where to.
        rows: of the set.
        terms: how.
        notes: what depends on the rest of the graph: reported, not stored.

    Raises:
        InputRejectedError: it holds no evidence; pieces are rejected and `strict`; other content is loaded
            under its key.
    """
    refuse_rejected(rows.problems, strict=terms.strict)
    _refuse_empty(rows)
    prepare(graph)
    before = _loaded(graph, rows.key)
    if terms.dry_run or _is_same(before, rows, replace=terms.replace):
        digests = item_digests(graph, rows.key) if before else {}
        outcome = Outcome.CHECKED if terms.dry_run else Outcome.UNCHANGED
        return _report(rows, outcome, SetChange.between(digests, rows.digests), loaded_sets(graph), notes)
    return _publish(graph, rows, terms, notes)


def remove_set(graph: Graph, key: str, *, wait: float = DEFAULT_WAIT) -> None:
    """Delete a set in one transaction; the next older one of its name becomes current.

    Raises:
        NotFoundError: it is not loaded.
    """

    def work(writer: Writer) -> None:
        if _loaded(writer, key) is None:
            raise NotFoundError("this set is not loaded", where=key, todo="`sightline sets` lists them")
        remove_items(writer, key)
        _settle(writer)

    landed = Lookup("RETURN NOT EXISTS { (:EvidenceSet {key: $key}) } AS landed", {"key": key})
    publish(graph, f"remove set {key}", work, landed=landed, wait=wait)


def _refuse_empty(rows: SetRows) -> None:
    """Refuse a set without evidence: it would replace a loaded one by nothing."""
    if rows.digests:
        return
    lost = skipped(rows.problems)
    first = f"; the first: {rows.problems[0]}" if rows.problems else ""
    raise InputRejectedError(
        f"nothing in it can be loaded ({lost} rejected{first})", where=rows.source_name, todo="fix it"
    )


def _publish(graph: Graph, rows: SetRows, terms: Terms, notes: Sequence[Problem]) -> SetReport:
    stamp = load_stamp()

    def work(writer: Writer) -> SetReport:
        before = _loaded(writer, rows.key)
        if _is_same(before, rows, replace=terms.replace):
            return _report(rows, Outcome.UNCHANGED, SetChange(), loaded_sets(writer), notes)
        digests = item_digests(writer, rows.key)
        if before:
            remove_items(writer, rows.key)
        writer.send(Nodes(rows.label, [{**rows.properties, **stamp}]))
        for batch in rows.batches:
            writer.send(batch)
        said = [*notes, *_settle(writer)]
        outcome = Outcome.REPLACED if before else Outcome.LOADED
        return _report(rows, outcome, SetChange.between(digests, rows.digests), loaded_sets(writer), said)

    landed = Lookup(
        "RETURN EXISTS { (:EvidenceSet {key: $key, load_id: $load_id}) } AS landed",
        {"key": rows.key, "load_id": stamp["load_id"]},
    )
    return publish(graph, f"load set {rows.key}", work, landed=landed, wait=terms.wait)


def _is_same(before: LoadedSet | None, rows: SetRows, *, replace: bool) -> bool:
    """Tell whether the set is loaded just so; other content is refused unless `replace`.

    The same content derived with other tables of ours is loaded anew: nobody's statement changes by it.
    """
    if before is None:
        return False
    if before.content_root == rows.content_root:
        return before.tables_sha256 == rows.properties["tables_sha256"]
    if not replace:
        raise InputRejectedError(
            f"{rows.key} is loaded with other content "
            f"(root {before.content_root[:12]}, this one {rows.content_root[:12]})",
            where=rows.source_name,
            todo="use --replace to replace it, or --set-version to keep both",
        )
    return False


def _loaded(graph: Graph | Writer, key: str) -> LoadedSet | None:
    return next((each for each in loaded_sets(graph) if each.key == key), None)


def _settle(writer: Writer) -> list[Problem]:
    """Put right what depends on which sets are loaded; return what that changes in environments."""
    newest = {each.name: each.key for each in sorted(loaded_sets(writer), key=_age)}
    mark_current(writer, [(each.key, newest[each.name] == each.key) for each in loaded_sets(writer)])
    changed = refresh_environments(writer)
    sweep_products(writer)
    sweep(writer)
    return changed


def _age(loaded: LoadedSet) -> tuple[str, str]:
    return version_order(loaded.version), loaded.version


def _report(
    rows: SetRows, outcome: Outcome, change: SetChange, sets: list[LoadedSet], notes: Sequence[Problem]
) -> SetReport:
    this = str(rows.properties["name"]), str(rows.properties["version"])
    newer = [each for each in sets if each.name == this[0] and _age(each) > (version_order(this[1]), this[1])]
    return SetReport(
        key=rows.key,
        outcome=outcome,
        items=rows.pieces,
        stored=rows.stored,
        reported=rows.pieces - rows.stored,
        nodes=count_nodes(rows.batches),
        relationships=count_relationships(rows.batches),
        content_root=rows.content_root,
        problems=(*rows.problems, *notes),
        change=change,
        current=not newer,
        newer=max(newer, key=_age).key if newer else None,
    )

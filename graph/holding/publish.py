"""The one lifecycle of everything that is loaded as a whole: looked up, put in, replaced, removed.

A whole is published in one transaction under the load lock, or not at all: its key is looked up, it is found
unchanged, refused, replaced or new; it is put in; what depends on it is settled; the transaction is committed, and
where the connection breaks at the commit it is looked up whether that succeeded. A whole that is too large for one
transaction can be put in by several that send `batches` under a flag which questions do not see, followed by one
that does the rest: `_put_in` and `_settle` need nothing but a writer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from graph.errors import InputRejectedError, NotFoundError
from graph.holding.annotations import ANNOTATIONS
from graph.holding.change import Change, Outcome, Reselected
from graph.holding.environments import ENVIRONMENT
from graph.holding.kind import Kind, Whole
from graph.holding.lookup import Held, Reads, held, part_digests
from graph.holding.phases import Tell, silent
from graph.holding.releases import RELEASE
from graph.holding.removal import take_out
from graph.holding.rows import Nodes
from graph.holding.sets import EVIDENCE
from graph.holding.writer import DEFAULT_WAIT, Writer, in_one_transaction, load_stamp
from graph.server.connection import Graph, Lookup

KINDS: tuple[Kind, ...] = (RELEASE, EVIDENCE, ENVIRONMENT, ANNOTATIONS)

N = TypeVar("N")


@dataclass(frozen=True, slots=True)
class Published(Generic[N]):
    """What publishing a whole did.

    Attributes:
        whole: what was published.
        outcome: loaded, replaced or unchanged.
        change: of its parts, against what was loaded under its key before; None where they are not told apart.
        reselected: what it changed in environments.
        noted: what `notes` found, asked in the transaction after all that.
    """

    whole: Whole
    outcome: Outcome
    change: Change | None
    reselected: tuple[Reselected, ...]
    noted: N


def publish(
    graph: Graph,
    kind: Kind,
    key: str,
    make: Callable[[Reads], Whole],
    notes: Callable[[Reads, Whole], N],
    *,
    purpose: str,
    replace: bool = False,
    wait: float = DEFAULT_WAIT,
    tell: Tell = silent,
) -> Published[N]:
    """Publish a whole in one transaction.

    Args:
        graph: where to.
        kind: of the whole.
        key: of the whole.
        make: returns the whole; it may ask what only the graph knows, and refuse.
        notes: asks of the published whole what only the graph knows.
        purpose: for whoever waits for the lock: `load attack enterprise-attack@18.1`.
        replace: whether it takes the place of other content under its key.
        wait: seconds to wait for another load.
        tell: called as it goes on.

    Raises:
        InputRejectedError: other content is loaded under its key and not `replace`; or what `make` raises.
        SightlineError: as `in_one_transaction` does.
    """
    stamp = load_stamp()

    def work(writer: Writer) -> Published[N]:
        whole = make(writer)
        found = held(writer, kind.label, key)
        outcome = outcome_of(whole, found, replace=replace)
        change, reselected = change_of(writer, whole), tuple[Reselected, ...]()
        if outcome is not Outcome.UNCHANGED:
            if found:
                take_out(writer, kind, key)
            _put_in(writer, whole, stamp, tell)
            tell("settling", 0, 0)
            reselected = kind.settle(writer, whole.texts)
        if whole.renew:
            whole.renew(writer)
        published = Published(whole, outcome, change, reselected, notes(writer, whole))
        tell("committing", 0, 0)
        return published

    landed = Lookup(
        f"RETURN EXISTS {{ (:{kind.label} {{key: $key, load_id: $load_id}}) }} "
        "OR EXISTS { (:LoadLock {load_id: $load_id}) } AS landed",
        {"key": key, "load_id": stamp["load_id"]},
    )
    return in_one_transaction(graph, purpose, work, landed=landed, load_id=stamp["load_id"], wait=wait)


def check(graph: Graph, make: Callable[[Reads], Whole], notes: Callable[[Reads, Whole], N]) -> Published[N]:
    """Return what publishing would do, as far as that can be told without writing."""
    whole = make(graph)
    return Published(whole, Outcome.CHECKED, change_of(graph, whole), (), notes(graph, whole))


def remove(graph: Graph, kind: Kind, key: str, *, wait: float = DEFAULT_WAIT) -> tuple[Reselected, ...]:
    """Delete a whole with everything that only it holds, in one transaction.

    Returns what that changed in environments.

    Raises:
        NotFoundError: none of that kind is loaded under `key`.
        SightlineError: as `in_one_transaction` does.
    """

    def work(writer: Writer) -> tuple[Reselected, ...]:
        if held(writer, kind.label, key) is None:
            raise NotFoundError(f"this {kind.word} is not loaded", where=key, todo=kind.listed)
        take_out(writer, kind, key)
        return kind.settle(writer, {})

    landed = Lookup(f"RETURN NOT EXISTS {{ (:{kind.label} {{key: $key}}) }} AS landed", {"key": key})
    return in_one_transaction(graph, f"remove {kind.word} {key}", work, landed=landed, wait=wait)


def refuse_conflicts(graph: Reads, wholes: Iterable[Whole], *, replace: bool) -> None:
    """Refuse what `publish` would refuse, before the first of several wholes is published.

    Raises:
        InputRejectedError: other content is loaded under the key of one of them, and not `replace`.
    """
    for whole in wholes:
        outcome_of(whole, held(graph, whole.kind.label, whole.key), replace=replace)


def outcome_of(whole: Whole, found: Held | None, *, replace: bool) -> Outcome:
    """Return what publishing would be; the same content derived with other tables of ours is put in anew.

    Raises:
        InputRejectedError: other content, or the same with other tables of the user's, is loaded under the key, and
            not `replace`.
    """
    if found is None:
        return Outcome.LOADED
    if found.content_root == whole.content_root:
        if found.tables_root != whole.properties.get("tables_root"):
            return _with_other_aliases(whole, found, replace=replace)
        same = found.tables_sha256 == whole.properties.get("tables_sha256")
        return Outcome.UNCHANGED if same else Outcome.REPLACED
    if replace:
        return Outcome.REPLACED
    raise InputRejectedError(
        f"the {whole.kind.word} {whole.key} is loaded with other content "
        f"(root {found.content_root[:12]}, this one {whole.content_root[:12]})",
        where=whole.source,
        todo=whole.kind.otherwise,
    )


def _with_other_aliases(whole: Whole, found: Held, *, replace: bool) -> Outcome:
    if replace:
        return Outcome.REPLACED
    own = whole.properties.get("tables_root")
    loaded = f"with other aliases (root {found.tables_root[:12]})" if found.tables_root else "without aliases"
    raise InputRejectedError(
        f"the {whole.kind.word} {whole.key} is loaded {loaded}, this one has "
        f"{f'root {str(own)[:12]}' if own else 'none'}",
        where=whole.source,
        todo=f"pass the same --aliases, or --replace to load it {'with these' if own else 'without'}",
    )


def change_of(graph: Reads, whole: Whole) -> Change | None:
    """Return how the parts of `whole` differ from those that are loaded under its key."""
    if whole.digests is None:
        return None
    return Change.between(part_digests(graph, whole.kind.label, whole.key), whole.digests)


def _put_in(writer: Writer, whole: Whole, stamp: dict[str, str], tell: Tell) -> None:
    writer.send(Nodes(whole.label, [{**whole.properties, **stamp}]))
    sent, total = 0, sum(len(batch.rows) for batch in whole.batches)
    for batch in whole.batches:
        tell("sending", sent, total)
        sent += writer.send(batch)

"""One load is one transaction: locked, counted, published whole or not at all."""

import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TypeVar

from graph.engine.room import ensure_room_for
from graph.holding.rows import Batch, Nodes, Relationships, batches
from graph.schema.statements import names, property_keys, statements
from graph.server.connection import Graph, Lookup, Transaction

T = TypeVar("T")

DEFAULT_WAIT = 5.0
"""Seconds that a load waits for another one to end."""

_LOCK = "MERGE (lock:LoadLock {id: 1}) SET lock.taken_at = timestamp()"


class RowsLostError(AssertionError):
    """The server made fewer nodes or relationships than it was sent: a row matched nothing."""


class Writer:
    """What a load may do inside its transaction.

    Attributes:
        load_id: of this very load.
    """

    def __init__(self, transaction: Transaction, load_id: str) -> None:
        self.load_id = load_id
        self._transaction = transaction

    def read(self, cypher: str, parameters: Mapping[str, object]) -> list[dict[str, object]]:
        """Return the rows of a declared read, as the transaction sees the graph."""
        return self._transaction.run(cypher, parameters).rows

    def send(self, batch: Batch) -> int:
        """Send the rows of `batch` and return how many there were.

        Raises:
            RowsLostError: the server's counters disagree with what was sent.
        """
        statement = batch.statement()
        owner = batch.owner if isinstance(batch, Nodes) else None
        for rows in batches(batch):
            counters = self._transaction.run(
                statement, {"rows": rows, "owner": owner.key if owner else None}
            ).counters
            new_nodes = len(rows) if isinstance(batch, Nodes) and not batch.shared else 0
            new_relationships = len(rows) if owner or isinstance(batch, Relationships) else 0
            if counters.nodes_created < new_nodes or counters.relationships_created < new_relationships:
                raise RowsLostError(f"{statement}: of {len(rows)} rows, not all arrived: {counters}")
        return len(batch.rows)

    def change(self, cypher: str, parameters: Mapping[str, object]) -> None:
        """Run a declared change of this package (removal, linking, refreshing)."""
        self._transaction.run(cypher, parameters)


def in_one_transaction(
    graph: Graph, purpose: str, work: Callable[[Writer], T], *, landed: Lookup, load_id: str = "", wait: float
) -> T:
    """Run `work` in one transaction under the load lock and wait until full-text search sees its result.

    Args:
        graph: where to.
        purpose: for whom waits: `load attack enterprise-attack@18.1`.
        work: makes and changes nodes; what it returns is returned.
        landed: how to look up whether the transaction took place, should the connection be lost at the commit.
        load_id: of this load; the lock keeps it.
        wait: seconds to wait for another load.

    Raises:
        LockedError: another load holds the lock; says who, since when.
        OutcomeUnknownError: the connection was lost at the commit and the outcome could not be looked up.
        LimitExceededError: the server's memory limit was hit, or its disk has no room for this; nothing was stored.
    """

    def locked(transaction: Transaction) -> T:
        transaction.lock(_LOCK, wait=wait)
        transaction.run("MATCH (lock:LoadLock {id: 1}) SET lock.load_id = $load_id", {"load_id": load_id})
        result = work(Writer(transaction, load_id))
        ensure_room_for(graph.target, transaction.memory)
        return result

    ensure_room_for(graph.target, lambda: 0)
    prepare(graph)
    result = graph.write(locked, landed=landed, purpose=purpose)
    graph.schema("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")
    return result


def prepare(graph: Graph) -> None:
    """Make the constraints, indexes and names that are not there yet."""
    present = {str(row["name"]) for row in graph.read("SHOW INDEXES YIELD name")}
    missing = [
        each
        for each in statements()
        if each.split()[2 + each.startswith(("CREATE FULLTEXT", "CREATE TEXT"))] not in present
    ]
    for each in missing:
        graph.schema(each)
    if missing:
        graph.schema("CALL db.awaitIndexes(60)")
    _make_names_known(graph)


def _make_names_known(graph: Graph) -> None:
    """Make labels, types and properties known to the server.

    All or none: of those that nothing in the graph has, the server lists the properties only.
    """
    known = {
        row["name"] for row in graph.read("CALL db.propertyKeys() YIELD propertyKey AS name RETURN name")
    }
    if property_keys() - known:
        for each in names():
            graph.schema(each)


def load_stamp() -> dict[str, str]:
    """Return what every load writes on the node it publishes: when, by which version, and its own id."""
    try:
        loader_version = version("sightline-attack")
    except PackageNotFoundError:
        loader_version = "unknown"
    return {
        "loaded_at": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "loader_version": loader_version,
        "load_id": str(uuid.uuid4()),
    }

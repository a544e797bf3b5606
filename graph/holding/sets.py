"""Changes to whole evidence sets: what is loaded, which of a name is the current one, and removal."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.holding.lookup import Reads
from graph.holding.writer import Writer

_LOADED = """
MATCH (set:EvidenceSet)
RETURN set.key AS key, set.name AS name, set.version AS version, set.content_root AS content_root,
  set.tables_sha256 AS tables_sha256, set.stored AS stored, coalesce(set.current, false) AS current
ORDER BY key
"""

_DIGESTS = "MATCH (item:Evidence {set: $set}) RETURN item.id AS id, item.sha256 AS sha256"

_REMOVE = (
    "MATCH (:EvidenceSet {key: $set})-[:HAS_PROBLEM]->(problem:Problem) DETACH DELETE problem",
    (
        "MATCH (:EvidenceSet {key: $set})-[held:HAS_RECORD]->(raw:Raw) "
        "WITH held, raw, COUNT { (raw)<-[:HAS_RECORD]-() } AS holders "
        "DELETE held WITH raw, holders WHERE holders = 1 DELETE raw"
    ),
    "MATCH (item:Evidence {set: $set}) DETACH DELETE item",
    "MATCH (source:NativeSource) WHERE source.key STARTS WITH $set + '/' DETACH DELETE source",
    "MATCH (set:EvidenceSet {key: $set}) DETACH DELETE set",
)

_SWEEP = (
    "MATCH (provider:Provider) WHERE NOT EXISTS { (provider)--() } DELETE provider",
    "MATCH (product:Product) WHERE NOT EXISTS { (product)--() } DELETE product",
    "MATCH (dialect:Dialect) WHERE NOT EXISTS { (dialect)--() } DELETE dialect",
)

_MARK_CURRENT = """
UNWIND $sets AS row
MATCH (set:EvidenceSet {key: row.key})
SET set.current = row.current
"""

_FORGET_VALIDATIONS = """
MATCH (:Rule {set: $set})-[result:VALIDATED_BY]->(dialect:Dialect)
WHERE dialect.key IN $dialects
DELETE result
"""


@dataclass(frozen=True, slots=True)
class LoadedSet:
    """What the graph knows of a loaded set.

    Attributes:
        key: `sigmahq@r2026-04-01`.
        name: `sigmahq`.
        version: `r2026-04-01`.
        content_root: Merkle root over its records, in hex.
        tables_sha256: of the tables that its derived relationships were made with; None where there are none.
        stored: pieces of evidence in it.
        current: whether it is the newest loaded version of its name.
    """

    key: str
    name: str
    version: str
    content_root: str
    tables_sha256: str | None
    stored: int
    current: bool


def loaded_sets(graph: Reads) -> list[LoadedSet]:
    """Return every loaded set, ordered by key."""
    return [
        LoadedSet(
            key=str(row["key"]),
            name=str(row["name"]),
            version=str(row["version"]),
            content_root=str(row["content_root"]),
            tables_sha256=None if row["tables_sha256"] is None else str(row["tables_sha256"]),
            stored=int(str(row["stored"])),
            current=row["current"] is True,
        )
        for row in graph.read(_LOADED, {})
    ]


def item_digests(graph: Reads, key: str) -> dict[str, str]:
    """Return id -> SHA-256 of the record, for every piece of evidence of a set."""
    return {str(row["id"]): str(row["sha256"]) for row in graph.read(_DIGESTS, {"set": key})}


def remove_items(writer: Writer, key: str) -> None:
    """Delete a set with everything that only it holds."""
    for statement in _REMOVE:
        writer.change(statement, {"set": key})


def sweep_products(writer: Writer) -> None:
    """Delete the sources, providers, products and dialects that no evidence reaches any more."""
    for statement in _SWEEP:
        writer.change(statement, {})


def mark_current(writer: Writer, keys: Iterable[tuple[str, bool]]) -> None:
    """Say of each set whether it is the current one of its name."""
    writer.change(_MARK_CURRENT, {"sets": [{"key": key, "current": current} for key, current in keys]})


def forget_validations(writer: Writer, key: str, dialects: Iterable[str]) -> None:
    """Delete what compiling the rules of a set to some dialects gave."""
    writer.change(_FORGET_VALIDATIONS, {"set": key, "dialects": list(dialects)})

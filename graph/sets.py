"""Changes to whole evidence sets: their removal, and which version of a name is the current one."""

from graph.writer import Writer

_REMOVE = (
    "MATCH (:EvidenceSet {key: $set})-[:HAS_PROBLEM]->(problem:Problem) DETACH DELETE problem",
    (
        "MATCH (:EvidenceSet {key: $set})-[held:HAS_RECORD]->(raw:Raw) "
        "WITH held, raw, COUNT { (raw)<-[:HAS_RECORD]-() } AS holders "
        "DELETE held WITH raw, holders WHERE holders = 1 DELETE raw"
    ),
    "MATCH (evidence:Evidence {set: $set}) DETACH DELETE evidence",
    "MATCH (source:NativeSource) WHERE source.key STARTS WITH $set + '/' DETACH DELETE source",
    "MATCH (set:EvidenceSet {key: $set}) DETACH DELETE set",
)
_SWEEP = tuple(
    f"MATCH (shared:{label}) WHERE NOT EXISTS {{ (shared)--() }} DELETE shared"
    for label in ("Provider", "Product", "Dialect")
)


def remove_evidence(writer: Writer, key: str) -> None:
    """Delete a set with everything that only it holds; what sets share is left to the sweep."""
    for statement in _REMOVE:
        writer.change(statement, {"set": key})


def sweep_evidence(writer: Writer) -> None:
    """Delete providers, products and dialects that nothing reaches any more."""
    for statement in _SWEEP:
        writer.change(statement, {})


def mark_current(writer: Writer, name: str, key: str) -> None:
    """Make `key` the current one of all sets called `name`."""
    writer.change(
        "MATCH (set:EvidenceSet {name: $name}) SET set.current = (set.key = $key)", {"name": name, "key": key}
    )

"""Changes to annotations: those of one file come and go together."""

from graph.holding.writer import Writer

_REMOVE = (
    (
        "MATCH (annotation:Annotation {set: $set})-[:HAS_RECORD]->(raw:Raw) WITH DISTINCT raw "
        "WHERE NOT EXISTS { (raw)<-[:HAS_RECORD]-(other) WHERE other.set IS NULL OR other.set <> $set } "
        "DETACH DELETE raw"
    ),
    "MATCH (annotation:Annotation {set: $set}) DETACH DELETE annotation",
)


def remove_annotations_of(writer: Writer, set_key: str) -> None:
    """Delete the annotations of one file; identifiers and log sources are left to the sweep."""
    for statement in _REMOVE:
        writer.change(statement, {"set": set_key})

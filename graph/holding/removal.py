"""Taking out: what only one whole holds, and what nothing reaches any more."""

from typing import TYPE_CHECKING

from graph.holding.kind import Kind
from graph.schema import node

if TYPE_CHECKING:
    from graph.holding.writer import Writer

_SWEPT = ("AttackId", "LogSource", "Provider", "Product", "Dialect", "Platform")
"""Labels of nodes that several wholes share, and that go with the last of them; Raw nodes go with their holder."""

_FREE_RECORDS = (
    "-[held:HAS_RECORD|HAS_TABLE]->(raw:Raw) WITH held, raw, COUNT { (raw)<-[:HAS_RECORD|HAS_TABLE]-() } AS holders "
    "DELETE held WITH raw, holders WHERE holders = 1 DELETE raw"
)

_REFRESH_LOG_SOURCES = """
MATCH (source:LogSource)
CALL (source) {
  MATCH (source)<-[reference:READS|RECORDED_IN|COLLECTS]-()
  WITH DISTINCT reference.as_written AS spelling WHERE spelling IS NOT NULL
  ORDER BY spelling
  RETURN collect(spelling) AS spellings
}
WITH source, spellings WHERE spellings <> [] AND spellings <> coalesce(source.spellings, [])
SET source.spellings = spellings, source.name = spellings[0],
    source.canonical = CASE WHEN source.listed THEN source.canonical ELSE spellings[0] END
"""


def take_out(writer: "Writer", kind: Kind, key: str) -> None:
    """Delete a whole with everything that only it holds; shared identifiers and the like are left to the sweep."""
    owner = f"(owner:{node(kind.label).label} {{key: $key}})"
    for statement in (
        f"MATCH {owner}-[:HAS_PROBLEM]->(problem:Problem) DETACH DELETE problem",
        f"MATCH {owner}{_FREE_RECORDS}",
        f"MATCH {owner}-[:CONTAINS]->(part) DETACH DELETE part",
        *kind.besides,
        f"MATCH {owner} DETACH DELETE owner",
    ):
        writer.change(statement, {"key": key})


def sweep(writer: "Writer") -> None:
    """Delete what nothing reaches any more, and name log sources by the spellings that are left."""
    for label in _SWEPT:
        writer.change(f"MATCH (n:{node(label).label}) WHERE NOT EXISTS {{ (n)--() }} DELETE n", {})
    writer.change(_REFRESH_LOG_SOURCES, {})

"""Changes to whole releases: the place of a release among the others, and its removal."""

from graph.holding.lookup import LoadedRelease
from graph.holding.rows import Properties, Relationships
from graph.holding.writer import Writer

_REMOVE = (
    "MATCH (:Release {key: $release})-[:HAS_PROBLEM]->(problem:Problem) DETACH DELETE problem",
    (
        "MATCH (:Release {key: $release})-[held:HAS_RECORD]->(raw:Raw) "
        "WITH held, raw, COUNT { (raw)<-[:HAS_RECORD]-() } AS holders "
        "DELETE held WITH raw, holders WHERE holders = 1 DELETE raw"
    ),
    "MATCH (object:AttackObject {release: $release}) DETACH DELETE object",
    "MATCH (release:Release {key: $release}) DETACH DELETE release",
)

_SWEEP = (
    "MATCH (id:AttackId) WHERE NOT EXISTS { (id)--() } DELETE id",
    "MATCH (source:LogSource) WHERE NOT EXISTS { (source)--() } DELETE source",
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


def remove_objects(writer: Writer, release: str) -> None:
    """Delete a release with everything that only it holds; its neighbors are not linked yet."""
    for statement in _REMOVE:
        writer.change(statement, {"release": release})


def sweep(writer: Writer) -> None:
    """Delete identifiers and log sources that nothing reaches any more, and name the others by what is left."""
    for statement in _SWEEP:
        writer.change(statement, {})
    writer.change(_REFRESH_LOG_SOURCES, {})


def unlink(writer: Writer, newer: str, older: str) -> None:
    """Delete the SUCCEEDS relationships between two releases."""
    writer.change(
        "MATCH (object:AttackObject {release: $newer})-[link:SUCCEEDS]->() DELETE link", {"newer": newer}
    )
    writer.change(
        "MATCH (:Release {key: $newer})-[link:SUCCEEDS]->(:Release {key: $older}) DELETE link",
        {"newer": newer, "older": older},
    )


def link(writer: Writer, newer: str, older: str, objects: dict[str, Properties]) -> None:
    """Make the SUCCEEDS relationships between two releases.

    Args:
        writer: of the load.
        newer: key of the newer release.
        older: key of the older one.
        objects: STIX id -> properties of its relationship.
    """
    writer.send(Relationships("SUCCEEDS", "Release", "Release", [(newer, older, {})]))
    rows = [(f"{newer}/{stix_id}", f"{older}/{stix_id}", each) for stix_id, each in objects.items()]
    writer.send(Relationships("SUCCEEDS", "AttackObject", "AttackObject", rows))


def neighbors(
    releases: list[LoadedRelease], domain: str, number: tuple[int, int], *, sample: bool
) -> tuple[LoadedRelease | None, LoadedRelease | None]:
    """Return the next older and the next newer loaded release of a domain; samples only follow samples."""
    peers = [each for each in releases if each.domain == domain and each.sample == sample]
    older = [each for each in peers if each.number < number]
    newer = [each for each in peers if each.number > number]
    return max(older, key=_number, default=None), min(newer, key=_number, default=None)


def _number(release: LoadedRelease) -> tuple[int, int]:
    return release.number

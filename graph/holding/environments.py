"""Changes to environments: what they select is computed anew whenever a set comes or goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from graph.holding.lookup import Reads
from graph.holding.rows import Properties, Relationships
from graph.holding.writer import Writer

_REMOVE = (
    (
        "MATCH (:Environment {key: $key})-[held:HAS_RECORD]->(raw:Raw) "
        "WITH held, raw, COUNT { (raw)<-[:HAS_RECORD]-() } AS holders "
        "DELETE held WITH raw, holders WHERE holders = 1 DELETE raw"
    ),
    "MATCH (environment:Environment {key: $key}) DETACH DELETE environment",
    "MATCH (platform:Platform) WHERE NOT EXISTS { (platform)--() } DELETE platform",
)
_DESELECT = (
    "MATCH (:Environment {key: $key})-[selected:ENABLES|PLACES|VALIDATED]->(:Evidence) DELETE selected"
)


@dataclass(frozen=True, slots=True)
class LoadedEnvironment:
    """What the graph knows of an environment.

    Attributes:
        key: its name.
        content_root: Merkle root over its record, in hex.
        selectors: each entry of `enabled` as JSON, in the order of the file.
        selected: how many pieces of evidence each of them matched.
        placements: each placement as JSON.
    """

    key: str
    content_root: str
    selectors: tuple[str, ...]
    selected: tuple[int, ...]
    placements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """Which evidence an environment switches on, tried out and places.

    Attributes:
        counts: pieces of evidence that each selector matched, in the order of the file.
        enables: evidence key -> properties of ENABLES.
        validated: evidence key -> properties of VALIDATED.
        places: evidence key -> properties of PLACES.
    """

    counts: tuple[int, ...]
    enables: Mapping[str, Properties]
    validated: Mapping[str, Properties]
    places: Mapping[str, Properties]


def loaded_environments(graph: Reads) -> list[LoadedEnvironment]:
    """Return every environment, by name."""
    found = graph.read(
        "MATCH (e:Environment) RETURN e.key AS key, e.content_root AS content_root, e.selectors AS selectors, "
        "e.selected AS selected, e.placements AS placements ORDER BY key",
        {},
    )
    return [
        LoadedEnvironment(
            key=str(row["key"]),
            content_root=str(row["content_root"]),
            selectors=tuple(cast("list[str]", row["selectors"])),
            selected=tuple(cast("list[int]", row["selected"])),
            placements=tuple(cast("list[str]", row["placements"])),
        )
        for row in found
    ]


def matching(graph: Reads, words: Mapping[str, Sequence[str] | None]) -> list[str]:
    """Return the keys of the evidence that a selector means.

    Args:
        graph: where to look.
        words: for each of set, product, category, service, status, level and source the words that it allows, in
            lower case but for `set`; None allows everything. A set is meant by its name, in its current version, or
            by its key.
    """
    found = graph.read(
        "MATCH (s:EvidenceSet) WHERE s.key IN $set OR (s.current AND ($set IS NULL OR s.name IN $set)) "
        "MATCH (s)-[:CONTAINS]->(e:Evidence) WHERE ($product IS NULL OR toLower(e.product) IN $product) "
        "AND ($category IS NULL OR toLower(e.category) IN $category) "
        "AND ($service IS NULL OR toLower(e.service) IN $service) "
        "AND ($status IS NULL OR toLower(e.status) IN $status) "
        "AND ($level IS NULL OR toLower(e.level) IN $level) "
        "AND ($source IS NULL OR toLower(e.source) IN $source) RETURN e.key AS key",
        words,
    )
    return [str(row["key"]) for row in found]


def called(graph: Reads, name: str) -> list[str]:
    """Return the keys of the evidence called `name`: its id in a current set, SET/ID, or its key."""
    set_name, _, id_in_set = name.partition("/")
    found = graph.read(
        "MATCH (s:EvidenceSet)-[:CONTAINS]->(e:Evidence {id: $name}) WHERE s.current RETURN e.key AS key "
        "UNION MATCH (e:Evidence {key: $name}) RETURN e.key AS key "
        "UNION MATCH (s:EvidenceSet {name: $set_name}) WHERE s.current "
        "MATCH (e:Evidence {key: s.key + '/' + $id_in_set}) RETURN e.key AS key",
        {"name": name, "set_name": set_name, "id_in_set": id_in_set},
    )
    return [str(row["key"]) for row in found]


def select(writer: Writer, key: str, selection: Selection) -> None:
    """Replace what an environment selects."""
    writer.change(_DESELECT, {"key": key})
    for relationship_type, rows in (
        ("ENABLES", selection.enables),
        ("VALIDATED", selection.validated),
        ("PLACES", selection.places),
    ):
        ends = [(key, evidence, properties) for evidence, properties in rows.items()]
        writer.send(Relationships(relationship_type, "Environment", "Evidence", ends))
    writer.change(
        "MATCH (e:Environment {key: $key}) SET e.selected = $counts",
        {"key": key, "counts": list(selection.counts)},
    )


def remove_whole(writer: Writer, key: str) -> None:
    """Delete an environment with everything that only it holds; log sources are left to the sweep."""
    for statement in _REMOVE:
        writer.change(statement, {"key": key})

"""Nodes, relationships and paths as values that a person can read: identifying properties first, drawn as Cypher.

`graph.server.values` makes plain maps for our own questions; here is what an analyst's own query may return.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from neo4j import graph as driver

from graph.server.values import SCALARS, plain

FIRST = ("key", "attack_id", "name")
SHOWN = ("attack_id", "name", "key", "title", "version", "id", "sha256")
"""What says which node it is, the best first; a drawing shows the first two that are there."""
LONGEST = 60
"""Characters of a name in a drawing."""


@dataclass(frozen=True, slots=True)
class NodePart:
    """A node; `str()` draws it: `(:Technique T1528 "Steal Application Access Token")`."""

    element_id: str
    labels: tuple[str, ...]
    properties: Mapping[str, object]

    def __str__(self) -> str:
        labels = "".join(f":{label}" for label in self.labels if label not in _GENERAL) or "".join(
            f":{label}" for label in self.labels
        )
        shown = [_short(self.properties[name]) for name in SHOWN if self.properties.get(name) is not None]
        return f"({' '.join([labels, *shown[:2]]).strip()})"


@dataclass(frozen=True, slots=True)
class RelationshipPart:
    """A relationship with the element ids of its ends; `str()` draws it: `[:USES]`."""

    element_id: str
    type: str
    start: str
    end: str
    properties: Mapping[str, object]

    def __str__(self) -> str:
        return f"[:{self.type}]"


@dataclass(frozen=True, slots=True)
class PathPart:
    """A path, nodes and relationships in its order; `str()` draws it with the arrows as they are stored."""

    nodes: tuple[NodePart, ...]
    relationships: tuple[RelationshipPart, ...]

    def __str__(self) -> str:
        drawn = str(self.nodes[0])
        for before, part, node in zip(self.nodes, self.relationships, self.nodes[1:], strict=False):
            arrow = f"-{part}->" if part.start == before.element_id else f"<-{part}-"
            drawn += f"{arrow}{node}"
        return drawn


_GENERAL = frozenset({"AttackObject", "Evidence", "EvidenceSet"})
"""Second labels, which a drawing leaves out when a more exact one is there."""


def part_row(values: Iterable[object]) -> tuple[object, ...]:
    """One row with parts of the graph as the values of this module and all else as `graph.server.values` has it."""
    return tuple(value if type(value) in SCALARS else part(value) for value in values)


def part(value: object) -> object:
    """`value` with parts of the graph at any depth as values of this module."""
    match value:
        case driver.Path():
            return PathPart(tuple(map(_node, value.nodes)), tuple(map(_relationship, value.relationships)))
        case driver.Node():
            return _node(value)
        case driver.Relationship():
            return _relationship(value)
        case dict():
            return {name: part(each) for name, each in value.items()}
        case _ if type(value) is list:
            return [part(each) for each in value]
        case _:
            return plain(value)


def _node(node: driver.Node) -> NodePart:
    return NodePart(node.element_id, tuple(sorted(node.labels)), _ordered(node.items()))


def _relationship(found: driver.Relationship) -> RelationshipPart:
    start, end = (node.element_id if node else "" for node in found.nodes)
    return RelationshipPart(found.element_id, found.type, start, end, _ordered(found.items()))


def _ordered(items: Iterable[tuple[str, object]]) -> dict[str, object]:
    """Properties by name, those that identify first."""
    held = dict(items)
    names = [name for name in FIRST if name in held] + sorted(held.keys() - set(FIRST))
    return {name: plain(held[name]) for name in names}


def _short(value: object) -> str:
    text = str(value)
    if len(text) > LONGEST:
        text = text[: LONGEST - 1] + "…"
    return f'"{text}"' if " " in text else text

"""The forms of a declaration: a label, a relationship type, and whose word it is."""

from dataclasses import dataclass, field
from enum import StrEnum


class Layer(StrEnum):
    """Whose statements: the three layers that never mix, and what is computed or kept beside them."""

    OFFICIAL = "official"
    EVIDENCE = "evidence"
    YOURS = "yours"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Node:
    """A label.

    Attributes:
        label: the label itself.
        layer: whose word it is.
        doc: what one node represents.
        base: the label that carries the key: the label itself, or a second label that a family of labels shares.
        key: the property that identifies a node among all of its `base`.
        properties: name -> meaning, beyond those of the base.
        indexed: properties (each on its own) that questions look nodes up by.
        searched: properties that questions look nodes up by a part of.
        color: fill in the Browser, as `#rrggbb`; "" takes the base's.
        caption: what the Browser writes on the node, in its style language.
    """

    label: str
    layer: Layer
    doc: str
    base: str
    key: str = "key"
    properties: dict[str, str] = field(default_factory=dict)
    indexed: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    color: str = ""
    caption: str = "{name}"


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship type.

    Attributes:
        type: the type itself.
        ends: the pairs of labels that it joins.
        doc: what it states.
        derived: computed by Sightline from recorded facts; can be deleted and made again.
        properties: name -> meaning.
    """

    type: str
    ends: tuple[tuple[str, str], ...]
    doc: str
    derived: bool = False
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def arrows(self) -> tuple[str, ...]:
        """The arrow of each pair of ends, such as `(:Technique)-[:ACHIEVES]->(:Tactic)`."""
        return tuple(f"(:{start})-[:{self.type}]->(:{end})" for start, end in self.ends)

"""What the graph is, as data: every label, relationship, constraint and index is declared here and nowhere else.

Constraints, indexes, docs/model.md, the Browser's style and the statements of the writer are derived from these
declarations, so a label or type that reaches query text has always passed through this module.
"""

from functools import cache

from graph.schema.declared import Layer, Node, Relationship
from graph.schema.evidence import EVIDENCE_NODES
from graph.schema.official import OFFICIAL_NODES
from graph.schema.relationships import RELATIONSHIPS
from graph.schema.shared import SHARED_NODES
from graph.schema.yours import YOUR_NODES

__all__ = [
    "NODES",
    "RELATIONSHIPS",
    "Layer",
    "Node",
    "Relationship",
    "node",
    "property_names",
    "relationship",
]

NODES: tuple[Node, ...] = (*OFFICIAL_NODES, *SHARED_NODES, *EVIDENCE_NODES, *YOUR_NODES)


@cache
def node(label: str) -> Node:
    """Return the declaration of `label`; KeyError if nothing declares it."""
    return {each.label: each for each in NODES}[label]


@cache
def relationship(relationship_type: str) -> Relationship:
    """Return the declaration of `relationship_type`; KeyError if nothing declares it."""
    return {each.type: each for each in RELATIONSHIPS}[relationship_type]


@cache
def property_names(label: str) -> frozenset[str]:
    """Return every property that a node of `label` may carry, its base's included."""
    declared = node(label)
    return frozenset(declared.properties) | frozenset(node(declared.base).properties)

"""Typed rows on their way into the graph, and the statements that take them in batches.

A loader makes `Nodes` and `Relationships`; the writer sends them. Labels, types and key names come from
graph/schema/__init__.py: a batch that names anything else cannot be built.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph.schema import node, property_names, relationship

Value: TypeAlias = str | int | float | bool | Sequence[str] | Sequence[int] | None
Properties: TypeAlias = dict[str, Value]

BATCH_SIZE = 1000
"""Rows of one statement: large enough to hide the round trip, small enough to stay within some megabytes."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The node that every node of a batch hangs on: `(:label {key})-[:type]->(n)`, made in the same statement.

    Attributes:
        type: a type that graph/schema/__init__.py declares, without properties.
        label: of the owner.
        key: of the owner.
    """

    type: str
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Nodes:
    """Nodes of one label.

    Attributes:
        label: a label that graph/schema/__init__.py declares.
        rows: their properties, the key among them.
        shared: merged by key because several releases or sets may hold them; else each row must be new.
        owner: what they hang on; looking its end up again for each would cost as much as making them.
    """

    label: str
    rows: Sequence[Properties]
    shared: bool = False
    owner: Owner | None = None

    def __post_init__(self) -> None:
        unknown = set[str]().union(*self.rows) - property_names(self.label)
        if unknown:
            raise ValueError(f"{self.label} declares no property {', '.join(sorted(unknown))}")

    def statement(self) -> str:
        """Return the Cypher that takes `$rows`."""
        if self.owner is None:
            return f"UNWIND $rows AS row {self._made()}"
        end = node(self.owner.label)
        return (
            f"MATCH (owner:{end.base} {{{end.key}: $owner}}) UNWIND $rows AS row {self._made()} "
            f"CREATE (owner)-[:{relationship(self.owner.type).type}]->(n)"
        )

    def _made(self) -> str:
        declared = node(self.label)
        if not self.shared:
            labels = self.label if self.label == declared.base else f"{self.label}:{declared.base}"
            return f"CREATE (n:{labels}) SET n = row"
        extra = f", n:{self.label}" if self.label != declared.base else ""
        return (
            f"MERGE (n:{declared.base} {{{declared.key}: row.{declared.key}}}) ON CREATE SET n = row{extra}"
        )


@dataclass(frozen=True, slots=True)
class Relationships:
    """Relationships of one type between two labels.

    Attributes:
        type: a type that graph/schema/__init__.py declares.
        start: label of the start nodes; a base such as AttackObject stands for its family.
        end: label of the end nodes.
        rows: (key of the start, key of the end, properties).
    """

    type: str
    start: str
    end: str
    rows: Sequence[tuple[str, str, Properties]]

    def __post_init__(self) -> None:
        declared = relationship(self.type)
        unknown = set[str]().union(*(row[2] for row in self.rows)) - set(declared.properties)
        if unknown:
            raise ValueError(f"{self.type} declares no property {', '.join(sorted(unknown))}")

    def statement(self) -> str:
        """Return the Cypher that takes `$rows`."""
        start, end = node(self.start), node(self.end)
        return (
            f"UNWIND $rows AS row MATCH (a:{start.base} {{{start.key}: row[0]}}) "
            f"MATCH (b:{end.base} {{{end.key}: row[1]}}) "
            f"CREATE (a)-[r:{relationship(self.type).type}]->(b) SET r = row[2]"
        )


Batch: TypeAlias = Nodes | Relationships


def count_nodes(batches_of_load: Iterable[Batch]) -> int:
    """Return how many rows are nodes, shared ones that are there already included."""
    return sum(len(each.rows) for each in batches_of_load if isinstance(each, Nodes))


def count_relationships(batches_of_load: Iterable[Batch]) -> int:
    """Return how many relationships the rows make, those to owners included."""
    return sum(len(each.rows) for each in batches_of_load if isinstance(each, Relationships) or each.owner)


class RowList(list[Properties | list[str | Properties]]):
    """Rows of one statement, with a short name for logs.

    The driver writes `repr()` of all parameters into a debug message, wanted or not (neo4j 6.4, `Bolt.run`): for a
    release that is 50 MB of text and a fifth of the client's time.
    """

    def __repr__(self) -> str:
        return f"<{len(self)} rows>"


def batches(batch: Batch) -> Iterator[RowList]:
    """Yield the rows of `batch` in lists of at most `BATCH_SIZE`.

    A relationship's row becomes a list: the driver packs a tuple by a detour through Python, value by value.
    """
    for start in range(0, len(batch.rows), BATCH_SIZE):
        if isinstance(batch, Nodes):
            yield RowList(batch.rows[start : start + BATCH_SIZE])
        else:
            yield RowList(map(list, batch.rows[start : start + BATCH_SIZE]))

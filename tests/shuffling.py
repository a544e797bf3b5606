"""The same graph made anew in another order, so that nothing in an answer comes from the order of a load."""

from random import Random
from typing import Any

from graph.server.connection import Graph, Lookup, Transaction
from tests.conftest import wipe

NEVER = Lookup("RETURN false AS there", {})
BATCH = 2000
PATIENCE = 300.0
"""Seconds that reading a whole graph may take on a busy machine."""


def shuffle(graph: Graph, seed: int) -> None:
    """Take all nodes and relationships out and make them again, in an order that `seed` decides."""
    order = Random(seed)  # noqa: S311  an order, no secret
    nodes = graph.read(
        "MATCH (n) RETURN elementId(n) AS id, labels(n) AS labels, properties(n) AS properties",
        timeout=PATIENCE,
    )
    edges = graph.read(
        "MATCH (a)-[r]->(b) RETURN elementId(a) AS a, elementId(b) AS b, type(r) AS type, "
        "properties(r) AS properties",
        timeout=PATIENCE,
    )
    wipe(graph)
    order.shuffle(nodes)
    order.shuffle(edges)
    new: dict[Any, object] = {}
    for at in range(0, len(nodes), BATCH):
        rows = nodes[at : at + BATCH]
        made = _run(
            graph,
            "UNWIND $rows AS row CREATE (n:$(row.labels)) SET n = row.properties RETURN elementId(n) AS id",
            rows,
        )
        new |= {row["id"]: each["id"] for row, each in zip(rows, made, strict=True)}
    for at in range(0, len(edges), BATCH):
        rows = [{**edge, "a": new[edge["a"]], "b": new[edge["b"]]} for edge in edges[at : at + BATCH]]
        _run(
            graph,
            "UNWIND $rows AS row MATCH (a), (b) WHERE elementId(a) = row.a AND elementId(b) = row.b "
            "CREATE (a)-[r:$(row.type)]->(b) SET r = row.properties RETURN count(*) AS made",
            rows,
        )
    graph.schema("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()")


def _run(graph: Graph, cypher: str, rows: list[dict[str, Any]]) -> list[dict[str, object]]:
    def work(transaction: Transaction) -> list[dict[str, object]]:
        return transaction.run(cypher, {"rows": rows}).rows

    return graph.write(work, landed=NEVER)

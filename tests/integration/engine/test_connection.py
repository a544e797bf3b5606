"""Reads and writes against a real server."""

from graph.connection import Graph


def test_a_read_returns_rows_with_their_columns(graph: Graph) -> None:
    assert graph.read("UNWIND $numbers AS n RETURN n, n * 2 AS double", {"numbers": [1, 2]}) == [
        {"n": 1, "double": 2},
        {"n": 2, "double": 4},
    ]


def test_columns_are_known_without_rows(graph: Graph) -> None:
    table = graph.table("MATCH (n:Nobody) RETURN n.name AS name, 1 AS one")
    assert (table.columns, table.rows) == (("name", "one"), [])

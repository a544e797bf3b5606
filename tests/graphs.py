"""The whole graph as a value, so that tests can compare graphs."""

from typing import Any

from graph.server.connection import Graph

OF_ONE_LOAD = frozenset({"loaded_at", "load_id", "loader_version"})
"""Properties that two loads of the same content give different values."""

Part = tuple[Any, ...]


def snapshot(graph: Graph) -> tuple[list[Part], list[Part]]:
    """Every node and relationship but the lock, without what differs from load to load, sorted."""
    nodes = graph.read(
        "MATCH (n) WHERE NOT n:LoadLock RETURN labels(n) AS labels, properties(n) AS properties"
    )
    edges = graph.read(
        "MATCH (a)-[r]->(b) RETURN type(r) AS type, properties(a) AS a, properties(b) AS b, properties(r) AS r"
    )
    return (
        sorted((sorted(each["labels"]), _plain(each["properties"])) for each in nodes),  # type: ignore[call-overload]
        sorted((each["type"], _plain(each["a"]), _plain(each["b"]), _plain(each["r"])) for each in edges),
    )


def _plain(properties: Any) -> str:
    return repr(sorted((name, value) for name, value in properties.items() if name not in OF_ONE_LOAD))

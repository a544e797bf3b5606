"""An empty graph for each test that keeps its constraints and indexes: making them anew takes seconds."""

from collections.abc import Iterator

import pytest

from graph.holding.writer import prepare
from graph.server.connection import Graph, connect
from graph.server.settings import Target


@pytest.fixture
def graph(server: Target) -> Iterator[Graph]:
    """An open graph without nodes."""
    with connect(server, patience=20) as opened:
        opened.schema("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")
        prepare(opened)
        yield opened

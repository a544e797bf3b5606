"""A graph with the bundled sample and the rules, mapping, environment and annotations of docs/example."""

from collections.abc import Iterator

import pytest

from docs.query_answers import load_example
from graph.server.connection import Graph, connect
from graph.server.settings import Target
from tests.conftest import wipe

RELEASE = "enterprise-attack@18.1-sample"


@pytest.fixture(scope="package")
def filled(server: Target) -> Iterator[Graph]:
    """The graph that all tests of pages read; none of them changes it."""
    with connect(server, patience=60) as graph:
        wipe(graph)
        load_example(graph)
        yield graph
        wipe(graph)

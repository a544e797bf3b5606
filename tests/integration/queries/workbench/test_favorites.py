"""Favorites, pictures and what links type, asked of a real server with the sample in it."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from graph.server.connection import Graph, connect
from graph.server.settings import Target
from loaders import sample
from loaders.reading.sources import read_file
from queries.catalog import CATALOG, AnyQuestion
from queries.workbench.examples import newest
from queries.workbench.favorites import favorite
from queries.workbench.links import cypher_of
from queries.workbench.pictures import PICTURES, Picture
from tests.conftest import wipe
from tests.loads import load_attack, load_detections

EVERY = [pytest.param(question, id=name) for name, question in CATALOG.items()]
DRAWN = [pytest.param(each, id=each.name) for each in PICTURES]
NEEDS_YOURS = {"environment"}
"""Pictures of what the sample does not have."""


@pytest.fixture(scope="module")
def sampled(server: Target) -> Iterator[Graph]:
    """The bundled sample; read only."""
    with connect(server, patience=20) as graph:
        wipe(graph)
        for path in sample.releases():
            load_attack(graph, read_file(str(path)))
        load_detections(graph, read_file(str(sample.detections())))
        yield graph
        wipe(graph)


def test_the_newest_release_is_looked_up(sampled: Graph) -> None:
    asked = f"RETURN {newest()} AS enterprise, {newest('ics-attack')} AS ics"
    assert sampled.read(asked) == [{"enterprise": "enterprise-attack@18.1-sample", "ics": None}]


@pytest.mark.parametrize("question", EVERY)
def test_a_favorite_reads_and_has_the_columns_of_its_question(sampled: Graph, question: AnyQuestion) -> None:
    assert sampled.explain(favorite(question)).query_type == "r"
    assert tuple(sampled.table(favorite(question)).columns) == question.columns


@pytest.mark.parametrize("picture", DRAWN)
def test_a_picture_reads_and_shows_something(sampled: Graph, picture: Picture) -> None:
    assert sampled.explain(favorite(picture)).query_type == "r"
    shown = sampled.table(favorite(picture)).rows
    assert bool(shown) is (picture.name not in NEEDS_YOURS)


@given(st.text(st.characters(codec="utf-8")))
@example("'")
@example("\\u0027")
@example("\\\\u0027 \\\\")
@example("x'}) DETACH DELETE n //")
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_text_written_as_cypher_is_the_text(sampled: Graph, text: str) -> None:
    assert sampled.read(f"RETURN {cypher_of(text)} AS text") == [{"text": text}]

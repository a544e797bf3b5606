"""What all tests share: a real Neo4j, an empty database in it, and the folder of real data.

The order is that of docs/operations.md: `SIGHTLINE_TEST_NEO4J_URI` names a server, `SIGHTLINE_TEST_DOCKER=1`
starts a container, and otherwise a private Neo4j runs on free ports in a temporary folder for the session.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

from graph.engine.configuration import Memory, Ports
from graph.engine.places import Places
from graph.engine.server import Options, start, stop
from graph.server.connection import Graph, connect
from graph.server.settings import Target, find_target, folders
from tests.real_data import RealFile, real_data

ANY_PORTS = Ports(0, 0)
USERS_JARS = folders().cache / "jars"
"""Downloaded jars are shared with the user's own Neo4j; tests may point SIGHTLINE_HOME elsewhere."""


settings.register_profile(
    "sightline",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("sightline")
"""No test is timed, and CI tries the same examples twice: a new one that fails is found at a desk."""


SHARES_A_GRAPH = (
    "tests/integration/queries/official",
    "tests/integration/queries/evidence",
    "tests/integration/pages",
)
"""Folders whose files share a graph that takes a minute to load: they stay with one worker."""
LONG_FIRST = (
    "tests/integration/proofs/test_newest_release.py",
    "tests/integration/graph/engine",
    *SHARES_A_GRAPH,
    "tests/browser",
    "tests/integration",
)
"""What is begun first, so that no worker is left with a long file when the other has nothing more to do."""


class ByGraph(LoadScopeScheduling):  # type: ignore[misc]  # a library without types
    """Gives workers whole files, or whole folders that share a graph."""

    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return next((folder for folder in SHARES_A_GRAPH if path.startswith(f"{folder}/")), path)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByGraph:
    """Return who gives the tests to the workers, in the order of collection and not by the number of tests."""
    config.option.loadscopereorder = False
    return ByGraph(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long."""
    items.sort(
        key=lambda item: next((n for n, place in enumerate(LONG_FIRST) if item.nodeid.startswith(place)), 99)
    )


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the tests that need a server or real data by what they ask for."""
    needs = set(getattr(item, "fixturenames", ()))
    if needs & {"server", "graph", "private_places"}:
        item.add_marker("integration")
    if "data" in needs:
        item.add_marker("data")


@pytest.fixture(scope="session")
def data() -> RealFile:
    """The folder of real releases, rules and mappings."""
    return real_data()


def places_in(folder: Path) -> Places:
    """The places of a private Neo4j in a temporary folder, with the user's jars."""
    return Places(root=folder / "neo4j", logs=folder / "logs", jars=USERS_JARS)


def target_of(places: Places, bolt_port: int) -> Target:
    """The way to a private Neo4j."""
    password = places.password_file.read_text(encoding="utf-8").strip()
    return Target(f"bolt://127.0.0.1:{bolt_port}", "neo4j", password, "neo4j", "the tests' Neo4j")


@pytest.fixture
def private_places(tmp_path: Path) -> Iterator[Places]:
    """Places for a Neo4j of the test's own, stopped at its end."""
    places = places_in(tmp_path)
    yield places
    stop(places)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A Neo4j for the session; see the head of this file."""
    if os.environ.get("SIGHTLINE_TEST_NEO4J_URI"):
        yield _given_server(os.environ["SIGHTLINE_TEST_NEO4J_URI"])
    elif os.environ.get("SIGHTLINE_TEST_DOCKER") == "1":
        with _container() as target:
            yield target
    else:
        with private_server(tmp_path_factory.mktemp("server")) as target:
            yield target


def _given_server(uri: str) -> Target:
    """The named server, if nobody has anything in it: tests wipe the database."""
    target = replace(find_target(uri), origin="SIGHTLINE_TEST_NEO4J_URI")
    with connect(target) as graph:
        if graph.read("MATCH (n) RETURN count(n) AS nodes")[0]["nodes"]:
            pytest.exit(f"{uri}: the database is not empty; tests would wipe it", returncode=3)
    return target


@contextmanager
def _container() -> Iterator[Target]:
    from testcontainers.neo4j import Neo4jContainer

    with Neo4jContainer("neo4j:5.26", password="for-tests-only") as container:
        uri = container.get_connection_url()
        yield Target(uri, "neo4j", "for-tests-only", "neo4j", "the tests' container")


@contextmanager
def private_server(folder: Path) -> Iterator[Target]:
    places = places_in(folder)
    started = start(
        places, Options(memory=Memory(heap="1g", page_cache="128m", short_lived=True), ports=ANY_PORTS)
    )
    try:
        yield target_of(places, started.state.bolt_port)
    finally:
        stop(places)


@pytest.fixture
def graph(server: Target) -> Iterator[Graph]:
    """An open graph on a database without nodes."""
    with connect(server, patience=20) as opened:
        wipe(opened)
        yield opened


def wipe(graph: Graph) -> None:
    """Remove all nodes; in batches, because a whole graph does not fit into one transaction's memory.

    Constraints and indexes stay: making fifty of them anew takes two seconds, and loads make those that are missing.
    """
    graph.schema("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS")


@pytest.fixture
def bare_graph(graph: Graph) -> Graph:
    """An open graph on a database without constraints and indexes, as a user's first load finds it."""
    for row in graph.read("SHOW CONSTRAINTS YIELD name"):
        graph.schema(f"DROP CONSTRAINT `{row['name']}` IF EXISTS")
    for row in graph.read("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'"):
        graph.schema(f"DROP INDEX `{row['name']}` IF EXISTS")
    return graph

"""A graph with real releases in it, loaded once for all tests of this folder.

Tests that wipe the database stand outside of it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.server.connection import Graph, connect
from graph.server.settings import Target
from loaders.reading.sources import read_file
from tests.conftest import wipe
from tests.integration.queries.official.oracle import Release
from tests.loads import load_attack

STATED = {
    "enterprise-attack-17.1": "17.1",
    "enterprise-attack-18.1": "18.1",
    "enterprise-attack-19.1": "19.1",
}
"""Bundles that do not state their release."""
STATING = ("ics-attack-18.1", "mobile-attack-17.1")


@pytest.fixture(scope="package")
def loaded(server: Target, data: Path) -> Iterator[Graph]:
    """Three enterprise releases, one of ICS and one of mobile; read only."""
    with connect(server, patience=20) as graph:
        wipe(graph)
        for name, version in STATED.items():
            load_attack(graph, read_file(str(data / "attack" / f"{name}.json.gz")), release=version)
        for name in STATING:
            load_attack(graph, read_file(str(data / "attack" / f"{name}.json.gz")))
        yield graph
        wipe(graph)


@pytest.fixture(scope="package")
def enterprise(data: Path) -> Release:
    """Enterprise 18.1 as plain dictionaries."""
    return Release(data / "attack" / "enterprise-attack-18.1.json.gz")


@pytest.fixture(scope="package")
def older(data: Path) -> Release:
    """Enterprise 17.1 as plain dictionaries."""
    return Release(data / "attack" / "enterprise-attack-17.1.json.gz")


@pytest.fixture(scope="package")
def newest(data: Path) -> Release:
    """Enterprise 19.1 as plain dictionaries."""
    return Release(data / "attack" / "enterprise-attack-19.1.json.gz")

"""The command line against a real Neo4j; each module's `loaded` says what is in it."""

from collections.abc import Callable

import pytest

from cli import app
from graph.server.settings import Target
from tests.unit.cli.conftest import Run

Sightline = Callable[..., Run]


def point_to(environment: pytest.MonkeyPatch, server: Target) -> None:
    environment.setenv("NEO4J_URI", server.uri)
    environment.setenv("NEO4J_USERNAME", server.username)
    environment.setenv("NEO4J_PASSWORD", server.password)
    if server.database:
        environment.setenv("NEO4J_DATABASE", server.database)


@pytest.fixture
def sightline(
    loaded: Target, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Sightline:
    point_to(monkeypatch, loaded)

    def run(*words: str) -> Run:
        code = app.run(words)
        captured = capfdbinary.readouterr()
        return Run(code, captured.out.decode("utf-8"), captured.err.decode("utf-8"))

    return run

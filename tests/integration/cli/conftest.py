"""The command line against a real Neo4j; each module's `loaded` says what is in it."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from cli import app
from graph.server.connection import connect
from graph.server.settings import Target
from tests.conftest import wipe
from tests.unit.cli.conftest import Run

Sightline = Callable[..., Run]


def point_to(environment: pytest.MonkeyPatch, server: Target) -> None:
    environment.setenv("NEO4J_URI", server.uri)
    environment.setenv("NEO4J_USERNAME", server.username)
    environment.setenv("NEO4J_PASSWORD", server.password)
    if server.database:
        environment.setenv("NEO4J_DATABASE", server.database)


@contextmanager
def brought(server: Target, *commands: Sequence[str]) -> Iterator[Target]:
    """The server with what the commands load into its empty database."""
    with connect(server, patience=20) as graph:
        wipe(graph)
    with pytest.MonkeyPatch.context() as environment:
        point_to(environment, server)
        for words in commands:
            assert app.run([*words, "-q"]) == 0
        yield server


def answer(sightline: Sightline, *words: str) -> Any:
    """What a command answers, from its JSON."""
    run = sightline(*words, "--format", "json")
    assert run.code == 0, run.err
    return json.loads(run.out)


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

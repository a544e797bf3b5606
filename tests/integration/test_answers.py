"""Every built-in query and every command answers real content as recorded; `make answers` renews the recording."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.server.connection import Graph, connect
from graph.server.settings import Target
from tests.answer_schemas import unlike_their_schemas
from tests.conftest import wipe
from tests.integration.cli.conftest import point_to
from tests.real_data import RealFile
from tools import answers

RENEW = os.environ.get("RENEW_ANSWERS") == "1"
FOUND = answers.ROWS.with_name(".answers-found")


@pytest.fixture
def recorded() -> None:
    """Skip where nothing was recorded yet."""
    if not RENEW and not answers.DIGESTS.is_file():
        pytest.skip("no recording of the answers: run `make answers`, and commit the digests")


@pytest.fixture
def places(server: Target, data: RealFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> answers.Places:
    """The folders that calls name, and a server that commands find."""
    assert (data / "attack").is_dir()
    assert (data / ".." / "formats" / "good").is_dir()
    point_to(monkeypatch, server)
    return answers.usual_places(tmp_path)


@pytest.fixture
def empty(server: Target) -> Iterator[Graph]:
    """A database that is empty before and after."""
    with connect(server, patience=20) as graph:
        wipe(graph)
        yield graph
        wipe(graph)


@pytest.mark.torture  # five minutes, a fifth of the whole run
@pytest.mark.usefixtures("recorded")
def test_the_answers_are_as_recorded(places: answers.Places, empty: Graph) -> None:
    """Renewed in one order of loading and compared in the other: no answer depends on it."""
    answers.load(places, backwards=not RENEW)
    recording = answers.recorded(empty, places)
    assert unlike_their_schemas(recording) == []
    if RENEW:
        answers.keep(recording)
        return
    differing = answers.differences(recording)
    if differing:
        answers.keep_rows(recording, FOUND)
    assert not differing, (
        f"{len(differing)} answers differ (rows in {FOUND.name}); if they should: `make answers`, CHANGELOG.md\n"
        + "\n".join(differing)
    )

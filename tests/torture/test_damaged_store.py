"""A store that Neo4j cannot open is said so by `up` and by every command, with what to do."""

from pathlib import Path

import pytest

from cli.app import run
from cli.engine import down, status
from graph.engine.configuration import Memory
from graph.engine.places import local_places
from graph.engine.server import Options, start
from tests.conftest import ANY_PORTS, USERS_JARS

pytestmark = pytest.mark.torture
SMALL = Options(memory=Memory(heap="256m", page_cache="16m", short_lived=True), ports=ANY_PORTS)


def test_a_store_that_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path))
    for name in ("NEO4J_URI", "NEO4J_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "jars").symlink_to(USERS_JARS)
    places = local_places()
    try:
        start(places, SMALL)
        down()
        (places.store / "databases" / "neo4j" / "neostore").write_bytes(b"\xff" * 8192)
        start(places, SMALL)
        for words in (["releases"], ["up"]):
            capfd.readouterr()
            assert run(words) == 13
            told = capfd.readouterr().err
            assert told.count("\n") == 1
            assert "the store cannot be opened (" in told
            assert f"delete {places.root} and load again" in told
            assert "moment" not in told
        assert status().state == "running", "this `up` did not start it, and leaves it to `down`"
        down()
        assert run(["up"]) == 13
        assert status().state == "stopped"
    finally:
        down()

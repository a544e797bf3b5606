"""A read that fills the heap ends the local Neo4j at once, and the next command starts it again."""

from pathlib import Path

import psutil
import pytest

from cli.app import run
from cli.engine import down, status
from graph.engine.configuration import Memory
from graph.engine.places import Places, local_places
from graph.engine.server import Options, ended_by_itself, start
from graph.engine.state import State
from tests.conftest import ANY_PORTS, USERS_JARS

pytestmark = pytest.mark.torture
FILLS = "RETURN size(reduce(text = 'xxxxxxxx', i IN range(1, 40) | text + text)) AS n"
"""What one expression builds is not counted by the limits of transactions; this one fills any heap in large steps."""
SMALL = Memory(heap="192m", page_cache="16m", short_lived=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path))
    for name in ("NEO4J_URI", "NEO4J_PASSWORD", "SIGHTLINE_HEAP", "SIGHTLINE_PAGE_CACHE"):
        monkeypatch.delenv(name, raising=False)
    USERS_JARS.mkdir(parents=True, exist_ok=True)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "jars").symlink_to(USERS_JARS)
    return local_places()


def test_a_full_heap_ends_the_server_and_the_next_command_starts_it_again(
    home: Places, capfd: pytest.CaptureFixture[str]
) -> None:
    first = start(home, Options(memory=SMALL, ports=ANY_PORTS)).state
    try:
        assert run(["cypher", "RETURN 1 AS x"]) == 0
        assert run(["cypher", "--timeout", "5", FILLS]) in (4, 8)
        psutil.wait_procs([psutil.Process(first.pid)] if psutil.pid_exists(int(str(first.pid))) else [], 60)
        assert ended_by_itself(home) == first
        capfd.readouterr()
        assert run(["cypher", "RETURN 1 AS x", "--format", "json"]) == 0
        told = capfd.readouterr()
        assert told.err.count("\n") == 1
        assert "the local Neo4j had run out of memory and ended; it was started again" in told.err
        assert '"x": 1' in told.out
        again = State.read(home.state_file)
        assert again is not None
        assert (again.heap, again.page_cache, again.bolt_port) == ("192m", "16m", first.bolt_port)
        assert ended_by_itself(home) is None
    finally:
        down()
    assert status().state == "stopped"
    assert run(["cypher", "RETURN 1 AS x"]) == 4, "whoever stopped it wants it stopped"


def test_a_server_that_somebody_killed_is_not_started_again(home: Places) -> None:
    state = start(home, Options(memory=SMALL, ports=ANY_PORTS)).state
    try:
        process = psutil.Process(int(str(state.pid)))
        process.kill()
        process.wait(20)
        assert run(["releases"]) == 4
        assert status().state == "stopped"
    finally:
        down()

"""The local Neo4j in other surroundings: letters outside ASCII, no UTF-8 locale, signals, a lost state file."""

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from graph.engine.places import Places
from graph.engine.server import start, status, stop
from graph.engine.state import home_option
from tests.conftest import USERS_JARS, places_in
from tests.integration.graph.engine.test_server import SMALL, servers_of

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("locale", ["C", "C.UTF-8"])
def test_a_home_with_letters_outside_ascii(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    user = tmp_path / "Mü 汉" / "José"
    places = places_in(user)
    try:
        start(places, SMALL)
        assert status(places).state == "running"
        assert {log.name for log in places.logs.iterdir()} >= {"console.log", "neo4j.log", "debug.log"}
        assert {path.name for path in tmp_path.iterdir()} == {"Mü 汉"}
        assert {path.name for path in user.iterdir()} == {"neo4j", "logs"}
    finally:
        stop(places)
    written = [path for path in places.root.rglob("*") if not path.is_symlink()]
    assert [str(path) for path in written if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_a_server_whose_state_was_lost_is_found_and_stopped(private_places: Places) -> None:
    start(private_places, SMALL)
    private_places.state_file.write_text("{")
    assert status(private_places).state == "silent"
    assert stop(private_places)
    assert servers_of(private_places) == []
    start(private_places, SMALL)
    private_places.state_file.unlink()
    assert not start(private_places, SMALL).already
    assert len(servers_of(private_places)) == 1


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)]
)
def test_a_signal_during_up_leaves_nothing_running(tmp_path: Path, number: signal.Signals, code: int) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "jars").symlink_to(USERS_JARS)
    places = Places(tmp_path / "data" / "neo4j", tmp_path / "state" / "neo4j-logs", USERS_JARS)
    env = {**os.environ, "SIGHTLINE_HOME": str(tmp_path), "SIGHTLINE_HEAP": "512m"}
    with subprocess.Popen(
        [sys.executable, "-m", "cli", "up"],
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        while not servers_of(places) and run.poll() is None:
            time.sleep(0.05)
        run.send_signal(number)
        out, err = run.communicate(timeout=120)
    assert (run.returncode, out, err.count("\n")) == (code, "", 1)
    assert [
        each.pid
        for each in psutil.process_iter(["cmdline"])
        if home_option(places) in (each.info["cmdline"] or ())
    ] == []

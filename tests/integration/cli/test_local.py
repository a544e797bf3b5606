"""`up`, `status` and `down` on a Neo4j of the test's own."""

import json
import os
from pathlib import Path

import pytest

from cli import app
from tests.conftest import USERS_JARS


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of our own that shares the downloaded jars."""
    for name in ("NEO4J_URI", "NEO4J_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    USERS_JARS.mkdir(parents=True, exist_ok=True)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "jars").symlink_to(USERS_JARS)
    monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path))
    return tmp_path


def answer(capfd: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert app.run([*words, "--format", "json"]) == 0
    captured = capfd.readouterr()
    assert captured.err == ""
    value: dict[str, object] = json.loads(captured.out)
    return value


def test_up_status_down(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert answer(capfd, "status")["state"] == "absent"
    try:
        started = answer(capfd, "up")
        assert started["already"] is False
        assert oct(os.stat(str(started["password_file"])).st_mode & 0o777) == "0o600"  # noqa: PTH116
        assert answer(capfd, "up")["already"] is True
        status = answer(capfd, "status")
        assert {"state", "bolt", "browser", "version", "store_bytes", "releases"} <= set(status)
        assert (status["state"], status["releases"]) == ("running", [])
        assert app.run(["releases", "-q", "--format", "json"]) == 0
        assert capfd.readouterr() == ("[]\n", "")
    finally:
        assert answer(capfd, "down")["was_running"] is True
    assert answer(capfd, "status")["state"] == "stopped"
    assert answer(capfd, "down")["was_running"] is False
    assert app.run(["releases"]) == 4
    assert (home / "data").is_dir()

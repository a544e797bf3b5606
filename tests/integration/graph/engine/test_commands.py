"""What up, status and down return, on a home of their own."""

from pathlib import Path

import pytest

from cli.engine import down, status, up
from graph.server.connection import connect
from graph.server.settings import find_target
from tests.conftest import USERS_JARS


@pytest.mark.integration
def test_up_status_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path))
    for name in ("NEO4J_URI", "NEO4J_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    USERS_JARS.mkdir(parents=True, exist_ok=True)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "jars").symlink_to(USERS_JARS)
    before = status()
    assert (before.state, before.bolt, before.releases, before.store_bytes) == ("absent", None, None, 0)
    told: list[tuple[int, int]] = []
    try:
        first = up(progress=lambda done, total: told.append((done, total)))
        assert told[-1][0] == told[-1][1] > 100_000_000
        found = status()
        assert (found.state, found.releases, found.bolt, found.browser) == (
            "running",
            (),
            first.bolt,
            first.browser,
        )
        assert found.pid is not None
        assert found.password_file.read_text().strip()
        assert found.logs.is_dir()
        assert up().already
        with connect(find_target()) as graph:
            assert graph.target.uri == first.bolt
    finally:
        assert down().was_running
    after = status()
    assert (after.state, after.releases, after.pid, down().was_running) == ("stopped", None, None, False)

"""A disk that fills under the local store: nothing is stored, `down` works, and the store opens again with room.

The disk is a small one of memory, which only root can mount.
"""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.app import run
from cli.engine import down, status, up
from graph.engine.configuration import Memory
from graph.engine.places import Places, local_places
from graph.engine.room import LEAST, MEBIBYTE, RESERVE
from graph.engine.server import Options, start
from graph.errors import LimitExceededError, SightlineError
from graph.server.connection import Lookup, Transaction, connect
from graph.server.settings import local_target
from tests.conftest import ANY_PORTS, USERS_JARS
from tests.real_data import RealFile

pytestmark = pytest.mark.torture
SMALL = Options(memory=Memory(heap="384m", page_cache="16m", short_lived=True), ports=ANY_PORTS)
DISK = 160 * MEBIBYTE


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A disk of 160 MiB that holds the local Neo4j, but for its jars."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(place)], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.decode().strip()}")
    for name in ("NEO4J_URI", "NEO4J_PASSWORD", "SIGHTLINE_PAGE_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SIGHTLINE_HOME", str(place))
    monkeypatch.setenv("SIGHTLINE_HEAP", "384m")
    (place / "cache").mkdir()
    (place / "cache" / "jars").symlink_to(USERS_JARS)
    try:
        yield place
    finally:
        down()
        subprocess.run(["umount", str(place)], check=True)


def fill(disk: Path, *, but: int) -> Path:
    """Take all of the disk but so many bytes."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize - but)
    return ballast


def stored() -> list[dict[str, object]]:
    with connect(local_target(), patience=60) as graph:
        return graph.read("MATCH (n) RETURN labels(n) AS labels, count(n) AS n ORDER BY labels", timeout=120)


def served() -> Places:
    places = local_places()
    start(places, SMALL)
    return places


def test_a_load_that_does_not_fit_the_disk_stores_nothing(
    disk: Path, data: RealFile, capfd: pytest.CaptureFixture[str]
) -> None:
    release = str(data / "attack" / "ics-attack-18.1.json.gz")
    places = served()
    assert places.reserve.stat().st_size == RESERVE
    before = stored()
    ballast = fill(disk, but=LEAST + MEBIBYTE)
    assert run(["load", "attack", release]) == 8
    told = capfd.readouterr().err.splitlines()[-1]
    assert told.startswith(f"sightline: {places.store}: the disk is full: ")
    assert "nothing was stored; free some space, then try again" in told
    assert stored() == before
    ballast.unlink()
    assert run(["load", "attack", release]) == 0


def test_a_disk_that_others_fill_during_a_commit(disk: Path, capfd: pytest.CaptureFixture[str]) -> None:
    places = served()
    keep = Lookup("MATCH (t:Thing {name: 'kept'}) RETURN count(t) = 1")
    lost = Lookup("MATCH (t:Thing {name: 'lost'}) RETURN count(t) = 1")

    def large(transaction: Transaction) -> None:
        for number in range(30):
            transaction.run("CREATE (:Thing {name: 'lost', text: $text})", {"text": f"{number:07}x" * 2**17})

    with connect(local_target(), patience=60) as graph:
        graph.write(lambda transaction: transaction.run("CREATE (:Thing {name: 'kept'})"), landed=keep)
        ballast = fill(disk, but=8 * MEBIBYTE)
        with pytest.raises(LimitExceededError, match=r"the disk of the server is full.*nothing was stored"):
            graph.write(large, landed=lost)
    assert run(["releases"]) in (8, 13)
    assert "moment" not in capfd.readouterr().err
    assert down().was_running
    assert status().state == "stopped"
    ballast.unlink()
    up()
    assert stored() == [{"labels": ["Thing"], "n": 1}]
    with connect(local_target(), patience=60) as graph:
        graph.write(large, landed=lost)
    assert stored() == [{"labels": ["Thing"], "n": 31}]
    assert places.reserve.exists()


def test_a_disk_without_room_to_open_the_store(disk: Path) -> None:
    places = served()
    down()
    ballast = fill(disk, but=MEBIBYTE)
    up()
    assert not places.reserve.exists(), "it was given up, and made room enough"
    down()
    ballast.unlink()
    fill(disk, but=MEBIBYTE)
    with pytest.raises(SightlineError, match=r"the disk is full: .* free, and Neo4j needs 32 MiB"):
        up()
    assert status().state == "stopped"

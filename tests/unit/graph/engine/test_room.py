"""The reserve, and what is said where a store has no room."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from graph.engine import room
from graph.engine.places import Places
from graph.engine.room import LEAST, MEBIBYTE, RESERVE
from graph.engine.state import State
from graph.errors import LimitExceededError
from graph.server.settings import LOCAL, Target


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path))
    found = Places(tmp_path / "data" / "neo4j", tmp_path / "logs", tmp_path / "jars")
    found.make()
    return found


@pytest.fixture
def disk(places: Places, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes the disk have so many bytes free, and those of the reserve once it is gone."""

    def has(free: int) -> None:
        there = places.reserve.exists()

        def usage(_: object) -> Usage:
            given_up = RESERVE if there and not places.reserve.exists() else 0
            return Usage(0, 0, free + given_up)

        monkeypatch.setattr(shutil, "disk_usage", usage)

    return has


def target(origin: str = LOCAL) -> Target:
    return Target("bolt://127.0.0.1:7687", "neo4j", "x", "neo4j", origin)


def test_the_reserve_is_kept_where_there_is_room(places: Places, disk: Callable[[int], None]) -> None:
    disk(LEAST + 2 * RESERVE - 1)
    room.keep_reserve(places)
    assert not places.reserve.exists()
    disk(LEAST + 2 * RESERVE)
    room.keep_reserve(places)
    assert places.reserve.stat().st_size == RESERVE
    assert places.reserve.stat().st_mode & 0o077 == 0


def test_the_reserve_is_given_up_for_a_start(places: Places, disk: Callable[[int], None]) -> None:
    disk(1 << 40)
    room.keep_reserve(places)
    room.ensure_room(places)
    assert places.reserve.exists()
    disk(MEBIBYTE)
    room.ensure_room(places)
    assert not places.reserve.exists()
    disk(MEBIBYTE)
    with pytest.raises(LimitExceededError, match=r"the disk is full: 1 MiB are free, and Neo4j needs 32 MiB"):
        room.ensure_room(places)


def test_a_transaction_that_does_not_fit_is_refused(places: Places, disk: Callable[[int], None]) -> None:
    disk(LEAST + 100 * MEBIBYTE)
    room.ensure_room_for(target(), lambda: 10 * MEBIBYTE)
    with pytest.raises(LimitExceededError, match=r"132 MiB are free, .* nothing was stored") as told:
        room.ensure_room_for(target(), lambda: 1 << 30)
    assert told.value.where == str(places.store)


def test_nothing_is_asked_where_there_is_plenty_or_the_server_is_elsewhere(
    places: Places, disk: Callable[[int], None]
) -> None:
    def never() -> int:
        raise AssertionError(places)

    disk(room.PLENTY)
    room.ensure_room_for(target(), never)
    disk(0)
    room.ensure_room_for(target("NEO4J_URI"), never)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "2026-11-27 06:51:32.113+0000 ERROR [o.n.m.DatabaseHealth] [neo4j/ee14] Database panic: The ...",
            True,
        ),
        (
            "2026-11-27 06:40:00.000+0000 ERROR [o.n.m.DatabaseHealth] [neo4j/ee14] Database panic: The ...",
            False,
        ),
        ("2026-11-27 06:51:32.113+0000 WARN  [o.n.k.i.c.VmPauseMonitorComponent] Database panic no", False),
        ("", False),
    ],
)
def test_a_server_that_panicked_since_its_start_is_not_closed(
    places: Places,
    disk: Callable[[int], None],
    line: str,
    found: bool,  # noqa: FBT001
) -> None:
    started = 1795762200.0  # 2026-11-27 06:50 UTC
    (places.logs / "debug.log").write_text(f"first\n{line}\nCaused by: x\n")
    state = State(1, 2, 3, started, "5", "21")
    disk(1 << 40)
    assert room.cannot_close(places, state) is found
    disk(room.CLOSING - 1)
    assert room.cannot_close(places, state)

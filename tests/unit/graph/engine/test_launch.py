"""When a server counts as started, and why one did not."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engine import launch
from graph.engine.configuration import Ports
from graph.engine.launch import PortTakenError, await_ready, listens, ran_out_of_memory
from graph.engine.places import Places

TAKEN = "Caused by: java.net.BindException: Address already in use"
HOLDS_TWO = """
import socket, sys
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(2)]
print(*(each.getsockname()[1] for each in held), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    found = Places(tmp_path / "neo4j", tmp_path / "logs", tmp_path / "jars")
    found.make()
    return found


@pytest.fixture
def ports() -> Iterator[tuple[int, Ports]]:
    """A process, and two ports on which it listens."""
    command = [sys.executable, "-c", HOLDS_TWO]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        bolt, http = map(int, process.stdout.readline().split())
        yield process.pid, Ports(bolt, http)
        process.communicate("")


def test_a_process_listens_on_its_own_ports_only(ports: tuple[int, Ports]) -> None:
    pid, its = ports
    assert listens(pid, its)
    assert not listens(pid, Ports(its.bolt, 1))
    with subprocess.Popen(["sleep", "60"]) as other:
        assert not listens(other.pid, its)
        other.kill()
    assert not listens(other.pid, its)


def test_a_server_of_another_home_on_the_port_is_not_ours(
    ports: tuple[int, Ports], places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "answers", lambda _: True)
    places.console.write_text(TAKEN)
    with subprocess.Popen(["sleep", "0.3"]) as ours, pytest.raises(PortTakenError):
        await_ready(ours.pid, ports[1], places, 30)
    await_ready(*ports, places, 30)


def test_the_end_by_a_full_heap_is_told_from_others(places: Places) -> None:
    assert not ran_out_of_memory(places)
    places.console.write_text("Started.\n")
    assert not ran_out_of_memory(places)
    places.console.write_text("Started.\nTerminating due to java.lang.OutOfMemoryError: Java heap space\n")
    assert ran_out_of_memory(places)

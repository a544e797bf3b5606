"""The local Neo4j's life: started once, found again, stopped whole, and never two on one store."""

import os
import signal
import socket
import stat
import subprocess
import sys
import threading
import urllib.request
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from graph.engine import launch
from graph.engine.configuration import Memory, Ports
from graph.engine.launch import free_ports
from graph.engine.places import Places
from graph.engine.server import Options, Started, start, status, stop
from graph.engine.state import State, home_option
from graph.errors import EngineError, LockedError, QueryFailedError
from graph.server.connection import Lookup, Transaction, connect
from tests.conftest import ANY_PORTS, places_in, target_of

SMALL = Options(memory=Memory(heap="512m", page_cache="32m", short_lived=True), ports=ANY_PORTS)
AS_BEFORE = replace(SMALL, ports=None)


def servers_of(places: Places) -> list[int]:
    """The processes that run on this home, whoever started them."""
    running = psutil.process_iter(["cmdline", "status"])
    alive = [process for process in running if process.info["status"] != psutil.STATUS_ZOMBIE]
    return [process.pid for process in alive if home_option(places) in (process.info["cmdline"] or ())]


def remember(transaction: Transaction) -> None:
    transaction.run("MERGE (:Thing {name: 'kept'})")


def test_one_life_of_a_server(private_places: Places) -> None:
    places = private_places
    assert (status(places).state, stop(places)) == ("absent", False)
    first = start(places, SMALL)
    assert (first.already, status(places).state) == (False, "running")
    assert status(places).store_bytes > 0
    _is_private(places)
    _listens_on_loopback_only(first)
    _serves_its_browser(first)
    _keeps_its_doors_shut(places, first)
    again = start(places, SMALL)
    assert (again.already, again.state, len(servers_of(places))) == (True, first.state, 1)
    with connect(target_of(places, first.state.bolt_port)) as graph:
        graph.write(remember, landed=Lookup("RETURN true"))
    os.kill(servers_of(places)[0], signal.SIGKILL)
    second = start(places, AS_BEFORE)
    assert (second.already, second.state.ports) == (False, first.state.ports)
    with connect(target_of(places, second.state.bolt_port)) as graph:
        assert graph.read("MATCH (t:Thing) RETURN t.name AS name") == [{"name": "kept"}]
    assert stop(places)
    assert (servers_of(places), status(places).state, stop(places)) == ([], "stopped", False)
    assert "Stopped." in places.console.read_text()


def _is_private(places: Places) -> None:
    for file in (places.password_file, places.state_file, places.console):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(places.root.stat().st_mode) == 0o700
    password = places.password_file.read_text().strip()
    (server,) = servers_of(places)
    assert password not in " ".join(psutil.Process(server).cmdline())
    assert not any((places.home / "import").iterdir())
    for log in places.logs.rglob("*"):
        assert password not in log.read_text(errors="replace")


def _listens_on_loopback_only(started: Started) -> None:
    connections = psutil.Process(started.state.pid).net_connections("tcp")
    listening = {(c.laddr.ip, c.laddr.port) for c in connections if c.status == psutil.CONN_LISTEN}
    assert {port for _, port in listening} >= {started.state.bolt_port, started.state.http_port}
    assert {address.removeprefix("::ffff:") for address, _ in listening} == {"127.0.0.1"}


def _serves_its_browser(started: Started) -> None:
    with urllib.request.urlopen(started.state.browser, timeout=10) as page:  # noqa: S310  # our own loopback address
        assert b"Neo4j Browser" in page.read()
        allowed = page.headers["Content-Security-Policy"]
    assert "script-src 'self';" in allowed
    assert "segment" not in allowed


def _keeps_its_doors_shut(places: Places, started: Started) -> None:
    with connect(target_of(places, started.state.bolt_port)) as graph:
        for text in (
            "LOAD CSV FROM 'file:///etc/hostname' AS line RETURN line",
            f"LOAD CSV FROM '{started.state.browser}' AS line RETURN line",
        ):
            with pytest.raises(QueryFailedError):
                graph.read(text)


def test_taken_ports_are_left_alone() -> None:
    with ExitStack() as stack:
        taken = [
            stack.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1] for _ in range(2)
        ]
        found = free_ports(Ports(*taken))
    assert not {found.bolt, found.http} & {*taken, 0}
    assert found.bolt != found.http
    assert free_ports(found) == found


def test_a_port_taken_in_the_last_moment_is_tried_again(
    private_places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as squatter:
        taken = squatter.getsockname()[1]
        answers = iter([Ports(taken, free_ports(ANY_PORTS).http), free_ports(ANY_PORTS)])
        monkeypatch.setattr("graph.engine.server.free_ports", lambda _: next(answers))
        started = start(private_places, SMALL)
        assert started.state.bolt_port != taken
    assert len(servers_of(private_places)) == 1


def test_a_stale_process_id_is_recognized(private_places: Places) -> None:
    places = private_places
    places.make()
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with other:
        # After a reboot the number is somebody else's, who began at another time.
        State(1, 2, other.pid, psutil.Process(other.pid).create_time() - 3600, "5", "21").write(
            places.state_file
        )
        assert status(places).state == "stopped"
        assert not stop(places)
        assert other.poll() is None
        other.communicate(b"\n")
    kept = State.read(places.state_file)
    assert kept is not None
    assert (kept.pid, kept.ports) == (None, Ports(1, 2))


def test_two_at_once_are_one_server(private_places: Places) -> None:
    started: list[Started] = []
    threads = [
        threading.Thread(target=lambda: started.append(start(private_places, SMALL))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.already for each in started) == [False, True]
    assert started[0].state == started[1].state
    assert len(servers_of(private_places)) == 1


def test_a_store_in_use_is_said_so_and_nothing_is_left_running(
    private_places: Places, tmp_path: Path
) -> None:
    start(private_places, SMALL)
    (holder,) = servers_of(private_places)
    thief = places_in(tmp_path / "other")
    thief.root.mkdir(parents=True)
    (thief.root / "home").mkdir()
    thief.store.symlink_to(private_places.store)
    thief.password_file.write_text(private_places.password_file.read_text())
    with pytest.raises(LockedError, match="another process uses this store") as raised:
        start(thief, SMALL)
    assert raised.value.exit_code == 9
    assert (servers_of(thief), servers_of(private_places)) == ([], [holder])
    assert status(thief).state == "stopped"


def test_a_failed_start_leaves_nothing_running_and_names_the_log(private_places: Places) -> None:
    with pytest.raises(EngineError, match=r"console\.log: Neo4j did not start: .*") as raised:
        start(private_places, replace(SMALL, memory=Memory(heap="1g", page_cache="much")))
    assert "pagecache" in str(raised.value)
    assert (servers_of(private_places), status(private_places).state) == ([], "absent")
    with pytest.raises(EngineError, match="Neo4j did not start: Invalid maximum heap size"):
        start(private_places, replace(SMALL, memory=Memory(heap="none")))


def test_an_interrupted_start_leaves_nothing_running(
    private_places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        assert len(servers_of(private_places)) == 1
        raise KeyboardInterrupt

    monkeypatch.setattr("graph.engine.server.await_ready", interrupt)
    with pytest.raises(KeyboardInterrupt):
        start(private_places, SMALL)
    assert servers_of(private_places) == []


def test_a_server_that_is_not_ready_in_time_is_ended(
    private_places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "answers", lambda _: False)
    monkeypatch.setattr("graph.engine.server.READY_PATIENCE", 1.0)
    with pytest.raises(EngineError, match="was not ready within 1 s"):
        start(private_places, SMALL)
    assert servers_of(private_places) == []

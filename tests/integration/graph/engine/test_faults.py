"""A server that is stopped, killed or cut off in the middle of our work: what is said, and what is stored."""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import psutil
import pytest

from graph.engine.places import Places
from graph.engine.server import start
from graph.engine.state import running_process
from graph.errors import OutcomeUnknownError, UnreachableError
from graph.server import connection
from graph.server.connection import Graph, Lookup, Transaction, connect
from graph.server.faults import ConnectionLostError, NoAnswerError
from graph.server.settings import Target
from tests.conftest import target_of
from tests.integration.graph.engine.test_server import AS_BEFORE, SMALL

LANDED = Lookup("MATCH (t:Thing {name: $name}) RETURN count(t) = 1", {"name": "new"})


def make(transaction: Transaction) -> str:
    transaction.run("CREATE (:Thing {name: $name})", {"name": "new"})
    return "made"


def count(graph: Graph) -> object:
    return graph.read("MATCH (t:Thing) RETURN count(t) AS n")[0]["n"]


def is_told_to_be_stored(graph: Graph, work: Callable[[Transaction], str], *, silence: float = 60) -> bool:
    """What a write says of itself after its commit went wrong."""
    try:
        return graph.write(work, landed=LANDED, silence=silence) == "made"
    except ConnectionLostError as error:
        if "nothing was stored" not in str(error):
            raise
        return False


class Wire:
    """A relay between us and the server that can be cut at will, in either direction."""

    def __init__(self, target: Target, port: int = 0) -> None:
        host, there = target.uri.removeprefix("bolt://").split(":")
        self._server = (host, int(there))
        self._listener = socket.create_server(("127.0.0.1", port))
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()
        self._trigger: bytes | None = None
        self.target = replace(target, uri=f"bolt://127.0.0.1:{self._listener.getsockname()[1]}")

    def lose_answer_to(self, message: bytes) -> None:
        """Cut the line as soon as this message was passed on."""
        self._trigger = message

    @property
    def is_cut(self) -> bool:
        return self._trigger is None

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(self._server)
            self._pairs.append((near, far))
            for source, sink in ((near, far), (far, near)):
                self._threads.append(threading.Thread(target=self._pump, args=(source, sink)))
                self._threads[-1].start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                if self._trigger is not None and self._trigger in data:
                    self._trigger = None
                    source.shutdown(socket.SHUT_RDWR)
                    sink.sendall(data)
                    return
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for pair in self._pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for pair in self._pairs:
            for end in pair:
                end.close()


@pytest.fixture
def wire(server: Target, graph: Graph) -> Iterator[Wire]:
    """A wire to the session's server, whose database is empty."""
    assert count(graph) == 0
    opened = Wire(server)
    yield opened
    opened.close()


COMMIT = b"\xb0\x12"
"""Bolt's COMMIT message: a structure without fields, signature 0x12."""


def test_a_commit_whose_answer_is_lost_is_looked_up(wire: Wire, graph: Graph) -> None:
    with connect(wire.target) as cut:
        wire.lose_answer_to(COMMIT)
        # The server may see the broken line before it reads the commit: both ends are told truly.
        told = is_told_to_be_stored(cut, make)
        assert wire.is_cut
    assert count(graph) == int(told)


def test_a_write_that_is_cut_off_before_its_commit_stores_nothing(wire: Wire, graph: Graph) -> None:
    def half(transaction: Transaction) -> None:
        make(transaction)
        wire.close()
        transaction.run("RETURN 1")

    with connect(wire.target) as cut, pytest.raises(ConnectionLostError, match="the connection was lost"):
        cut.write(half, landed=LANDED)
    assert count(graph) == 0


def test_an_outcome_that_nobody_can_tell_is_said_so(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "RETURN_PATIENCE", 1.0)

    def last(transaction: Transaction) -> None:
        make(transaction)
        wire.close()

    with (
        connect(wire.target) as cut,
        pytest.raises(OutcomeUnknownError, match="sightline releases") as raised,
    ):
        cut.write(last, landed=LANDED)
    assert raised.value.exit_code == 10


@contextmanager
def stopped(process: psutil.Process) -> Iterator[None]:
    os.kill(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process.pid, signal.SIGCONT)


def test_a_stopped_or_killed_server(private_places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    places = private_places
    target = target_of(places, start(places, SMALL).state.bolt_port)
    process = running_process(places, start(places, SMALL).state)
    assert process is not None
    with connect(target) as graph:
        _stopped_while_connecting(process, target)
        _stopped_in_a_read(process, graph, monkeypatch)
        _stopped_in_a_large_write(process, graph)
        _stopped_at_the_commit(process, graph)
    monkeypatch.setattr(connection, "RETURN_PATIENCE", 120.0)
    with connect(target) as graph:
        _killed_at_the_commit(process, graph, places)


def _stopped_while_connecting(process: psutil.Process, target: Target) -> None:
    with stopped(process), pytest.raises(UnreachableError, match="does not answer"), connect(target):
        pass


def _stopped_in_a_read(process: psutil.Process, graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "GRACE", 0.5)
    with stopped(process), pytest.raises(NoAnswerError, match="did not answer within 1 s"):
        graph.read("RETURN 1", timeout=0.5)
    assert graph.read("RETURN 1 AS one") == [{"one": 1}]
    monkeypatch.undo()


def _stopped_in_a_large_write(process: psutil.Process, graph: Graph) -> None:
    def flood(transaction: Transaction) -> None:
        make(transaction)
        with stopped(process):
            transaction.run(
                "UNWIND $rows AS row CREATE (:Thing {text: row})", {"rows": ["x" * 1_000_000] * 30}
            )

    with pytest.raises(UnreachableError):
        graph.write(flood, landed=LANDED, silence=2)
    assert count(graph) == 0


def _stopped_at_the_commit(process: psutil.Process, graph: Graph) -> None:
    timer = threading.Timer(3, os.kill, (process.pid, signal.SIGCONT))

    def last(transaction: Transaction) -> str:
        made = make(transaction)
        os.kill(process.pid, signal.SIGSTOP)
        timer.start()
        return made

    # The server reads the commit when it wakes up, or finds the line broken.
    told = is_told_to_be_stored(graph, last, silence=1)
    timer.join()
    assert count(graph) == int(told)


def _killed_at_the_commit(process: psutil.Process, graph: Graph, places: Places) -> None:
    def last(transaction: Transaction) -> None:
        transaction.run("CREATE (:Thing {name: 'killed'})")
        process.kill()
        process.wait(10)

    thread = threading.Timer(0.5, start, (places, AS_BEFORE))
    thread.start()
    landed = Lookup("MATCH (t:Thing {name: 'killed'}) RETURN count(t) = 1")
    with pytest.raises(ConnectionLostError, match="nothing was stored"):
        graph.write(last, landed=landed)
    thread.join()
    assert graph.read("MATCH (t:Thing {name: 'killed'}) RETURN count(t) AS n") == [{"n": 0}]

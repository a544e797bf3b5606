"""The local Neo4j: start it, stop it, say how it is."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from graph.engine.configuration import Memory, Ports, neo4j_conf
from graph.engine.credentials import ensure_password
from graph.engine.jars import Progress, fetch_jars, locked_version, read_lock
from graph.engine.java import Java, find_java
from graph.engine.launch import PortTakenError, answers, await_ready, free_ports, ran_out_of_memory, spawn
from graph.engine.lock import held
from graph.engine.places import Places
from graph.engine.room import cannot_close, ensure_room, keep_reserve
from graph.engine.state import State, running_process
from graph.engine.web import Workbench, provide_archive
from graph.errors import EngineError, UsageError
from graph.files import refused, write_private

if TYPE_CHECKING:
    import psutil

USUAL_PORTS = Ports(bolt=7687, http=7474)
READY_PATIENCE = 120.0
STOP_PATIENCE = 90.0
LOCK_PATIENCE = 900.0
"""As long as another `up` may download."""
PORT_TRIES = 3


@dataclass(frozen=True, slots=True)
class Options:
    """How to start the server.

    Attributes:
        memory: heap and page cache.
        ports: used when they are free.
        workbench: what the Browser gets beside its own; without it, the jar's Browser is served.
    """

    memory: Memory = field(default_factory=Memory)
    ports: Ports | None = None
    workbench: Workbench | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A server that answers; `already` when it did so before."""

    state: State
    already: bool


def start(places: Places, options: Options | None = None, progress: Progress | None = None) -> Started:
    """The running server of `places`: the one that is there, else a new one.

    Two starts at once take turns, and the second one finds the first one's server.

    Raises:
        EngineError: a jar or a Java is missing, a folder cannot be written, or the server did not start; then no
            process is left.
        IntegrityError: a downloaded jar is not the one of the lock.
        LimitExceededError: the disk is full, and giving up the reserve does not help.
        LockedError: another process uses the store, or another start does not end.
        UsageError: the name of a folder is not UTF-8.
    """
    _refuse_other_letters(places)
    with _in_folders(places):
        places.make()
        with held(places.lock, patience=LOCK_PATIENCE):
            return _started(places, options or Options(), progress)


def ended_by_itself(places: Places) -> State | None:
    """What is known of a server that its full heap ended and that nobody stopped or started since; else None."""
    state = State.read(places.state_file)
    if state is None or state.pid is None or running_process(places, state) is not None:
        return None
    return state if ran_out_of_memory(places) else None


def _started(places: Places, options: Options, progress: Progress | None) -> Started:
    state = State.read(places.state_file)
    if state is None:
        _stop_unknown(places)
    elif _comes_to_answer(places, state):
        return Started(state, already=True)
    ensure_room(places)
    java = find_java()
    jars = fetch_jars(read_lock(), places.jars, progress)
    ensure_password(places)
    _serve(places, options.workbench, jars)
    running = _start_on_free_ports(places, options, java, jars, state)
    keep_reserve(places)
    return Started(running, already=False)


def _refuse_other_letters(places: Places) -> None:
    for folder in (places.root, places.logs, places.jars):
        if os.fsencode(folder).decode("utf-8", "ignore") != str(folder):
            raise UsageError(
                "the name of this folder is not UTF-8, which Java needs",
                where=os.fsencode(folder).decode("utf-8", "backslashreplace"),
                todo="name another one by SIGHTLINE_HOME",
            )


@contextmanager
def _in_folders(places: Places) -> Iterator[None]:
    """Turn what the operating system refuses in the block into one line."""
    try:
        yield
    except OSError as error:
        todo = "make it writable, or name another folder by SIGHTLINE_HOME"
        where = None if error.filename else str(places.root)
        raise refused(error, EngineError, where=where, todo=todo) from error


def _stop_unknown(places: Places) -> None:
    """End a server of this home whose state is lost: nobody knows its ports any more."""
    process = running_process(places, None)
    if process is not None:
        _end(process, places, STOP_PATIENCE)


def _comes_to_answer(places: Places, state: State) -> bool:
    """Whether the server of `state` runs and answers, now or soon; False when it is gone or ends meanwhile."""
    process = running_process(places, state)
    if process is None:
        return False
    try:
        await_ready(process.pid, state.ports, places, READY_PATIENCE)
    except EngineError:
        if running_process(places, state) is None:
            return False
        raise
    return True


def _serve(places: Places, workbench: Workbench | None, jars: list[Path]) -> None:
    """Put the wanted Browser where the server looks for one."""
    if workbench is None:
        shutil.rmtree(places.web, ignore_errors=True)
    else:
        (jar,) = (each for each in jars if each.name.startswith("neo4j-browser-"))
        provide_archive(jar, workbench.pages, places.web)


def _start_on_free_ports(
    places: Places, options: Options, java: Java, jars: list[Path], before: State | None
) -> State:
    wanted = options.ports or (before.ports if before else USUAL_PORTS)
    for _ in range(PORT_TRIES - 1):
        with suppress(PortTakenError):
            return _start_once(places, options, java, jars, free_ports(wanted))
    return _start_once(places, options, java, jars, free_ports(wanted))


def _start_once(places: Places, options: Options, java: Java, jars: list[Path], ports: Ports) -> State:
    memory, runs = options.memory, f"{java.version} ({java.executable})"
    state = State(ports.bolt, ports.http, None, None, locked_version(), runs, memory.heap, memory.page_cache)
    commands = options.workbench.commands_at(state.browser) if options.workbench else ""
    conf = neo4j_conf(ports, options.memory, places.logs_in_conf(), commands)
    write_private(places.home / "conf" / "neo4j.conf", conf)
    pid = None
    try:
        with _signals_wait():
            pid = spawn(places, java, jars, options.memory)
            # Written before it is ready, so that an `up` that is killed now leaves no unknown server behind.
            state = replace(state, pid=pid, started=_start_time(pid))
            state.write(places.state_file)
        await_ready(pid, ports, places, READY_PATIENCE)
    except BaseException:
        if pid is not None:
            _kill(pid)
        _forget_process(places, state)
        raise
    return state


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Hold back what would end us in the block: between a start and its note nobody else could find the server."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_time(pid: int) -> float:
    import psutil

    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return time.time()


def _kill(pid: int) -> None:
    import psutil

    with suppress(psutil.Error):
        process = psutil.Process(pid)
        process.send_signal(signal.SIGKILL)
        process.wait(10)


def stop(places: Places, patience: float = STOP_PATIENCE) -> bool:
    """Stop the server and wait until its store is closed; False when none was running.

    Where the disk is full, or was full at a commit, it is killed: closing would write once more what did not fit the
    log, behind the part that did, and what was committed is in the log already.

    Raises:
        EngineError: it is still stopping after `patience` seconds; then it is not killed. Or its folder is unusable.
    """
    with _in_folders(places):
        if not places.root.exists():
            return False
        with held(places.lock, patience=LOCK_PATIENCE):
            state = State.read(places.state_file)
            process = running_process(places, state)
            if process is not None:
                if cannot_close(places, state):
                    _kill(process.pid)
                else:
                    _end(process, places, patience)
            _forget_process(places, state)
            return process is not None


def _end(process: "psutil.Process", places: Places, patience: float) -> None:
    """Ask the process to end, and wait for it."""
    import psutil

    try:
        process.terminate()
        process.wait(patience)
    except psutil.NoSuchProcess:
        return
    except psutil.AccessDenied:
        raise EngineError(
            f"process {process.pid} belongs to somebody else",
            where=str(places.root),
            todo="ask them to stop it",
        ) from None
    except psutil.TimeoutExpired:
        raise EngineError(
            f"process {process.pid} is still stopping after {patience:g} s",
            where=str(places.logs),
            todo="wait; `kill -9` loses nothing that was committed",
        ) from None


def _forget_process(places: Places, state: State | None) -> None:
    """Note that no process is left; where there is no room to write, its id tells that it is gone."""
    if state is not None and state.pid is not None:
        with suppress(OSError):
            replace(state, pid=None, started=None).write(places.state_file)


@dataclass(frozen=True, slots=True)
class Status:
    """How the local Neo4j is.

    Attributes:
        state: `absent` (never started), `stopped`, `running`, or `silent` (its process is there but does not
            answer: still starting, or stuck; or what is known of it was lost).
        kept: ports, process and version; None when absent or lost.
        store_bytes: what the databases take on disk.
    """

    state: str
    kept: State | None
    store_bytes: int


def status(places: Places) -> Status:
    """How the server is, without waiting for it."""
    state = State.read(places.state_file)
    if state is None:
        found = "silent" if running_process(places, None) else "absent"
        return Status(found, None, _bytes_in(places.store))
    if running_process(places, state) is None:
        return Status("stopped", state, _bytes_in(places.store))
    return Status("running" if answers(state.ports) else "silent", state, _bytes_in(places.store))


def _bytes_in(folder: Path) -> int:
    """Bytes of all files below; those that vanish meanwhile do not count."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.stat().st_size if path.is_file() else 0
    return total

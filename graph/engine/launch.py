"""The server's process: its command line, its first seconds, and why it did not start."""

import http.client
import os
import re
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http import HTTPStatus
from pathlib import Path

from graph.engine.configuration import Memory, Ports
from graph.engine.java import Java
from graph.engine.places import Places
from graph.engine.state import home_option
from graph.errors import EngineError, LockedError, SightlineError
from graph.files import write_private
from graph.server.probe import look

MAIN = "org.neo4j.server.CommunityEntryPoint"
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
"""Packages of java.base that Neo4j reaches into; its own launcher opens them too."""
_QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""For a server that ends soon: the quick compiler, and the collector without threads, which takes a fifth less."""
PAUSE = 0.1


class PortTakenError(EngineError):
    """Another program took the port between the look at it and the start."""


def free_ports(wanted: Ports) -> Ports:
    """`wanted` as far as they are free on the loopback address, else any free ones."""
    bolt = wanted.bolt if _is_free(wanted.bolt) else _any_free()
    http = wanted.http if wanted.http != bolt and _is_free(wanted.http) else _any_free()
    return Ports(bolt, http)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # As the server does: a port whose last connections are still fading is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return port != 0


def _any_free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def spawn(places: Places, java: Java, jars: Sequence[Path], memory: Memory) -> int:
    """Start the server in a session of its own and return its process id."""
    arguments = places.home / "conf" / "java.args"
    write_private(arguments, _java_arguments(places, jars, memory))
    command = [str(java.executable), f"@{arguments}", MAIN, home_option(places)]
    command += [f"--config-dir={places.home / 'conf'}", "--console-mode"]
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND | os.O_NOFOLLOW
    with _umask(0o077):
        return os.posix_spawn(
            command[0],
            command,
            _environment(os.environ),
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, str(places.console), writing, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
            setsigmask=(),
        )


@contextmanager
def _umask(wanted: int) -> Iterator[None]:
    """Give what is started in the block that umask: what it writes is its owner's only."""
    before = os.umask(wanted)
    try:
        yield
    finally:
        os.umask(before)


def _environment(ours: Mapping[str, str]) -> dict[str, str]:
    """The server's environment.

    Neo4j's own client variables are not the server's business, and one of them is a password. Java reads file names
    by the locale, where only UTF-8 has them all, and what it says when it fails is looked for in English.
    """
    kept = {name: value for name, value in ours.items() if not name.startswith(("NEO4J_", "LC_", "LANG"))}
    stated = next((ours[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if ours.get(name)), "")
    letters = stated if stated.casefold().replace("-", "").endswith("utf8") else "C.UTF-8"
    return {**kept, "LC_CTYPE": letters, "LC_MESSAGES": "C"}


def _java_arguments(places: Places, jars: Sequence[Path], memory: Memory) -> str:
    """Java's argument file: the class path of 214 jars would hide everything else in a process list."""
    options = [
        *("-cp", os.pathsep.join(str(jar) for jar in jars)),
        *("-Xms128m", f"-Xmx{memory.heap}"),
        *(_QUICK if memory.short_lived else ["-XX:+UseG1GC"]),
        # Else it goes on without the thread that met the error, and accepts connections that it never answers.
        "-XX:+ExitOnOutOfMemoryError",
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED),
        "--enable-native-access=ALL-UNNAMED",
        *("-Dlog4j2.disable.jmx=true", "-Djava.awt.headless=true", "-Dfile.encoding=UTF-8"),
        f"-XX:ErrorFile={places.logs}/java-crash-%p.log",
    ]
    return "".join(f"{_quoted(option)}\n" for option in options)


def _quoted(option: str) -> str:
    escaped = option.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def await_ready(pid: int, ports: Ports, places: Places, seconds: float) -> None:
    """Return when Bolt and the Browser answer, and the process itself is what answers.

    Raises:
        LockedError: another process uses the store.
        PortTakenError: another program was faster.
        EngineError: the process ended, or is not ready in time; the line names the log.
    """
    deadline = time.monotonic() + seconds
    while not (answers(ports) and listens(pid, ports)):
        if has_ended(pid):
            raise why_not(places)
        if time.monotonic() > deadline:
            raise EngineError(
                f"Neo4j was not ready within {seconds:g} s", where=str(places.console), todo="read this log"
            )
        time.sleep(PAUSE)


def listens(pid: int, ports: Ports) -> bool:
    """Whether the process has both ports; a server of another home may have been faster and answers there."""
    import psutil

    try:
        found = psutil.Process(pid).net_connections("tcp")
    except psutil.AccessDenied:
        return True  # another user's server: nobody can tell
    except psutil.Error:
        return False
    return {ports.bolt, ports.http} <= {
        each.laddr.port for each in found if each.status == psutil.CONN_LISTEN
    }


def answers(ports: Ports) -> bool:
    """Whether Bolt is spoken on the one port and the discovery page comes from the other."""
    discovery = http.client.HTTPConnection("127.0.0.1", ports.http, timeout=2)
    try:
        discovery.request("GET", "/", headers={"Accept": "application/json", "Connection": "close"})
        return (
            discovery.getresponse().status == HTTPStatus.OK
            and look(f"bolt://127.0.0.1:{ports.bolt}", 1.0) is None
        )
    except (OSError, http.client.HTTPException):
        return False
    finally:
        discovery.close()


def has_ended(pid: int) -> bool:
    """Whether the process is gone; a child of ours is reaped."""
    import psutil

    with suppress(ChildProcessError):
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    return not bool(psutil.pid_exists(pid))


def why_not(places: Places) -> SightlineError:
    """The reason in the log of a server that ended while starting."""
    log = places.console.read_text(encoding="utf-8", errors="replace") if places.console.exists() else ""
    if "locked by another process" in log:
        return LockedError(
            "another process uses this store", where=str(places.store), todo="stop that Neo4j, then try again"
        )
    if "Address already in use" in log:
        return PortTakenError("a port was taken in the meantime", where=str(places.console), todo="try again")
    return EngineError(f"Neo4j did not start: {_told(log)}", where=str(places.console), todo="read this log")


def ran_out_of_memory(places: Places) -> bool:
    """Whether the server that was started last ended because its heap was full."""
    try:
        return OUT_OF_MEMORY in places.console.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False


OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError"
"""What Java writes when ExitOnOutOfMemoryError ends it."""


def _told(log: str) -> str:
    """The most telling line of a log: what ended Java, else the innermost cause, else the last word."""
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(('Exception in thread "main"', "Error: ", "Invalid "))]
    causes = [line for line in lines if line.startswith("Caused by:")]
    said = (fatal[:1] or causes[-1:] or lines[-1:] or ["no output"])[0]
    return _JAVA_CLASS.sub("", said)[:300]


_JAVA_CLASS = re.compile(r'^(Exception in thread "main" |Caused by: )[\w.$]+: ')

"""Which process is the local Neo4j: kept over reboots, and never mistaken for another one."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from graph.engine.configuration import USUAL_HEAP, USUAL_PAGE_CACHE, Ports, is_size
from graph.engine.places import Places
from graph.files import write_private
from graph.server.settings import is_port

if TYPE_CHECKING:
    import psutil

MOST_PROCESSES = 2**31 - 1
"""The largest process id that a system call takes."""
SAME_START = 2.0
"""Seconds by which two readings of one process's start may differ."""


@dataclass(frozen=True, slots=True)
class State:
    """What is known of the server.

    Attributes:
        bolt_port: on 127.0.0.1.
        http_port: on 127.0.0.1.
        pid: its process when it was started last; None after a clean stop.
        started: when that process began, in seconds since 1970; a process id alone may be another's by now.
        version: of Neo4j.
        java: that runs it.
        heap: its size, as Java writes it.
        page_cache: its size.
    """

    bolt_port: int
    http_port: int
    pid: int | None
    started: float | None
    version: str
    java: str
    heap: str = USUAL_HEAP
    page_cache: str = USUAL_PAGE_CACHE

    @property
    def ports(self) -> Ports:
        """Both ports."""
        return Ports(self.bolt_port, self.http_port)

    @property
    def bolt(self) -> str:
        """The address for programs."""
        return f"bolt://127.0.0.1:{self.bolt_port}"

    @property
    def browser(self) -> str:
        """The address for people."""
        return f"http://127.0.0.1:{self.http_port}/browser/"

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """The state in the file; None when there is none or it is damaged: it can be made again."""
        try:
            kept = json.loads(path.read_bytes())
            return cls(**kept) if _is_sound(kept) else None
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def write(self, path: Path) -> None:
        """Keep it, readable by its owner only."""
        write_private(path, json.dumps(asdict(self), indent=1) + "\n")


def _is_sound(kept: dict[str, object]) -> bool:
    """Whether every value is one that `write` may have written; what is none is nobody's port or process."""
    pid, started = kept["pid"], kept["started"]
    return (
        is_port(kept["bolt_port"])
        and is_port(kept["http_port"])
        and (pid is None or (type(pid) is int and 0 < pid <= MOST_PROCESSES))
        and (started is None or type(started) in (int, float))
        and all(isinstance(kept[name], str) for name in ("version", "java"))
        and all(is_size(kept[name]) for name in ("heap", "page_cache") if name in kept)
    )


def running_process(places: Places, state: State | None) -> "psutil.Process | None":
    """The process of this server, if it still runs; where its state is lost, it is looked for by its home."""
    import psutil

    if state is None:
        return _looked_for(places) if places.root.exists() else None
    if state.pid is None:
        return None
    try:
        process = psutil.Process(state.pid)
        if process.status() == psutil.STATUS_ZOMBIE:
            return None
        same_start = abs(process.create_time() - (state.started or 0.0)) < SAME_START
        # After a change of the clock the start reads otherwise; the home in the command line does not.
        return process if same_start or home_option(places) in process.cmdline() else None
    except psutil.Error:
        return None


def _looked_for(places: Places) -> "psutil.Process | None":
    import psutil

    for process in psutil.process_iter(["cmdline", "status"]):
        alive = process.info["status"] != psutil.STATUS_ZOMBIE
        if alive and home_option(places) in (process.info["cmdline"] or ()):
            return process
    return None


def home_option(places: Places) -> str:
    """The argument by which the server is told its home, and by which it is recognized."""
    return f"--home-dir={places.home}"

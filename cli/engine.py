"""The local Neo4j as the commands up, down and status see it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import EngineError, SightlineError
from queries.workbench.examples import newest
from queries.workbench.favorites import FAVORITES, archive
from queries.workbench.guide import guide
from queries.workbench.style import grass

if TYPE_CHECKING:
    from graph.engine.configuration import Memory
    from graph.engine.web import Workbench

STYLE = "sightline.grass"
GUIDE = "sightline.html"
OPEN_PATIENCE = 120.0
"""Seconds for a store that replays its log."""

Progress = Callable[[int, int], None]
"""Called with the bytes of the engine that are there, and all of them."""


@dataclass(frozen=True, slots=True)
class Up:
    """A local Neo4j that answers.

    Attributes:
        already: it did so before.
        bolt: address for programs.
        browser: address for people.
        username: of the login.
        password_file: where the password is.
        version: of Neo4j.
    """

    already: bool
    bolt: str
    browser: str
    username: str
    password_file: Path
    version: str


@dataclass(frozen=True, slots=True)
class Down:
    """What `down` found: whether a server was running; it is not any more."""

    was_running: bool


@dataclass(frozen=True, slots=True)
class StatusReport:
    """How the local Neo4j is.

    Attributes:
        state: `absent`, `stopped`, `running`, or `silent` (the process is there but does not answer).
        bolt: address for programs; None when absent.
        browser: address for people; None when absent.
        username: of the login.
        password_file: where the password is.
        version: of Neo4j; None when absent.
        java: that runs it; None when absent.
        pid: its process; None unless it runs.
        store: the folder of its databases.
        store_bytes: what they take on disk.
        logs: the folder of its logs.
        releases: keys of the loaded releases; None when it is not running and nobody can know.
    """

    state: str
    bolt: str | None
    browser: str | None
    username: str
    password_file: Path
    version: str | None
    java: str | None
    pid: int | None
    store: Path
    store_bytes: int
    logs: Path
    releases: tuple[str, ...] | None


def up(*, progress: Progress | None = None) -> Up:
    """The running local Neo4j, downloaded and started when need be.

    Args:
        progress: told of the download, if there is one.

    Raises:
        EngineError: a download failed, the server did not start or cannot open its store; nothing is left running.
        IntegrityError: a downloaded jar is not the one of the lock.
        LockedError: another process uses the store, or another `up` does not end.
        UsageError: `SIGHTLINE_HEAP` or `SIGHTLINE_PAGE_CACHE` is not a size.
    """
    from graph.engine.configuration import Memory

    return _up(Memory.from_environment(), progress)


def up_again() -> Up | None:
    """The local Neo4j, started again with the memory that it had; None unless its full heap ended it.

    Raises:
        SightlineError: as `up` does.
    """
    from graph.engine.configuration import Memory
    from graph.engine.places import local_places
    from graph.engine.server import ended_by_itself

    ended = ended_by_itself(local_places())
    return _up(Memory.from_environment(ended.heap, ended.page_cache)) if ended else None


def _up(memory: "Memory", progress: Progress | None = None) -> Up:
    from graph.engine.places import local_places
    from graph.engine.server import Options, start, stop
    from graph.server.connection import await_open
    from graph.server.settings import local_target

    places = local_places()
    started = start(places, Options(memory=memory, workbench=workbench()), progress)
    try:
        await_open(local_target(), OPEN_PATIENCE)
    except EngineError:
        if not started.already:
            stop(places)
        raise
    return Up(
        already=started.already,
        bolt=started.state.bolt,
        browser=started.state.browser,
        username="neo4j",
        password_file=places.password_file,
        version=started.state.version,
    )


def workbench() -> "Workbench":
    """What the local server's Browser brings along: style, guide, favorites and the newest release as a parameter."""
    from graph.engine.web import ADDRESS, Workbench

    commands = [
        f"style {ADDRESS}{STYLE}",
        f"param release => {newest()}",
        f"guide {ADDRESS}{GUIDE}",
    ]
    pages = {STYLE: grass().encode(), GUIDE: guide(served=True).encode(), FAVORITES: archive()}
    return Workbench(pages, "; ".join(commands))


def down() -> Down:
    """Stop the local Neo4j and wait until its store is closed.

    Raises:
        EngineError: it does not stop in time.
    """
    from graph.engine.places import local_places
    from graph.engine.server import stop

    return Down(was_running=stop(local_places()))


def status() -> StatusReport:
    """How the local Neo4j is, without starting it or waiting for it."""
    from graph.engine.places import local_places
    from graph.engine.server import status as engine_status

    places = local_places()
    found = engine_status(places)
    kept = found.kept
    return StatusReport(
        state=found.state,
        bolt=kept.bolt if kept else None,
        browser=kept.browser if kept else None,
        username="neo4j",
        password_file=places.password_file,
        version=kept.version if kept else None,
        java=kept.java if kept else None,
        pid=kept.pid if kept and found.state in ("running", "silent") else None,
        store=places.store,
        store_bytes=found.store_bytes,
        logs=places.logs,
        releases=_releases() if found.state == "running" else None,
    )


def _releases() -> tuple[str, ...] | None:
    """Keys of the loaded releases of the local Neo4j; None when it does not say."""
    from graph.holding.lookup import loaded_releases
    from graph.server.connection import connect
    from graph.server.settings import local_target

    with suppress(SightlineError), connect(local_target()) as graph:
        return tuple(release.key for release in loaded_releases(graph))
    return None

"""Room on the disk of the local store: kept in reserve, and looked at before the server writes.

A server whose disk fills while it appends to its transaction log cannot always read that log again. So it is never
let come to that where we can see it coming, and has some room left to close its store where others filled the disk.
"""

import os
import re
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from graph.engine.places import Places
from graph.engine.state import State
from graph.errors import LimitExceededError
from graph.files import PRIVATE_FILE
from graph.server.settings import Target, local_folder

MEBIBYTE = 1 << 20
LEAST = 32 * MEBIBYTE
"""Bytes that a server needs to open its store, to replay its log and to write what it says."""
CLOSING = 4 * MEBIBYTE
"""Bytes that a server needs to close its store."""
READ_OF_LOG = 8 * MEBIBYTE
"""Bytes of the end of Neo4j's log in which a panic is looked for."""
RESERVE = 32 * MEBIBYTE
"""Bytes of the file that is given up where less than `LEAST` is free."""
PLENTY = 4096 * MEBIBYTE
"""Bytes that no transaction fills: a heap holds all of it before the commit."""
ON_DISK = 1.0
"""Bytes that a commit writes to log and store for a byte that the server counts for the transaction, at most."""


def ensure_room(places: Places) -> None:
    """Return when the server has room to start, after giving up the reserve if need be.

    Raises:
        LimitExceededError: the disk is full.
    """
    if _free(places.store) < LEAST:
        with suppress(OSError):
            places.reserve.unlink(missing_ok=True)
    free = _free(places.store)
    if free < LEAST:
        raise LimitExceededError(
            f"the disk is full: {_shown(free)} are free, and Neo4j needs {_shown(LEAST)} to open its store",
            where=str(places.store),
            todo="free some space, then run `sightline up`",
        )


def keep_reserve(places: Places) -> None:
    """Put a file aside that can be given up; not where it would fill the disk itself."""
    if places.reserve.exists() or _free(places.store) < LEAST + 2 * RESERVE:
        return
    with suppress(OSError):
        handle = os.open(
            places.reserve, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE_FILE
        )
        try:
            os.posix_fallocate(handle, 0, RESERVE)
        finally:
            os.close(handle)


def cannot_close(places: Places, state: State | None) -> bool:
    """Whether the server must not close its store: its disk is full, or an append to its log has failed."""
    return _free(places.store) < CLOSING or (
        state is not None and _has_panicked(places, state.started or 0.0)
    )


def _has_panicked(places: Places, since: float) -> bool:
    """Whether Neo4j's log has a panic of the database from after `since`, in seconds since 1970."""
    try:
        with (places.logs / "debug.log").open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - READ_OF_LOG))
            said = file.read()
    except OSError:
        return False
    times = [datetime.fromisoformat(each.decode()) for each in _PANIC.findall(said)]
    return any(each.timestamp() > since for each in times)


_PANIC = re.compile(
    rb"^([0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}\.[0-9]{3}\+0000) ERROR .*Database panic:", re.MULTILINE
)


def ensure_room_for(target: Target, memory: Callable[[], int]) -> None:
    """Return when what a transaction holds fits the disk of the local store; of other servers nothing is known.

    Args:
        target: where the transaction is.
        memory: asks the server how many bytes it counts for it; not called where the disk has plenty.

    Raises:
        LimitExceededError: it does not fit, and the disk would be full in the middle of the commit.
    """
    if not target.is_local:
        return
    store = local_folder() / "home" / "data"
    if not store.is_dir() or (free := _free(store)) >= PLENTY:
        return
    needed = int(memory() * ON_DISK) + LEAST
    if free < needed:
        raise LimitExceededError(
            f"the disk is full: {_shown(free)} are free, and this needs {_shown(needed)}; nothing was stored",
            where=str(store),
            todo="free some space, then try again",
        )


def _free(folder: Path) -> int:
    return shutil.disk_usage(folder).free


def _shown(size: int) -> str:
    return f"{size / MEBIBYTE:,.0f} MiB"

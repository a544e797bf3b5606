"""A lock between processes, on a file; the system lets go of it when its holder dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.errors import LockedError
from graph.files import PRIVATE_FILE, make_private

PAUSE = 0.1


@contextmanager
def held(path: Path, *, patience: float) -> Iterator[None]:
    """Hold the lock of `path`; the block runs while no other process holds it.

    Raises:
        LockedError: another process did not let go within `patience` seconds; its process id is named.
    """
    make_private(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        _take(handle, path, time.monotonic() + patience)
        with suppress(OSError):  # who holds it is told where there is room to write it down
            os.ftruncate(handle, 0)
            os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _take(handle: int, path: Path, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                holder = os.pread(handle, 32, 0).decode(errors="replace") or "unknown"
                raise LockedError(
                    f"process {holder} is using it",
                    where=str(path.parent),
                    todo="wait for it, then try again",
                ) from None
            time.sleep(PAUSE)
        else:
            return

"""Files of ours: written whole, under names that nobody could plant, in folders that their owner alone can enter."""

import errno
import os
import secrets
from pathlib import Path

from graph.errors import LimitExceededError, SightlineError

PRIVATE_FOLDER, PRIVATE_FILE, USUAL_FILE = 0o700, 0o600, 0o666
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No space left on device, disk quota exceeded, file too large."""
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)


def make_private(folder: Path) -> None:
    """Make `folder` and what is missing above it, for their owner only, whatever the umask says.

    What is there already keeps its mode.
    """
    for missing in reversed([each for each in (folder, *folder.parents) if not each.exists()]):
        missing.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)


def write_whole(path: Path, data: bytes, *, mode: int = PRIVATE_FILE) -> Path:
    """Put `data` there whole or not at all, and return `path`; a link of that name is replaced, never followed.

    Args:
        path: where it belongs.
        data: its bytes.
        mode: of the file, of which the umask takes its part.
    """
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}.new")
    handle = os.open(temporary, _NEW, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(handle)
        return temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_private(path: Path, text: str) -> None:
    """Put a text there whole, readable by its owner only from its first moment on."""
    write_whole(path, text.encode())


def refused(
    error: OSError, kind: type[SightlineError], *, todo: str, where: str | None = None
) -> SightlineError:
    """Return what the operating system refused as one line: a full disk is a limit, anything else a `kind`.

    Args:
        error: of the operating system.
        kind: of the error.
        todo: what to do when it is not the disk that is full.
        where: the place; left out, the file that the error names.
    """
    place = where or (os.fsdecode(error.filename) if error.filename else None)
    place = place and place.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    said = error.strerror or str(error)
    if error.errno in FULL:
        return LimitExceededError(
            f"the disk is full ({said})", where=place, todo="free some space, then try again"
        )
    return kind(f"cannot be used ({said})", where=place, todo=todo)

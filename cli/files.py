"""Files that a command writes: whole or not at all."""

import os
from pathlib import Path

from graph.errors import LimitExceededError, UsageError


def put(path: Path, content: bytes) -> Path:
    """Write the file whole or not at all, over one that is there, and return its path.

    Raises:
        UsageError: nothing can be written there.
        LimitExceededError: the disk is full.
    """
    if not path.name:
        raise UsageError("is not the name of a file", where=str(path), todo="name one")
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return temporary.replace(path)
    except OSError as error:
        raise unwritten(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)


def unwritten(path: Path, error: OSError) -> UsageError | LimitExceededError:
    """Return why nothing could be written at `path`."""
    what = f"cannot write here: {error.strerror}"
    if error.errno in (28, 122):
        return LimitExceededError(what, where=str(path), todo="free space there, or name another file")
    return UsageError(what, where=str(path), todo="name another file")

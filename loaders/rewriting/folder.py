"""A patch applied to a folder of rules: first everything is worked out and read back, then files are replaced."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import mkstemp

from graph.errors import InputRejectedError, LimitExceededError
from loaders.rewriting.edits import edited
from loaders.rewriting.patch import Entry
from loaders.rewriting.toml_edits import edited_toml
from loaders.rewriting.uncertain import UncertainError


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file with the tags that it has and is to have.

    Attributes:
        file: as the patch names it.
        path: where it is.
        before, after: its content.
        tags: how many of them change.
    """

    file: str
    path: Path
    before: bytes
    after: bytes
    tags: int


@dataclass(frozen=True, slots=True)
class Left:
    """A file that stays as it is, and why."""

    file: str
    reason: str


def rewritten(
    folder: Path, places: Sequence[str], entries: Sequence[Entry]
) -> tuple[list[Rewritten], list[Left]]:
    """Return what becomes of the files of a folder, and which of them stay as they are; nothing is written.

    Args:
        folder: of the rules: the one that was loaded, or one below it.
        places: JSON pointers of the lists of tags.
        entries: of a patch.

    Raises:
        InputRejectedError: it is not a folder.
    """
    if not folder.is_dir():
        raise InputRejectedError("is not a folder", where=str(folder), todo="name the folder of the rules")
    done, left = [], []
    in_order = sorted(entries, key=lambda entry: entry.file)
    for file, of_file in groupby(in_order, key=lambda entry: entry.file):
        try:
            done.append(_rewritten(folder, file, places, list(of_file)))
        except UncertainError as error:
            left.append(Left(file, str(error)))
        except OSError as error:
            left.append(Left(file, f"cannot be read: {error.strerror}"))
    return done, left


def _rewritten(folder: Path, file: str, places: Sequence[str], entries: Sequence[Entry]) -> Rewritten:
    path = _inside(folder, file)
    before = path.read_bytes()
    toml = path.suffix.casefold() == ".toml"
    after = edited_toml(file, before, entries) if toml else edited(file, before, places, entries)
    return Rewritten(file, path, before, after, len(entries))


def _inside(folder: Path, file: str) -> Path:
    """Return the file in the folder; where the folder is one below what was loaded, its name begins later."""
    parts = file.rpartition("!")[2].split("/")
    for begin in range(len(parts)):
        path = folder.joinpath(*parts[begin:])
        if ".." not in parts and path.is_file() and not path.is_symlink():
            if not path.resolve().is_relative_to(folder.resolve()):
                raise UncertainError("it is outside of the folder")
            return path
    raise UncertainError("it is not in the folder")


def replace(files: Sequence[Rewritten]) -> None:
    """Write the files: all of them, or none.

    Raises:
        InputRejectedError: a file is not what it was when it was read.
        LimitExceededError: one cannot be written.
    """
    with ExitStack() as temporary:
        try:
            _swap([(each, _beside(each, temporary)) for each in files])
        except OSError as error:
            raise LimitExceededError(
                f"nothing was written: {error.strerror}", where=str(error.filename), todo="make it writable"
            ) from error


def _beside(each: Rewritten, temporary: ExitStack) -> Path:
    """Return a file with the new content beside the old one, of the same mode; it goes when `temporary` ends."""
    number, name = mkstemp(prefix=".sightline-", dir=each.path.parent)
    new = Path(name)
    temporary.callback(new.unlink, missing_ok=True)
    with os.fdopen(number, "wb") as stream:
        stream.write(each.after)
    shutil.copymode(each.path, new)
    return new


def _swap(files: Sequence[tuple[Rewritten, Path]]) -> None:
    for each, new in files:
        if each.path.read_bytes() != each.before:
            raise InputRejectedError("changed meanwhile; nothing was written", where=str(each.path))
        if new.read_bytes() != each.after:
            raise LimitExceededError("does not read back; nothing was written", where=str(new))
    done: list[Rewritten] = []
    try:
        for each, new in files:
            new.replace(each.path)
            done.append(each)
    except OSError:
        for each in done:
            each.path.write_bytes(each.before)
        raise


def told(done: Sequence[Rewritten], left: Sequence[Left]) -> Iterator[str]:
    """Yield what was done, a line for all that was written and one for each file that stays as it is."""
    yield f"{sum(each.tags for each in done)} tags in {len(done)} files written"
    yield from (f"left as it is: {each.file}: {each.reason}" for each in left)

"""What a folder in a git checkout says of itself: its repository, its commit, and whether it was changed since.

Whether a file was changed is told by hashing it as git does.
"""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from loaders.reading.git import ask_git, blob_of, committed
from loaders.reading.one_file import USUAL, Limits, SourceFile, shown
from loaders.reading.sources import read_tree

_COMMITTER = re.compile(rb"^committer .* (\d+) [+-]\d{4}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder of a git checkout with files that its commit has.

    Attributes:
        repository: its name: the last part of where it was cloned from, else of the checkout's own folder.
        origin: where it was cloned from, as the configuration has it; None if from nowhere.
        day: of the commit, UTC, `YYYY-MM-DD`.
        commit: the short hash.
        changed: whether a file of the folder is another one than in the commit, new or gone.
    """

    repository: str
    origin: str | None
    day: str
    commit: str
    changed: bool

    @property
    def version(self) -> str:
        """`2026-08-05.1a2b3c4`, with `-changed` where there are changes that are not committed."""
        return f"{self.day}.{self.commit}{'-changed' * self.changed}"


def checkout_of(path: str, suffixes: Collection[str], limits: Limits = USUAL) -> Checkout | None:
    """Return what git says of the folder `path`; None for anything else, and where git is not installed.

    Args:
        path: of the folder.
        suffixes: of the files that are looked at, such as `.yml`.
        limits: how much may be read.
    """
    folder = Path(path)
    if not folder.is_dir():
        return None
    try:
        return _checkout(folder, suffixes, limits)
    except (OSError, UnicodeError):
        return None


def _checkout(folder: Path, suffixes: Collection[str], limits: Limits) -> Checkout | None:
    named = (ask_git(folder, "rev-parse", "--show-toplevel", "--short", "HEAD") or b"").decode().splitlines()
    blobs = dict(_blobs(folder, suffixes))
    stamp = _COMMITTER.search(ask_git(folder, "cat-file", "commit", "HEAD") or b"")
    if not named or not blobs or stamp is None:
        return None
    top, commit = named
    origin = _origin(folder)
    return Checkout(
        repository=_last_part(origin) if origin else Path(top).name,
        origin=origin,
        day=datetime.fromtimestamp(int(stamp[1]), UTC).date().isoformat(),
        commit=commit,
        changed=blobs != dict(_files(folder, suffixes, limits, blobs)),
    )


def _blobs(folder: Path, suffixes: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield (path below the folder, blob) of the files that the commit has there."""
    for entry in committed(folder, "HEAD"):
        path = os.fsdecode(entry.path)
        hidden = any(part.startswith(".") for part in PurePosixPath(path).parts)
        if entry.is_file and not hidden and path.lower().endswith(tuple(suffixes)):
            yield shown(path), entry.blob


def _files(
    folder: Path, suffixes: Collection[str], limits: Limits, blobs: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield (path below the folder, hash) of the files that are there, hashed as git does."""
    digits = max(map(len, blobs.values()))
    for entry in read_tree(str(folder), tuple(suffixes), limits):
        if isinstance(entry, SourceFile) and not Path(entry.path).is_symlink():
            yield os.path.relpath(entry.path, shown(str(folder))), blob_of(entry.data, digits)


def _origin(folder: Path) -> str | None:
    return (ask_git(folder, "config", "--get", "remote.origin.url") or b"").decode().strip() or None


def _last_part(origin: str) -> str:
    return re.split(r"[/:\\]", origin.rstrip("/\\"))[-1].removesuffix(".git")

"""What a folder in a git checkout says of itself: its repository, its commit, and whether it was changed since.

Only git's plumbing is asked (rev-parse, cat-file, ls-tree, config), none of which runs a hook, filter or pager that
the repository's own configuration names; whether a file was changed is told by hashing it as git does.
"""

import hashlib
import os
import re
import subprocess
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from loaders.reading.one_file import USUAL, Limits, SourceFile, shown
from loaders.reading.sources import read_tree

_PATIENCE = 20
"""Seconds that git gets."""
_SHA256_DIGITS = 64
_COMMITTER = re.compile(rb"^committer .* (\d+) [+-]\d{4}$", re.MULTILINE)
_QUIET = {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
_POINTING = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR")
"""Set by git for its hooks, these would lead to another repository than that of the folder."""


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
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return None


def _checkout(folder: Path, suffixes: Collection[str], limits: Limits) -> Checkout | None:
    top, commit = _git(folder, "rev-parse", "--show-toplevel", "--short", "HEAD").decode().splitlines()
    committed = dict(_blobs(folder, suffixes))
    stamp = _COMMITTER.search(_git(folder, "cat-file", "commit", "HEAD"))
    if not committed or stamp is None:
        return None
    origin = _origin(folder)
    return Checkout(
        repository=_last_part(origin) if origin else Path(top).name,
        origin=origin,
        day=datetime.fromtimestamp(int(stamp[1]), UTC).date().isoformat(),
        commit=commit,
        changed=committed != dict(_files(folder, suffixes, limits, committed)),
    )


def _git(folder: Path, *words: str) -> bytes:
    kept = {name: value for name, value in os.environ.items() if name not in _POINTING}
    done = subprocess.run(
        ["git", "-C", str(folder), *words],
        capture_output=True,
        check=True,
        env={**kept, **_QUIET},
        timeout=_PATIENCE,
    )
    return done.stdout


def _blobs(folder: Path, suffixes: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield (path below the folder, hash) of the files that the commit has there."""
    for line in _git(folder, "ls-tree", "-r", "-z", "HEAD", ".").split(b"\0"):
        kind, _, name = line.partition(b"\t")
        path = os.fsdecode(name)
        hidden = any(part.startswith(".") for part in PurePosixPath(path).parts)
        if kind.startswith(b"100") and not hidden and path.lower().endswith(tuple(suffixes)):
            yield shown(path), kind.split()[-1].decode()


def _files(
    folder: Path, suffixes: Collection[str], limits: Limits, committed: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield (path below the folder, hash) of the files that are there, hashed as git does."""
    of_sha256 = any(len(each) == _SHA256_DIGITS for each in committed.values())
    algorithm = "sha256" if of_sha256 else "sha1"
    for entry in read_tree(str(folder), tuple(suffixes), limits):
        if isinstance(entry, SourceFile) and not Path(entry.path).is_symlink():
            data = b"blob %d\0" % len(entry.data) + entry.data
            yield (
                os.path.relpath(entry.path, shown(str(folder))),
                hashlib.new(algorithm, data, usedforsecurity=False).hexdigest(),
            )


def _origin(folder: Path) -> str | None:
    try:
        return _git(folder, "config", "--get", "remote.origin.url").decode().strip() or None
    except subprocess.CalledProcessError:
        return None


def _last_part(origin: str) -> str:
    return re.split(r"[/:\\]", origin.rstrip("/\\"))[-1].removesuffix(".git")

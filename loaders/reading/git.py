"""What git says of a checkout, asked of its objects only.

Only plumbing is used (rev-parse, cat-file, ls-tree, config): nothing that a checkout configures (hooks, filters,
monitors, pagers, remotes) is run, and no variable that git sets for its hooks leads to another repository.
"""

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from shutil import which
from typing import NamedTuple

_PATIENCE = 30.0
"""Seconds that git may take."""
_SHA1_DIGITS = 40
_PLAIN_FILE = b"100"
"""How the modes of files begin that are neither links nor other repositories."""
_SILENT = {
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_OPTIONS = ("--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false")


class Entry(NamedTuple):
    """A path that a commit has below a folder.

    Attributes:
        path: below the folder, in the bytes that git has.
        blob: git's name of its content.
        is_file: neither a link nor another repository.
    """

    path: bytes
    blob: str
    is_file: bool


def ask_git(folder: Path, *words: str) -> bytes | None:
    """Return what git answers in a folder; None where it is not installed, refuses, or takes too long."""
    git = which("git")
    if git is None:
        return None
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(
            [git, *_OPTIONS, "-C", str(folder), *words],
            env={**kept, **_SILENT},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def committed(folder: Path, commit: str, *names: str) -> Iterator[Entry]:
    """Yield what a commit has in a folder, or of some names there; nothing where git does not answer."""
    listed = ask_git(folder, "ls-tree", "-r", "-z", commit, "--", *(f"./{name}" for name in names or (".",)))
    for entry in filter(None, (listed or b"").split(b"\0")):
        about, _, path = entry.partition(b"\t")
        mode, _, blob = about.split(b" ")
        yield Entry(path, blob.decode("ascii"), mode.startswith(_PLAIN_FILE))


def blob_of(data: bytes, digits: int) -> str:
    """Return git's name of a file's content, of the kind with that many hex digits."""
    algorithm = (
        "sha1" if digits == _SHA1_DIGITS else "sha256"
    )  # git's own names; content roots guard the content
    return hashlib.new(algorithm, b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()

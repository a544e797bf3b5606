"""Where a source came from: what `fetch` wrote beside it, and the commit of the clean git checkout that it lies in.

A commit is told only where every file of the source is, byte for byte, the one that the commit has.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import orjson

from graph.holding.rows import Properties
from loaders.reading.git import ask_git, blob_of, committed
from loaders.reading.one_file import USUAL, EntryError, Limits, file_bytes_of

RECEIPT = ".receipt.json"
"""What the name of a receipt adds to that of its file (loaders/fetch/shelf.py)."""

_RECEIPT_LIMITS = Limits(file_bytes=64 * 1024)
_ADDRESS = re.compile(r"https?://[!-~]{1,2000}", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a file or folder came from, as far as it is known; stated by who loaded it, checked by nobody.

    Attributes:
        source_url: address that `fetch` read the file from.
        fetched_on: the day on which it did, `YYYY-MM-DD`.
        git_commit: of the checkout that has exactly these files, 40 or 64 hex digits.
    """

    source_url: str | None = None
    fetched_on: str | None = None
    git_commit: str | None = None

    @property
    def properties(self) -> Properties:
        """Returns it as properties of the node of a release or set."""
        return {
            "source_url": self.source_url,
            "fetched_on": self.fetched_on,
            "git_commit": self.git_commit,
        }


UNKNOWN = Provenance()


def provenance_of(path: str) -> Provenance:
    """Return where the file, archive or folder at `path` came from; `!entry` after an archive is passed over."""
    place = Path(path if Path(path).exists() else path.partition("!")[0])
    if place.is_dir():
        return Provenance(git_commit=_commit_of_folder(place))
    receipt = place.with_name(f"{place.name}{RECEIPT}")
    if not receipt.is_file() and _checkout(place.parent) is None:
        return UNKNOWN
    try:
        data = file_bytes_of(str(place), USUAL)
    except EntryError:
        return UNKNOWN
    url, day = _fetched(receipt, sha256(data).hexdigest())
    return Provenance(url, day, _commit_of_file(place, data))


# What `fetch` wrote ----------------------------------------------------------------------------------------


def _fetched(receipt: Path, sha256_of_file: str) -> tuple[str | None, str | None]:
    """Return address and day of a receipt that is about the file with this SHA-256, and of no other."""
    try:
        stated = orjson.loads(file_bytes_of(str(receipt), _RECEIPT_LIMITS))
    except (EntryError, orjson.JSONDecodeError):
        return None, None
    if not isinstance(stated, dict) or stated.get("sha256") != sha256_of_file:
        return None, None
    url, day = str(stated.get("url")), str(stated.get("fetched_at"))[:10]
    return url if _ADDRESS.fullmatch(url) else None, day if _DAY.fullmatch(day) else None


# Git -------------------------------------------------------------------------------------------------------


def _commit_of_file(file: Path, data: bytes) -> str | None:
    """Return the commit that is checked out around a file, if it has these bytes at that place."""
    commit = _head(file.parent)
    if commit is None:
        return None
    tree = _tree(file.parent, commit, file.name)
    blob = tree.get(os.fsencode(file.name)) if tree else None
    return commit if blob is not None and blob == blob_of(data, len(blob)) else None


def _commit_of_folder(folder: Path) -> str | None:
    """Return the commit that is checked out around a folder, if it has these files there and no others."""
    commit = _head(folder)
    tree = _tree(folder, commit) if commit else None
    if not tree or set(_files(folder)) != set(filter(_is_seen, tree)):
        return None
    try:
        same = all(
            blob_of(file_bytes_of(str(folder / os.fsdecode(name)), USUAL), len(blob)) == blob
            for name, blob in tree.items()
            if _is_seen(name)
        )
    except EntryError:
        return None
    return commit if same else None


def _is_seen(name: bytes) -> bool:
    """Tell whether a loader would look at a file: what begins with a dot is left out, as are folders that do."""
    return not any(part.startswith(b".") for part in name.split(b"/"))


def _files(folder: Path) -> Iterator[bytes]:
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        below = Path(here).relative_to(folder)
        yield from (os.fsencode(below / name) for name in names if not name.startswith("."))


def _checkout(folder: Path) -> Path | None:
    """Return the folder at or above this one that has a `.git`."""
    here = folder.resolve()
    return next((each for each in (here, *here.parents) if (each / ".git").exists()), None)


def _head(folder: Path) -> str | None:
    if _checkout(folder) is None:
        return None
    found = (
        (ask_git(folder, "rev-parse", "--verify", "HEAD^{commit}") or b"").decode("ascii", "replace").strip()
    )
    return found if _COMMIT.fullmatch(found) else None


def _tree(folder: Path, commit: str, *names: str) -> dict[bytes, str] | None:
    """Return path -> blob of the files that the commit has in a folder; None where it has anything else."""
    entries = list(committed(folder, commit, *names))
    return {each.path: each.blob for each in entries} if all(each.is_file for each in entries) else None

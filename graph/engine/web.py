"""The Browser that the local server serves: the one of its jar, untouched, with pages of ours beside it.

Neo4j serves `web/neo4j-browser.zip` of its home instead of the jar's Browser. It takes no other name there, and it
needs an entry for each folder, `browser/` the first of all; otherwise the server does not start. docs/adr says why
this way was taken.
"""

import hashlib
import os
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ARCHIVE = "neo4j-browser.zip"
ROOT = "browser/"
ADDRESS = "{browser}"
_QUICK = 1
"""Level of compression: the archive is read from this disk only."""


@dataclass(frozen=True, slots=True)
class Workbench:
    """What is added to the Browser.

    Attributes:
        pages: name -> content of files beside the Browser's own; whoever reaches the port can read them.
        commands: what the Browser runs after each login, separated by `;`; `{browser}` is replaced by its address.
    """

    pages: Mapping[str, bytes]
    commands: str

    def commands_at(self, address: str) -> str:
        """The commands, with the Browser's address in them."""
        return self.commands.replace(ADDRESS, address)


def provide_archive(jar: Path, pages: Mapping[str, bytes], folder: Path) -> bool:
    """Put the archive into `folder`; whether it was made anew, because the jar or a page is another than before.

    Args:
        jar: the Browser's jar, verified.
        pages: name -> content of the files to add.
        folder: Neo4j's `web`.

    Raises:
        ValueError: a page has the name of a file of the Browser.
    """
    digest = _digest(jar, pages)
    archive = folder / ARCHIVE
    if _digest_in(archive) == digest:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    temporary = archive.with_name(f"{ARCHIVE}.{os.getpid()}.new")
    try:
        _write(temporary, jar, pages, digest)
        temporary.replace(archive)
    finally:
        temporary.unlink(missing_ok=True)
    return True


def _write(path: Path, jar: Path, pages: Mapping[str, bytes], comment: bytes) -> None:
    with zipfile.ZipFile(jar) as source, zipfile.ZipFile(path, "w") as target:
        taken = [name for name in pages if f"{ROOT}{name}" in source.namelist()]
        if taken:
            raise ValueError(f"the Browser has a file of this name: {taken[0]}")
        for name in _folders(source):
            target.mkdir(name)
        _copy(source, target)
        for name, content in pages.items():
            target.writestr(f"{ROOT}{name}", content, zipfile.ZIP_DEFLATED, _QUICK)
        target.comment = comment


def _digest(jar: Path, pages: Mapping[str, bytes]) -> bytes:
    """What tells one archive from another; it is kept in the archive's comment."""
    # The jar's name says its version, and its content was compared with the lock.
    parts = [jar.name.encode(), *(b"%s\0%s" % (name.encode(), content) for name, content in pages.items())]
    return hashlib.sha256(b"\0".join(parts)).hexdigest().encode()


def _digest_in(archive: Path) -> bytes:
    try:
        with zipfile.ZipFile(archive) as kept:
            return kept.comment
    except (OSError, zipfile.BadZipFile):
        return b""


def _folders(source: zipfile.ZipFile) -> Iterator[str]:
    """The Browser's folders, each before what is in it."""
    parents = {parent for name in source.namelist() for parent in PurePosixPath(name).parents}
    parents |= {PurePosixPath(name) for name in source.namelist() if name.endswith("/")}
    yield from sorted(f"{path}/" for path in parents if f"{path}/".startswith(ROOT))


def _copy(source: zipfile.ZipFile, target: zipfile.ZipFile) -> None:
    for entry in source.infolist():
        if entry.filename.startswith(ROOT) and not entry.is_dir():
            target.writestr(entry.filename, source.read(entry), zipfile.ZIP_DEFLATED, _QUICK)

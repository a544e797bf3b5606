"""Every input by its path: a file, a .gz, a .zip, a folder or standard input, read within limits.

Nothing is ever unpacked to disk, nothing outside a named folder is read, and nothing that is not a plain
file is opened. What is wrong with the one file that was named raises `InputRejectedError`; what is wrong with
one entry of many is a `Problem`, and the others are still read.
"""

from collections.abc import Iterator
from pathlib import Path

from graph.errors import InputRejectedError
from loaders.reading.archive import ZIP, archive_entries
from loaders.reading.folder import folder_entries
from loaders.reading.one_file import STDIN, USUAL, Limits, SourceFile, raw, shown, source_file
from loaders.reading.problems import Problem


def read_file(path: str, limits: Limits = USUAL) -> SourceFile:
    """Read the file at `path`, unpacked if it is gzip; `-` reads standard input.

    Raises:
        InputRejectedError: it is absent, not a plain file, too large, damaged, or changed while it was read.
    """
    packed = raw(path, limits)
    if packed.startswith(ZIP):
        raise InputRejectedError(
            "is a zip archive", where=shown(path), todo="unpack it and name the file inside"
        )
    return source_file(path, packed, limits)


def read_tree(path: str, suffixes: tuple[str, ...], limits: Limits = USUAL) -> Iterator[SourceFile | Problem]:
    """Read the files under `path` that end in one of `suffixes`, in the order of their paths.

    `path` is a folder, a .zip, or a single file, which is taken whatever its name is; `-` is standard input.

    Names that begin with a dot are left out, as `ls` does: they belong to editors, version control and CI.

    Raises:
        InputRejectedError: the whole has too many entries or bytes, is not readable, or has no such file.
    """
    if path != STDIN and Path(path).is_dir():
        entries = folder_entries(path, suffixes, limits)
    else:
        packed = raw(path, limits)
        if not packed.startswith(ZIP):
            yield source_file(path, packed, limits)
            return
        entries = archive_entries(path, packed, suffixes, limits)
    yield from _within_total(path, suffixes, entries, limits)


def read_archive(
    path: str, packed: bytes, suffixes: tuple[str, ...], limits: Limits = USUAL
) -> Iterator[SourceFile | Problem]:
    """Read the files in a .zip that is in memory already; see `read_tree`."""
    return _within_total(path, suffixes, archive_entries(path, packed, suffixes, limits), limits)


def _within_total(
    path: str, suffixes: tuple[str, ...], entries: Iterator[SourceFile | Problem], limits: Limits
) -> Iterator[SourceFile | Problem]:
    total, empty = 0, True
    for entry in entries:
        empty = False
        if isinstance(entry, SourceFile):
            total += len(entry.data)
            if total > limits.total_bytes:
                what = f"has more than {limits.total_bytes:,} bytes"
                raise InputRejectedError(
                    what, where=shown(path), todo="load it in parts, or raise --max-bytes"
                )
        yield entry
    if empty:
        what = f"has no file that ends in {' or '.join(suffixes)}"
        raise InputRejectedError(
            what, where=shown(path), todo="name the folder or archive that contains them"
        )

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

_PACKED = (
    (b"\xfd7zXZ\x00", "packed by xz, as .tar.xz is"),
    (b"BZh", "packed by bzip2, as .tar.bz2 is"),
    (b"\x28\xb5\x2f\xfd", "packed by zstd, as .tar.zst is"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"%PDF-", "a PDF"),
)
"""First bytes of kinds that people hand over and that are not read."""


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
    return _of_one_file(path, packed, limits)


def read_tree(path: str, suffixes: tuple[str, ...], limits: Limits = USUAL) -> Iterator[SourceFile | Problem]:
    """Read the files under `path` that end in one of `suffixes`, in the order of their paths.

    `path` is a folder, a .zip, or a single file, which is taken whatever its name is; `-` is standard input.

    Names that begin with a dot are left out, as `ls` does: they belong to editors, version control and CI.

    Raises:
        InputRejectedError: the whole has too many entries or bytes, is not readable, or has no such file.
    """
    if path not in ("", STDIN) and Path(path).is_dir():
        entries = folder_entries(path, suffixes, limits)
    else:
        packed = raw(path, limits)
        if not packed.startswith(ZIP):
            yield _of_one_file(path, packed, limits)
            return
        entries = archive_entries(path, packed, suffixes, limits)
    yield from _within_total(path, suffixes, entries, limits)


def _of_one_file(path: str, packed: bytes, limits: Limits) -> SourceFile:
    """Return the file, unless it is an archive of a kind that is not read, also inside gzip."""
    source = source_file(path, packed, limits)
    kind = _kind_of_archive(source.data)
    if kind is not None:
        raise InputRejectedError(f"is {kind}", where=shown(path), todo="unpack it, or give the .zip")
    return source


def _kind_of_archive(data: bytes) -> str | None:
    """Name the archive or compression that the first bytes tell; None for anything else."""
    if data[257:262] == b"ustar":  # POSIX pax, Interchange format: the field magic
        return "a tar archive"
    return next((kind for magic, kind in _PACKED if data.startswith(magic)), None)


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

"""The files of a .zip archive in memory; nothing is unpacked to disk."""

import io
import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import PurePosixPath, PureWindowsPath

from graph.errors import InputRejectedError
from loaders.reading.one_file import (
    RATIO_MATTERS_FROM,
    EntryError,
    Limits,
    SourceFile,
    inflated,
    shown,
    too_many,
    unpacked,
)
from loaders.reading.problems import Problem

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_UNPACKING_ERRORS = (
    zipfile.BadZipFile,
    NotImplementedError,
    EOFError,
    zlib.error,
    lzma.LZMAError,
    OSError,
    ValueError,
    RuntimeError,
)


def archive_entries(
    path: str, packed: bytes, suffixes: tuple[str, ...], limits: Limits
) -> Iterator[SourceFile | Problem]:
    """Yield the wanted files of the archive `packed`, in the order of their names, or what is wrong with each."""
    digest = sha256(packed).hexdigest()
    with _opened_archive(path, packed, limits) as archive:
        wanted = [entry for entry in archive.infolist() if not entry.is_dir() and _wanted(entry, suffixes)]
        taken = [entry.file_size for entry in wanted if not _is_refused_alone(entry, limits)]
        _refuse_too_much(path, len(packed), sum(taken), limits)
        seen: set[str] = set()
        for entry in sorted(wanted, key=lambda entry: entry.filename.split("/")):
            name = f"{path}!{entry.orig_filename}"
            try:
                _safe_entry(entry, seen)
                seen.add(entry.filename)
                data = unpacked(name, _entry_bytes(archive, entry, limits), limits)
            except EntryError as error:
                yield error.problem(name)
            else:
                yield SourceFile(shown(name), data, digest)


def _opened_archive(path: str, packed: bytes, limits: Limits) -> zipfile.ZipFile:
    # Each entry of the directory has this mark, so that counting them bounds it before it is parsed.
    if packed.count(_DIRECTORY_ENTRY) > limits.entries:
        raise too_many(path, limits)
    try:
        return zipfile.ZipFile(io.BytesIO(packed))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        what = f"is a damaged zip archive ({error})"
        raise InputRejectedError(what, where=shown(path), todo="download it again") from None


def _is_refused_alone(entry: zipfile.ZipInfo, limits: Limits) -> bool:
    """Whether an entry is too large by itself: that is its own problem, and the others are still read."""
    by_ratio = max(limits.ratio * entry.compress_size, RATIO_MATTERS_FROM)
    return entry.file_size > min(limits.file_bytes, by_ratio)


def _refuse_too_much(path: str, packed: int, stated: int, limits: Limits) -> None:
    """Refuse an archive by the sizes that it states, before one entry is read.

    No entry gives more than it states: the reader stops there.
    """
    if stated > limits.total_bytes:
        what = f"unpacks to {stated:,} bytes, over the limit of {limits.total_bytes:,}"
        raise InputRejectedError(what, where=shown(path), todo="load it in parts, or raise --max-bytes")
    if stated > max(limits.ratio * packed, RATIO_MATTERS_FROM):
        what = f"unpacks to more than {limits.ratio} times its size, as only a bomb does"
        raise InputRejectedError(what, where=shown(path), todo="unpack it yourself if you trust it")


def _wanted(entry: zipfile.ZipInfo, suffixes: tuple[str, ...]) -> bool:
    hidden = any(part.startswith(".") and part[1:2] not in {"", "."} for part in entry.filename.split("/"))
    return not hidden and entry.filename.lower().endswith(suffixes)


def _safe_entry(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    name = entry.orig_filename
    windows = PureWindowsPath(name)
    if (
        name.startswith("/")
        or windows.drive
        or windows.root
        or ".." in (*PurePosixPath(name).parts, *windows.parts)
    ):
        raise EntryError(
            "unsafe-name", "has a path that leads out of the archive", "remove it from the archive"
        )
    if "\0" in name:
        raise EntryError("unsafe-name", "has a NUL character in its name", "remove it from the archive")
    if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG}:
        raise EntryError("not-a-file", "is a link or device, not a file", "remove it from the archive")
    if entry.flag_bits & _ENCRYPTED:
        raise EntryError("encrypted", "is encrypted", "unpack the archive and name the folder")
    if entry.filename in seen:
        raise EntryError(
            "duplicate-name", "appears in the archive twice; the first one is used", "remove one"
        )


def _entry_bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes:
    try:
        with archive.open(entry) as stream:
            return inflated(stream, entry.compress_size, limits)
    except _UNPACKING_ERRORS as error:
        raise EntryError("damaged", f"cannot be unpacked ({error})", "make the archive again") from None

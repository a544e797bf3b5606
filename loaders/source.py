"""The bytes of an input, read once, within limits, from a file, a .gz, a .zip, a folder or standard input.

Nothing is ever unpacked to disk, nothing outside a named folder is read, and nothing that is not a plain
file is opened. What is wrong with the one file that was named raises `InputRejectedError`; what is wrong with
one entry of many is a `Problem`, and the others are still read.
"""

import io
import lzma
import os
import stat
import sys
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from gzip import BadGzipFile, GzipFile
from hashlib import sha256
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO, BinaryIO, Self

from graph.errors import InputRejectedError
from loaders.problems import Problem, Severity

STDIN = "-"
_MIB = 1024 * 1024
_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ZIP_DIRECTORY_ENTRY = b"PK\x01\x02"
# Small files may well shrink a thousandfold; the ratio matters only where the result is large.
_RATIO_MATTERS_FROM = 16 * _MIB
_ENCRYPTED = 0x1
_OPEN_FLAGS = (
    os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
)
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
_SPECIAL = (
    (stat.S_ISDIR, "a folder", "name a file in it"),
    (stat.S_ISFIFO, "a pipe", "give it as standard input, with - as the file name"),
    (stat.S_ISCHR, "a device", "name a plain file"),
    (stat.S_ISBLK, "a device", "name a plain file"),
    (stat.S_ISSOCK, "a socket", "name a plain file"),
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    r"""One input file, whole.

    Attributes:
        path: as the user named it, with `!entry` after an archive; bytes that are not UTF-8 shown as `\xff`.
        data: its bytes, unpacked.
        sha256: lower-case hex, of the file that was published: of the .gz, of the .zip, else of the data.
    """

    path: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one input may hold.

    Attributes:
        file_bytes: of one file, packed and unpacked.
        ratio: unpacked to packed bytes, where the result is over 16 MiB.
        entries: files and folders of one folder or archive, those with other suffixes included.
        total_bytes: unpacked, of one folder or archive.
    """

    file_bytes: int = 256 * _MIB
    ratio: int = 200
    entries: int = 100_000
    total_bytes: int = 1024 * _MIB

    @classmethod
    def allowing(cls, max_bytes: int | None) -> Self:
        """Return limits with `max_bytes` for one file (the option `--max-bytes`); None is the usual ones."""
        if max_bytes is None:
            return cls()
        usual = cls()
        return cls(file_bytes=max_bytes, total_bytes=max(usual.total_bytes, max_bytes))


USUAL = Limits()


def read_file(path: str, limits: Limits = USUAL) -> SourceFile:
    """Read the file at `path`, unpacked if it is gzip; `-` reads standard input.

    Raises:
        InputRejectedError: it is absent, not a plain file, too large, damaged, or changed while it was read.
    """
    packed = _raw(path, limits)
    if packed.startswith(_ZIP):
        raise InputRejectedError(
            "is a zip archive", where=shown(path), todo="unpack it and name the file inside"
        )
    return _source_file(path, packed, limits)


def read_tree(path: str, suffixes: tuple[str, ...], limits: Limits = USUAL) -> Iterator[SourceFile | Problem]:
    """Read the files under `path` that end in one of `suffixes`, in the order of their paths.

    `path` is a folder, a .zip, or a single file, which is taken whatever its name is; `-` is standard input.

    Names that begin with a dot are left out, as `ls` does: they belong to editors, version control and CI.

    Raises:
        InputRejectedError: the whole has too many entries or bytes, is not readable, or has no such file.
    """
    if path != STDIN and Path(path).is_dir():
        entries = _folder(path, suffixes, limits)
    else:
        packed = _raw(path, limits)
        if not packed.startswith(_ZIP):
            yield _source_file(path, packed, limits)
            return
        entries = _archive(path, packed, suffixes, limits)
    yield from _within_total(path, suffixes, entries, limits)


def read_archive(
    path: str, packed: bytes, suffixes: tuple[str, ...], limits: Limits = USUAL
) -> Iterator[SourceFile | Problem]:
    """Read the files in a .zip that is in memory already; see `read_tree`."""
    return _within_total(path, suffixes, _archive(path, packed, suffixes, limits), limits)


def shown(path: str) -> str:
    """Return `path` as text that any encoding of Unicode can carry."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _within_total(
    path: str, suffixes: tuple[str, ...], entries: Iterator[SourceFile | Problem], limits: Limits
) -> Iterator[SourceFile | Problem]:
    total, empty = 0, True
    for entry in entries:
        empty = False
        if isinstance(entry, SourceFile):
            total += len(entry.data)
            if total > limits.total_bytes:
                what = f"holds more than {limits.total_bytes:,} bytes"
                raise InputRejectedError(
                    what, where=shown(path), todo="load it in parts, or raise --max-bytes"
                )
        yield entry
    if empty:
        what = f"holds no file that ends in {' or '.join(suffixes)}"
        raise InputRejectedError(what, where=shown(path), todo="name the folder or archive that holds them")


# One file ---------------------------------------------------------------------------------------------------


def _source_file(path: str, packed: bytes, limits: Limits) -> SourceFile:
    try:
        data = _unpacked(path, packed, limits)
    except _EntryError as error:
        raise error.rejected(path) from None
    return SourceFile(shown(path), data, sha256(packed).hexdigest())


def _raw(path: str, limits: Limits) -> bytes:
    try:
        return _stdin_bytes(limits) if path == STDIN else _file_bytes(path, limits)
    except _EntryError as error:
        raise error.rejected(path) from None


def _stdin_bytes(limits: Limits) -> bytes:
    if sys.stdin is None:
        raise _EntryError("unreadable", "standard input is closed", "name a file")
    return _bounded(sys.stdin.buffer, limits.file_bytes)


def _file_bytes(path: str, limits: Limits) -> bytes:
    try:
        # Opening some devices does something, so what is not a plain file is not even opened.
        _plain(Path(path).stat())
        with open(path, "rb", opener=_open_plain) as file:
            return _unchanged_bytes(file, limits)
    except FileNotFoundError:
        raise _EntryError("not-found", "there is no such file", "check the path") from None
    except OSError as error:
        raise _EntryError(
            "unreadable", f"cannot be read ({error.strerror})", "check its permissions"
        ) from None
    except ValueError:
        raise _EntryError("not-found", "a path cannot hold a NUL character", "check the path") from None


def _open_plain(path: str, _flags: int) -> int:
    descriptor = os.open(path, _OPEN_FLAGS)
    try:
        _plain(os.fstat(descriptor))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _plain(status: os.stat_result) -> None:
    """Refuse everything but a plain file: the others block, never end, or are no input at all."""
    for is_kind, kind, todo in _SPECIAL:
        if is_kind(status.st_mode):
            raise _EntryError("not-a-file", f"is {kind}, not a file", todo)


def _unchanged_bytes(file: BinaryIO, limits: Limits) -> bytes:
    before = os.fstat(file.fileno())
    if before.st_size > limits.file_bytes:
        raise _too_large(f"has {before.st_size:,} bytes", limits)
    data = _bounded(file, limits.file_bytes)
    after = os.fstat(file.fileno())
    if len(data) != before.st_size or (before.st_size, before.st_mtime_ns) != (
        after.st_size,
        after.st_mtime_ns,
    ):
        raise _EntryError("changed", "changed while it was read", "try again when nothing writes to it")
    return data


def _bounded(stream: BinaryIO, allowed: int) -> bytes:
    parts: list[bytes] = []
    left = allowed
    while part := stream.read(min(left + 1, _MIB)):
        left -= len(part)
        if left < 0:
            raise _EntryError(
                "too-large", f"has more than {allowed:,} bytes", "raise --max-bytes if it is meant"
            )
        parts.append(part)
    return b"".join(parts)


def _too_large(what: str, limits: Limits) -> "_EntryError":
    return _EntryError("too-large", f"{what}, over the limit of {limits.file_bytes:,}", "raise --max-bytes")


# Unpacking --------------------------------------------------------------------------------------------------


def _unpacked(path: str, packed: bytes, limits: Limits) -> bytes:
    if not packed.startswith(_GZIP):
        if path.lower().endswith(".gz"):
            raise _EntryError("not-gzip", "is named .gz and is not gzip", "download it again")
        return packed
    try:
        with GzipFile(fileobj=io.BytesIO(packed)) as stream:
            return _inflated(stream, len(packed), limits)
    except (BadGzipFile, EOFError, zlib.error) as error:
        raise _EntryError("damaged", f"is damaged gzip ({error})", "download it again") from None


def _inflated(stream: IO[bytes] | GzipFile, packed_bytes: int, limits: Limits) -> bytes:
    """Read all of `stream` within the limits: the sizes that an archive states are never believed."""
    by_ratio = max(limits.ratio * packed_bytes, _RATIO_MATTERS_FROM)
    parts: list[bytes] = []
    size = 0
    while part := stream.read(_MIB):
        parts.append(part)
        size += len(part)
        if size > limits.file_bytes:
            raise _too_large("unpacks to more bytes", limits)
        if size > by_ratio:
            what = f"unpacks to more than {limits.ratio} times its size, as only a bomb does"
            raise _EntryError("too-large", what, "unpack it yourself if you trust it")
    return b"".join(parts)


# A folder ---------------------------------------------------------------------------------------------------


def _folder(root: str, suffixes: tuple[str, ...], limits: Limits) -> Iterator[SourceFile | Problem]:
    found, problems = _listed(root, limits)
    yield from problems
    wanted = [entry for entry in found if entry.name.lower().endswith(suffixes)]
    real_root = os.path.realpath(root)
    for entry in sorted(wanted, key=lambda entry: Path(entry.path).parts):
        try:
            if entry.is_symlink():
                _stay_inside(entry.path, real_root)
            packed = _file_bytes(entry.path, limits)
            data = _unpacked(entry.path, packed, limits)
        except _EntryError as error:
            yield error.problem(entry.path)
        else:
            yield SourceFile(shown(entry.path), data, sha256(packed).hexdigest())


def _listed(root: str, limits: Limits) -> tuple[list["os.DirEntry[str]"], list[Problem]]:
    """Every file under `root`, and the folders that could not be listed or are links.

    A stack of our own, since paths may be deeper than Python's.
    """
    files: list[os.DirEntry[str]] = []
    problems: list[Problem] = []
    folders = [root]
    seen = 0
    while folders:
        here = folders.pop()
        try:
            entries = _names(here, limits.entries - seen)
        except OSError as error:
            problems.append(
                _EntryError("unreadable", f"cannot be listed ({error.strerror})", "").problem(here)
            )
            continue
        seen += len(entries)
        if seen > limits.entries:
            raise _too_many(root, limits)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif entry.is_symlink() and Path(entry.path).is_dir():
                problems.append(_folder_link(entry.path))
            else:
                files.append(entry)
    return files, problems


def _names(folder: str, at_most: int) -> list["os.DirEntry[str]"]:
    """List the entries of `folder`, or one more than `at_most` of them."""
    names: list[os.DirEntry[str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            names.append(entry)
            if len(names) > at_most:
                break
    return names


def _folder_link(path: str) -> Problem:
    return _EntryError(
        "link", "is a link to a folder, which is not followed", "name that folder itself"
    ).problem(path)


def _stay_inside(path: str, real_root: str) -> None:
    if not Path(os.path.realpath(path)).is_relative_to(real_root):
        raise _EntryError("link", "is a link out of the folder", "name the file that it points to itself")


def _too_many(path: str, limits: Limits) -> InputRejectedError:
    what = f"holds more than {limits.entries:,} entries"
    return InputRejectedError(what, where=shown(path), todo="load it in parts")


# A zip archive ----------------------------------------------------------------------------------------------


def _archive(
    path: str, packed: bytes, suffixes: tuple[str, ...], limits: Limits
) -> Iterator[SourceFile | Problem]:
    digest = sha256(packed).hexdigest()
    with _opened_archive(path, packed, limits) as archive:
        seen: set[str] = set()
        for entry in sorted(archive.infolist(), key=lambda entry: entry.filename.split("/")):
            if entry.is_dir() or not _wanted(entry, suffixes):
                continue
            name = f"{path}!{entry.orig_filename}"
            try:
                _safe_entry(entry, seen)
                seen.add(entry.filename)
                data = _unpacked(name, _entry_bytes(archive, entry, limits), limits)
            except _EntryError as error:
                yield error.problem(name)
            else:
                yield SourceFile(shown(name), data, digest)


def _opened_archive(path: str, packed: bytes, limits: Limits) -> zipfile.ZipFile:
    # Each entry of the directory has this mark, so that counting them bounds it before it is parsed.
    if packed.count(_ZIP_DIRECTORY_ENTRY) > limits.entries:
        raise _too_many(path, limits)
    try:
        return zipfile.ZipFile(io.BytesIO(packed))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        what = f"is a damaged zip archive ({error})"
        raise InputRejectedError(what, where=shown(path), todo="download it again") from None


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
        raise _EntryError(
            "unsafe-name", "has a name that leads out of the archive", "leave it out of the archive"
        )
    if "\0" in name:
        raise _EntryError("unsafe-name", "has a NUL character in its name", "leave it out of the archive")
    if stat.S_IFMT(entry.external_attr >> 16) not in {0, stat.S_IFREG}:
        raise _EntryError("not-a-file", "is a link or device, not a file", "leave it out of the archive")
    if entry.flag_bits & _ENCRYPTED:
        raise _EntryError("encrypted", "is encrypted", "unpack the archive and name the folder")
    if entry.filename in seen:
        raise _EntryError(
            "duplicate-name", "stands in the archive twice; the first one is taken", "remove one"
        )


def _entry_bytes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes:
    try:
        with archive.open(entry) as stream:
            return _inflated(stream, entry.compress_size, limits)
    except _UNPACKING_ERRORS as error:
        raise _EntryError("damaged", f"cannot be unpacked ({error})", "make the archive again") from None


class _EntryError(Exception):
    """What is wrong with one file: it ends the load, or is one problem of many."""

    def __init__(self, code: str, what: str, todo: str) -> None:
        self.code, self.what, self.todo = code, what, todo
        super().__init__(what)

    def problem(self, path: str) -> Problem:
        message = f"{self.what}; {self.todo}" if self.todo else self.what
        return Problem(shown(path), "", self.code, message, Severity.SKIPPED)

    def rejected(self, path: str) -> InputRejectedError:
        where = "standard input" if path == STDIN else shown(path)
        return InputRejectedError(self.what, where=where, todo=self.todo or None)

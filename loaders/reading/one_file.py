"""The bytes of one file, read once within limits: plain or gzip, or standard input.

Nothing that is not a plain file is opened, and no size that a file states is believed.
"""

import io
import os
import stat
import sys
import zlib
from gzip import BadGzipFile, GzipFile
from hashlib import sha256
from pathlib import Path
from typing import IO, BinaryIO, NamedTuple, Self

from graph.errors import InputRejectedError
from loaders.reading.problems import Problem, Severity

STDIN = "-"
_MIB = 1024 * 1024
_GZIP = b"\x1f\x8b"
# Small files may well shrink a thousandfold; the ratio matters only where the result is large.
RATIO_MATTERS_FROM = 16 * _MIB
_OPEN_FLAGS = (
    os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
)
_SPECIAL = (
    (stat.S_ISDIR, "a folder", "name a file in it"),
    (stat.S_ISFIFO, "a pipe", "give it as standard input, with - as the file name"),
    (stat.S_ISCHR, "a device", "name a plain file"),
    (stat.S_ISBLK, "a device", "name a plain file"),
    (stat.S_ISSOCK, "a socket", "name a plain file"),
)


class SourceFile(NamedTuple):
    r"""One input file, whole.

    Attributes:
        path: as the user named it, with `!entry` after an archive; bytes that are not UTF-8 shown as `\xff`.
        data: its bytes, unpacked.
        sha256: lower-case hex, of the file that was published: of the .zip, else of the data; gzip is only how it was
            packed for the way, and packs the same file to other bytes each time.
    """

    path: str
    data: bytes
    sha256: str


class Limits(NamedTuple):
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


class EntryError(Exception):
    """What is wrong with one file: it ends the load, or is one problem of many."""

    def __init__(self, code: str, what: str, todo: str) -> None:
        self.code, self.what, self.todo = code, what, todo
        super().__init__(what)

    def problem(self, path: str) -> Problem:
        """Return it as a problem of one entry among many."""
        message = f"{self.what}; {self.todo}" if self.todo else self.what
        return Problem(shown(path), "", self.code, message, Severity.SKIPPED)

    def rejected(self, path: str) -> InputRejectedError:
        """Return it as the error that ends the load."""
        where = "standard input" if path == STDIN else shown(path)
        return InputRejectedError(self.what, where=where, todo=self.todo or None)


def shown(path: str) -> str:
    """Return `path` as text that any encoding of Unicode can carry."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def source_file(path: str, packed: bytes, limits: Limits) -> SourceFile:
    """Return the file with the bytes `packed`, unpacked.

    Raises:
        InputRejectedError: it is damaged or unpacks to more than the limits allow.
    """
    try:
        data = unpacked(path, packed, limits)
    except EntryError as error:
        raise error.rejected(path) from None
    return SourceFile(shown(path), data, sha256(data).hexdigest())


def raw(path: str, limits: Limits) -> bytes:
    """Return the bytes of the file at `path`, as they are.

    Raises:
        InputRejectedError: it is absent, not a plain file, too large, or changed while it was read.
    """
    if not path:
        raise InputRejectedError("the name of the file is empty", todo="name a file")
    try:
        return _stdin_bytes(limits) if path == STDIN else file_bytes_of(path, limits)
    except EntryError as error:
        raise error.rejected(path) from None


def _stdin_bytes(limits: Limits) -> bytes:
    if sys.stdin is None:
        raise EntryError("unreadable", "standard input is closed", "name a file")
    return _bounded(sys.stdin.buffer, limits.file_bytes)


def file_bytes_of(path: str, limits: Limits) -> bytes:
    """Return the bytes of a plain file.

    Raises:
        EntryError: it is absent, not a plain file, too large, or changed while it was read.
    """
    try:
        # Opening some devices does something, so what is not a plain file is not even opened.
        _plain(Path(path).stat())
        with open(path, "rb", opener=_open_plain) as file:
            return _unchanged_bytes(file, limits)
    except FileNotFoundError:
        raise EntryError("not-found", "there is no such file", "check the path") from None
    except OSError as error:
        raise EntryError(
            "unreadable", f"cannot be read ({error.strerror})", "check its permissions"
        ) from None
    except ValueError:
        raise EntryError("not-found", "a path cannot contain a NUL character", "check the path") from None


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
            raise EntryError("not-a-file", f"is {kind}, not a file", todo)


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
        raise EntryError("changed", "changed while it was read", "try again when nothing writes to it")
    return data


def _bounded(stream: BinaryIO, allowed: int) -> bytes:
    parts: list[bytes] = []
    left = allowed
    while part := stream.read(min(left + 1, _MIB)):
        left -= len(part)
        if left < 0:
            raise EntryError(
                "too-large", f"has more than {allowed:,} bytes", "raise --max-bytes if that is right"
            )
        parts.append(part)
    return b"".join(parts)


def _too_large(what: str, limits: Limits) -> "EntryError":
    return EntryError("too-large", f"{what}, over the limit of {limits.file_bytes:,}", "raise --max-bytes")


def unpacked(path: str, packed: bytes, limits: Limits) -> bytes:
    """Return the bytes that `packed` holds: of the gzip file, else `packed` itself.

    Raises:
        EntryError: it is damaged, or unpacks to more than the limits allow.
    """
    if not packed.startswith(_GZIP):
        if path.lower().endswith(".gz"):
            raise EntryError("not-gzip", "is named .gz and is not gzip", "download it again")
        return packed
    try:
        with GzipFile(fileobj=io.BytesIO(packed)) as stream:
            return inflated(stream, len(packed), limits)
    except (BadGzipFile, EOFError, zlib.error) as error:
        raise EntryError("damaged", f"is damaged gzip ({error})", "download it again") from None


def inflated(stream: IO[bytes] | GzipFile, packed_bytes: int, limits: Limits) -> bytes:
    """Read all of `stream` within the limits: the sizes that an archive states are never believed."""
    by_ratio = max(limits.ratio * packed_bytes, RATIO_MATTERS_FROM)
    parts: list[bytes] = []
    size = 0
    while part := stream.read(_MIB):
        parts.append(part)
        size += len(part)
        if size > limits.file_bytes:
            raise _too_large("unpacks to more bytes", limits)
        if size > by_ratio:
            what = f"unpacks to more than {limits.ratio} times its size, like a decompression bomb"
            raise EntryError("too-large", what, "unpack it yourself if you trust it")
    return b"".join(parts)


def too_many(path: str, limits: Limits) -> InputRejectedError:
    """Return the error for a folder or archive with more entries than the limits allow."""
    what = f"has more than {limits.entries:,} entries"
    return InputRejectedError(what, where=shown(path), todo="load it in parts")

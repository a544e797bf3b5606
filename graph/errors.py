"""What can go wrong, as one line for a person and one exit code for a script.

Every error states what happened, where, and what to do. docs/cli.md lists the exit codes.
"""

from typing import ClassVar

_BREAKS = {ord(each): repr(each)[1:-1] for each in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"}
"""What `str.splitlines` ends a line at -> its escape."""


def unbroken(text: str) -> str:
    """Return a message on one line: names from files may contain breaks, which become escapes."""
    return text.translate(_BREAKS)


class SightlineError(Exception):
    """An error that ends the command; `str()` of it is the one line that the person reads.

    Args:
        what: what happened, without a final period.
        where: the file, place, address or identifier it happened at, if there is one.
        todo: what the reader can do about it.
    """

    exit_code: ClassVar[int] = 70

    def __init__(self, what: str, *, where: str | None = None, todo: str | None = None) -> None:
        self.what = what
        self.where = where
        self.todo = todo
        super().__init__(what, where, todo)

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return unbroken(f"{head}; {self.todo}" if self.todo else head)


class UsageError(SightlineError):
    """The words of the command do not fit, or an extra is not installed."""

    exit_code = 2


class InputRejectedError(SightlineError):
    """The input is not taken; nothing was stored."""

    exit_code = 3


class UnreachableError(SightlineError):
    """No Neo4j answers there."""

    exit_code = 4


class LoginRefusedError(SightlineError):
    """The server refuses the user name or password; it is never tried twice."""

    exit_code = 5


class QueryFailedError(SightlineError):
    """The server could not run the query."""

    exit_code = 6


class NotAReadError(SightlineError):
    """Refused: the Cypher text is not a plain read."""

    exit_code = 7


class LimitExceededError(SightlineError):
    """A limit of time, memory, rows or bytes was hit; nothing was stored."""

    exit_code = 8


class LockedError(SightlineError):
    """Somebody else is loading, or holds the store."""

    exit_code = 9


class OutcomeUnknownError(SightlineError):
    """The connection was lost at the commit and the outcome could not be looked up."""

    exit_code = 10


class IntegrityError(SightlineError):
    """A checksum, root or proof does not agree."""

    exit_code = 11


class NotFoundError(SightlineError):
    """The identifier or release is not there."""

    exit_code = 12


class EngineError(SightlineError):
    """A download failed or the local Neo4j did not start."""

    exit_code = 13

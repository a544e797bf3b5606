"""The driver's exceptions as errors of ours: one line for a person and an exit code."""

import re
import traceback

from neo4j.exceptions import (
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    ConnectionPoolError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    UnsupportedServerProduct,
)

from graph.errors import (
    EngineError,
    LimitExceededError,
    LockedError,
    LoginRefusedError,
    NotAReadError,
    QueryFailedError,
    SightlineError,
    UnreachableError,
    UsageError,
)

MEMORY_CODES = (
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError",
    "Neo.TransientError.General.TransactionMemoryLimit",
    "Neo.TransientError.General.TransactionOutOfMemoryError",
    "Neo.TransientError.General.OutOfMemoryError",
    "Neo.TransientError.General.StackOverFlowError",
)
"""Status codes of the Neo4j manual, as all those below. The driver would try these again."""
TIME_CODES = (
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration",
)

LOST = (
    ServiceUnavailable,
    SessionExpired,
    ConnectionPoolError,
    ConnectionAcquisitionTimeoutError,
    UnsupportedServerProduct,
    ConfigurationError,
    OSError,
)
"""What the driver raises when a connection breaks or cannot be had, with a server that is too old for it too."""


class NoAnswerError(UnreachableError):
    """The server did not answer by a deadline of ours; the connection was given up."""


class ConnectionLostError(UnreachableError):
    """The connection broke while the server was at work."""


class DatabaseClosedError(UnreachableError):
    """The server answers, but the database is not open: it is starting, or cannot be opened."""


def translate(error: Exception, where: str) -> SightlineError | None:
    """What `error` of the server at `where` is to the user; None for a bug of ours."""
    if isinstance(error, Neo4jError):
        return _at(_of_server(error), where)
    if isinstance(error, UnicodeEncodeError):
        return UsageError("a value contains bytes that are not UTF-8", todo="give it in UTF-8")
    if isinstance(error, LOST):
        return ConnectionLostError(
            "the connection was lost", where=where, todo="see whether the server still runs, then try again"
        )
    if _was_reading(error):
        return ConnectionLostError(
            f"what the server sent cannot be read ({type(error).__name__})",
            where=where,
            todo="is it a Neo4j?",
        )
    return None


def _was_reading(error: Exception) -> bool:
    """Whether the driver failed over a message of the server's, such as one without what it must contain."""
    return any(frame.f_code.co_name == "fetch_message" for frame, _ in traceback.walk_tb(error.__traceback__))


def _at(error: SightlineError, where: str) -> SightlineError:
    """Name the server, where the connection is in question and not the query."""
    if isinstance(error, EngineError | LoginRefusedError | UnreachableError):
        return type(error)(error.what, where=where, todo=error.todo)
    return error


def _of_server(error: Neo4jError) -> SightlineError:
    code = error.code or ""
    said = first_line(error.message)
    if code.startswith("Neo.ClientError.Security."):
        return _of_login(code)
    if code in MEMORY_CODES:
        return LimitExceededError(
            f"the server ran out of memory for this transaction ({said})",
            todo="nothing was stored; give it a larger heap, about 1 GiB for 10,000 rules (SIGHTLINE_HEAP=4g, then "
            "`sightline down` and `up`; elsewhere dbms.memory.transaction.total.max), or split the set",
        )
    if code in TIME_CODES:
        return LimitExceededError("the time limit was reached", todo="ask for less, or allow more time")
    return _of_disk(code, said) or _by_code(code, said)


def _of_disk(code: str, said: str) -> SightlineError | None:
    """What a server says that could not write its transaction log, at the commit and ever after."""
    if code == "Neo.DatabaseError.Transaction.TransactionLogError":
        return LimitExceededError(
            "the disk of the server is full, or cannot be written; nothing was stored",
            todo="free some space, restart the server (`sightline down`, `sightline up`), then try again",
        )
    if "critical error, and needs to be restarted" in said:
        return EngineError(
            "the database stopped when its disk was full or could not be written",
            todo="free some space, then restart the server (`sightline down`, `sightline up`)",
        )
    return None


def _of_login(code: str) -> SightlineError:
    match code.rpartition(".")[2]:
        case "Forbidden":
            return QueryFailedError("this user may not do that", todo="log in as a user who may")
        case "AuthenticationRateLimit":
            return LoginRefusedError(
                "too many wrong passwords", todo="wait some seconds, then use the right one"
            )
        case "CredentialsExpired":
            return LoginRefusedError(
                "the password must be changed first", todo="change it in the Neo4j Browser"
            )
        case _:
            return LoginRefusedError(
                "the user name or password is refused", todo="check NEO4J_USERNAME and NEO4J_PASSWORD"
            )


def _by_code(code: str, said: str) -> SightlineError:
    match code:
        case "Neo.ClientError.Database.DatabaseNotFound":
            return UnreachableError(
                f"the server has no such database ({said})", todo="check NEO4J_DATABASE, or leave it unset"
            )
        case (
            "Neo.TransientError.Database.DatabaseUnavailable"
            | "Neo.TransientError.General.DatabaseUnavailable"
        ):
            return DatabaseClosedError("the database is not available now", todo="try again in a moment")
        case "Neo.ClientError.Statement.AccessMode":
            return NotAReadError(
                "the statement writes, and only reading is allowed here", todo="ask without writing"
            )
        case "Neo.ClientError.Transaction.LockAcquisitionTimeout":
            return LockedError(
                "another transaction has locked what this one needs", todo="wait for it, then try again"
            )
        case _:
            return QueryFailedError(f"the server could not run the query: {said}", todo=f"its code is {code}")


def first_line(text: str | None) -> str:
    """The first line of a server's message, without its final period; the rest repeats the query."""
    lines = (text or "").strip().splitlines()
    return lines[0].rstrip(". ") if lines else "no message"


_ON_LINE_1 = re.compile(r"\(line 1, column (\d+) \(offset: (\d+)\)\)")


def moved_left(error: QueryFailedError, columns: int) -> QueryFailedError:
    """The error with places on the first line as if the text began `columns` later."""

    def moved(match: re.Match[str]) -> str:
        column, offset = (max(int(number) - columns, 0) for number in match.groups())
        return f"(line 1, column {column} (offset: {offset}))"

    return QueryFailedError(_ON_LINE_1.sub(moved, error.what), where=error.where, todo=error.todo)

"""Asking a question: typed parameters in, typed rows out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

from queries.spec import Params, Question, Row

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TIMEOUT = 30.0
"""Seconds that a built-in question may take; they take milliseconds."""


@dataclass(frozen=True, slots=True, order=True)
class AskedQuestion:
    """A statement that was asked: what a kept answer names.

    Attributes:
        name: of the question; `adhoc` for the analyst's own Cypher.
        revision: of its statement; 0 for the analyst's own.
        text_sha256: of its statement, in hex.
    """

    name: str
    revision: int
    text_sha256: str


_RECORD: ContextVar["set[AskedQuestion] | None"] = ContextVar("asked", default=None)


@contextmanager
def recording() -> Iterator[set[AskedQuestion]]:
    """Collect what is asked inside the block; a block inside another one collects for itself."""
    asked: set[AskedQuestion] = set()
    token = _RECORD.set(asked)
    try:
        yield asked
    finally:
        _RECORD.reset(token)


def note(name: str, revision: int, text_sha256: str) -> None:
    """Record that a statement is asked, where somebody collects."""
    asked = _RECORD.get()
    if asked is not None:
        asked.add(AskedQuestion(name, revision, text_sha256))


class Answer(Protocol):
    """What a statement returned: column names, which are known when there is no row, and rows of values."""

    @property
    def columns(self) -> Sequence[str]:
        """The names after RETURN, in order."""

    @property
    def rows(self) -> Sequence[Sequence[object]]:
        """One sequence of values per row, in the order of the columns."""


@dataclass(slots=True)
class Remembered:
    """An answer that is given more than once; its typed rows are made once."""

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    typed: list[Any] | None = None


class Asked(Protocol):
    """The one thing that questions need of a graph; `graph.server.connection.Graph` does it."""

    def table(
        self, cypher: str, parameters: Mapping[str, object] | None = None, *, timeout: float = ...
    ) -> Answer:
        """Run a read and return its whole answer."""


class ColumnsDifferError(Exception):
    """The columns of an answer are not the fields of its row type: a bug of ours."""


def ask(
    graph: Asked, question: Question[Params, Row], params: Params, *, timeout: float = TIMEOUT
) -> list[Row]:
    """Return the rows that `question` has for `params`, in the order of its ORDER BY.

    Lists in a row become tuples, so that rows are hashable and stay as they are.

    Raises:
        ColumnsDifferError: the file's columns are not the row's fields.
        SightlineError: what `graph` raises: unreachable, query failed, limit exceeded.
    """
    note(question.name, question.file.revision, question.file.sha256)
    answer = graph.table(question.file.statement, values(params), timeout=timeout)
    if tuple(answer.columns) != question.columns:
        raise ColumnsDifferError(f"{question.name}: {list(answer.columns)} != {list(question.columns)}")
    if not isinstance(answer, Remembered):
        return _typed(question.row, answer)
    if answer.typed is None:
        answer.typed = _typed(question.row, answer)
    return list(answer.typed)


def _typed(row: type[Row], answer: Answer) -> list[Row]:
    return [row(*map(_frozen, values)) for values in answer.rows]


def values(params: "DataclassInstance") -> dict[str, object]:
    """Return the fields of a parameter object by name."""
    return {name: getattr(params, name) for name in _names(type(params))}


@cache
def _names(params: type["DataclassInstance"]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(params))


def _frozen(value: object) -> object:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value

"""Asking a question: typed parameters in, typed rows out."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING, Protocol

from queries.spec import Params, Question, Row

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

TIMEOUT = 30.0
"""Seconds that a built-in question may take; they take milliseconds."""


class Answer(Protocol):
    """What a statement returned: column names, which are known when there is no row, and rows of values."""

    @property
    def columns(self) -> Sequence[str]:
        """The names after RETURN, in order."""

    @property
    def rows(self) -> Sequence[Sequence[object]]:
        """One sequence of values per row, in the order of the columns."""


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
    answer = graph.table(question.file.statement, values(params), timeout=timeout)
    if tuple(answer.columns) != question.columns:
        raise ColumnsDifferError(f"{question.name}: {list(answer.columns)} != {list(question.columns)}")
    return [question.row(*map(_frozen, row)) for row in answer.rows]


def values(params: "DataclassInstance") -> dict[str, object]:
    """Return the fields of a parameter object by name."""
    return {field.name: getattr(params, field.name) for field in fields(params)}


def _frozen(value: object) -> object:
    return tuple(_frozen(each) for each in value) if isinstance(value, list) else value

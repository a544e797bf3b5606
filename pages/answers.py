"""The answers that a page is made of: asked of a graph once, and kept, so that the page can be made again.

A page is a function of its answers. `Live` asks a graph and keeps what came back; `Kept` gives the same rows from the
page's answer file (docs/pages.md), so that the same view can be drawn without a graph, byte for byte.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pages.requests import Request, request_of
from queries.ask import Asked, AskedQuestion, ask, recording, values

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from graph.record import Json
    from queries.spec import Params, Question
    from queries.spec import Row as QuestionRow

Row = TypeVar("Row", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of a page.

    Attributes:
        request: the command that gives the same rows.
        questions: what was asked for it.
        rows: as JSON has them, in the order of the answer.
    """

    request: Request
    questions: frozenset[AskedQuestion]
    rows: "tuple[Mapping[str, Json], ...]"


class AnswerSource(Protocol):
    """Where a view gets its rows from."""

    def ask(self, question: "Question[Params, QuestionRow]", params: "Params") -> "list[QuestionRow]":
        """Return the rows of a question."""

    def work_out(self, request: Request, row: type[Row], work: Callable[[Asked], Iterable[Row]]) -> list[Row]:
        """Return the rows of an answer that takes more than one question; only these rows are kept."""

    def loaded_on(self, key: str) -> str | None:
        """Return the day on which a release, set or environment was loaded."""


class Live:
    """A graph that is asked; what it answers is kept, each request once.

    Attributes:
        answers: what has been answered, in order.
    """

    def __init__(self, graph: Asked, days: Mapping[str, str]) -> None:
        self._graph = graph
        self._days = days
        self._known: dict[str, list[Any]] = {}
        self.answers: list[Answered] = []

    def ask(self, question: "Question[Params, QuestionRow]", params: "Params") -> "list[QuestionRow]":
        """Return the rows of a question; raises what the graph raises."""
        request = request_of(question.name, values(params))
        return self._once(request, question.row, lambda: ask(self._graph, question, params))

    def work_out(self, request: Request, row: type[Row], work: Callable[[Asked], Iterable[Row]]) -> list[Row]:
        """Return the rows that `work` makes of several questions."""
        return self._once(request, row, lambda: list(work(self._graph)))

    def loaded_on(self, key: str) -> str | None:
        """Return the day on which a release, set or environment was loaded."""
        return self._days.get(key)

    def _once(
        self, request: Request, row: "type[DataclassInstance]", answer: Callable[[], list[Any]]
    ) -> list[Any]:
        if request.key not in self._known:
            with recording() as asked:
                rows = answer()
            names = _names(row)
            plain = tuple({name: _plain(getattr(each, name)) for name in names} for each in rows)
            self.answers.append(Answered(request, frozenset(asked), plain))
            self._known[request.key] = rows
        return self._known[request.key]


class Kept:
    """Answers that were kept with a page.

    Raises:
        KeyError: a view asks for what was not kept: the page was made by another version.
    """

    def __init__(self, answers: Iterable[Answered], days: Mapping[str, str]) -> None:
        self._rows = {each.request.key: each.rows for each in answers}
        self._days = days

    def ask(self, question: "Question[Params, QuestionRow]", params: "Params") -> "list[QuestionRow]":
        """Return the kept rows of a question."""
        return self._typed(request_of(question.name, values(params)), question.row)

    def work_out(
        self,
        request: Request,
        row: type[Row],
        work: Callable[[Asked], Iterable[Row]],  # noqa: ARG002  the answer is there
    ) -> list[Row]:
        """Return the kept rows of what was worked out."""
        return self._typed(request, row)

    def loaded_on(self, key: str) -> str | None:
        """Return the day that the page states for a release, set or environment."""
        return self._days.get(key)

    def _typed(self, request: Request, row: type[Any]) -> list[Any]:
        names = [each.name for each in fields(row)]
        return [row(*(_frozen(each[name]) for name in names)) for each in self._rows[request.key]]


_SIMPLE = (str, int, float, bool)


@cache
def _names(row: "type[DataclassInstance]") -> tuple[str, ...]:
    return tuple(each.name for each in fields(row))


def _plain(value: object) -> "Json":
    if value is None or isinstance(value, _SIMPLE):
        return value
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    raise TypeError(f"an answer of a page has a {type(value).__name__}")


def _frozen(value: object) -> object:
    return tuple(_frozen(each) for each in value) if isinstance(value, list | tuple) else value


def questions_of(answers: Sequence[Answered]) -> set[AskedQuestion]:
    """Return every question that was asked for the answers."""
    return {question for answer in answers for question in answer.questions}

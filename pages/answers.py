"""The answers that a page is made of: asked of a graph once, and kept, so that the page can be made again.

A page is a function of its answers. `Live` asks a graph and keeps what came back; `Kept` gives the same rows from an
answer file, so that the same view can be drawn without a graph, byte for byte.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from queries.ask import Asked, ask, values

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from queries.spec import Params, Question
    from queries.spec import Row as QuestionRow

Row = TypeVar("Row", bound="DataclassInstance")


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer of a page.

    Attributes:
        name: of the question, or of what was worked out from several.
        parameters: what was asked for, by name.
        columns: the fields of a row, in order.
        rows: one tuple per row, in the order of `columns`.
    """

    name: str
    parameters: Mapping[str, object]
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    def document(self) -> dict[str, object]:
        """Return the answer as plain JSON values."""
        return {
            "answer": {"questions": [{"name": self.name}], "parameters": dict(self.parameters)},
            "rows": [dict(zip(self.columns, row, strict=True)) for row in self.rows],
        }


class Source(Protocol):
    """Where a view gets its rows from."""

    @property
    def answers(self) -> Sequence[Answered]:
        """What has been asked so far, in order."""

    def ask(self, question: "Question[Params, QuestionRow]", params: "Params") -> "list[QuestionRow]":
        """Return the rows of a question."""

    def work_out(
        self,
        name: str,
        row: type[Row],
        parameters: Mapping[str, object],
        work: Callable[[Asked], Iterable[Row]],
    ) -> list[Row]:
        """Return the rows of an answer that takes more than one question; only these rows are kept."""


class Live:
    """A graph that is asked; what it answers is kept, each question once."""

    def __init__(self, graph: Asked) -> None:
        self._graph = graph
        self._known: dict[str, list[Any]] = {}
        self.answers: list[Answered] = []

    def ask(self, question: "Question[Params, QuestionRow]", params: "Params") -> "list[QuestionRow]":
        """Return the rows of a question; as `queries.ask.ask`, which raises what the graph raises."""
        return self._once(
            question.name, question.row, values(params), lambda: ask(self._graph, question, params)
        )

    def work_out(
        self,
        name: str,
        row: type[Row],
        parameters: Mapping[str, object],
        work: Callable[[Asked], Iterable[Row]],
    ) -> list[Row]:
        """Return the rows that `work` makes of several questions."""
        return self._once(name, row, parameters, lambda: list(work(self._graph)))

    def _once(
        self, name: str, row: type[Any], parameters: Mapping[str, object], answer: Callable[[], list[Any]]
    ) -> list[Any]:
        key = _key(name, parameters)
        if key not in self._known:
            rows = answer()
            columns = tuple(each.name for each in fields(row))
            listed = tuple(tuple(getattr(each, column) for column in columns) for each in rows)
            self.answers.append(Answered(name, dict(parameters), columns, listed))
            self._known[key] = rows
        return self._known[key]


class Kept:
    """Answers that were kept with a page.

    Raises:
        KeyError: a view asks for what was not kept: the page was made by another version.
    """

    def __init__(self, documents: Iterable[Mapping[str, Any]]) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {}
        for document in documents:
            answer = document["answer"]
            self._rows[_key(answer["questions"][0]["name"], answer["parameters"])] = document["rows"]
        self.answers: list[Answered] = []
        self._known: set[str] = set()

    def ask(self, question: "Question[Params, QuestionRow]", params: "Params") -> "list[QuestionRow]":
        """Return the kept rows of a question."""
        return self._kept(question.name, question.row, values(params))

    def work_out(
        self,
        name: str,
        row: type[Row],
        parameters: Mapping[str, object],
        work: Callable[[Asked], Iterable[Row]],  # noqa: ARG002  the answer is there
    ) -> list[Row]:
        """Return the kept rows of what was worked out."""
        return self._kept(name, row, parameters)

    def _kept(self, name: str, row: type[Any], parameters: Mapping[str, object]) -> list[Any]:
        key = _key(name, parameters)
        columns = tuple(each.name for each in fields(row))
        listed = tuple(tuple(_frozen(each[column]) for column in columns) for each in self._rows[key])
        if key not in self._known:
            self._known.add(key)
            self.answers.append(Answered(name, dict(parameters), columns, listed))
        return [row(*each) for each in listed]


def _key(name: str, parameters: Mapping[str, object]) -> str:
    return repr((name, sorted((key, _frozen(value)) for key, value in parameters.items())))


def _frozen(value: object) -> object:
    return tuple(_frozen(each) for each in value) if isinstance(value, list | tuple) else value

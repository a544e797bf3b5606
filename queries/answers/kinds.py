"""What is missing, counted by kind, or found of one kind."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from graph.errors import NotFoundError, UsageError
from graph.spelling import did_you_mean
from queries.ask import Asked, ask
from queries.questions.missing.kinds import KINDS, Kind, Severity


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many of one kind there are; `count` is None where an environment is needed and none was named."""

    release: str
    kind: str
    count: int | None
    severity: str
    question: str
    reason: str
    todo: str


def kinds() -> tuple[Kind, ...]:
    """Return every kind, the worst first."""
    return tuple(sorted(KINDS, key=lambda kind: list(Severity).index(kind.severity)))


def kind(name: str) -> Kind:
    """Return the kind called `name`.

    Raises:
        NotFoundError: there is none; the message names the nearest.
    """
    by_name = {each.name: each for each in kinds()}
    if name in by_name:
        return by_name[name]
    todo = did_you_mean(name, by_name, otherwise="`sightline missing` lists them")
    raise NotFoundError("no such kind of missing relationship", where=name, todo=todo)


def find(graph: Asked, kind: Kind, *, release: str, environment: str | None = None) -> list[Any]:
    """Return the rows of one kind.

    Raises:
        UsageError: the kind needs an environment and none is named.
        SightlineError: as `ask` raises it.
    """
    if environment is None and _needs_environment(kind):
        raise UsageError("needs an environment", where=kind.name, todo="pass --environment NAME")
    given = {"release": release, "environment": environment}
    names = [field.name for field in fields(kind.question.params)]
    return ask(graph, kind.question, kind.question.params(**{name: given[name] for name in names}))


def count(
    graph: Asked, *, release: str, environment: str | None = None, among: Iterable[Kind] | None = None
) -> list[KindCount]:
    """Return how many there are of each kind of `among` (all, if left out), the worst kinds first."""
    return [
        KindCount(
            release=release,
            kind=each.name,
            count=None
            if environment is None and _needs_environment(each)
            else len(find(graph, each, release=release, environment=environment)),
            severity=each.severity.value,
            question=each.question.file.question,
            reason=each.reason,
            todo=each.todo,
        )
        for each in (kinds() if among is None else among)
    ]


def _needs_environment(kind: Kind) -> bool:
    return "environment" in {field.name for field in fields(kind.question.params)}

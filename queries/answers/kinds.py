"""What is missing, counted by kind, or found of one kind."""

from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields
from typing import Any

from graph.errors import NotFoundError, UsageError
from graph.spelling import did_you_mean
from queries.answers.narrowing import EVERYTHING, Narrowing, wanted
from queries.ask import Asked, ask
from queries.questions.coverage.totals import PAIRS, ReleaseEvidence
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


def concerns_sets(kind: Kind) -> bool:
    """Tell whether a kind is about evidence, so that it can be asked of one set."""
    return "set" in _parameters(kind)


def find(
    graph: Asked,
    kind: Kind,
    *,
    release: str,
    environment: str | None = None,
    of_set: str | None = None,
    narrowing: Narrowing = EVERYTHING,
) -> list[Any]:
    """Return the rows of one kind, of one set (its name or key) where it is named, of what `narrowing` leaves.

    Raises:
        UsageError: the kind needs an environment and none is named, does not concern sets and one is, or cannot be
            narrowed in this way.
        NotFoundError: the release has no such tactic or user.
        SightlineError: as `ask` raises it.
    """
    if environment is None and _needs_environment(kind):
        raise UsageError("needs an environment", where=kind.name, todo="pass --environment NAME")
    if of_set is not None and not concerns_sets(kind):
        raise UsageError("does not depend on a set", where=kind.name, todo="drop --set")
    given = {"release": release, "environment": environment, "set": of_set}
    asked = kind.question.params(**{name: given[name] for name in _parameters(kind)})
    rows = ask(graph, kind.question, asked)
    return rows if narrowing == EVERYTHING else _narrowed(graph, kind, rows, release, narrowing)


def can_be_narrowed(kind: Kind, narrowing: Narrowing) -> bool:
    """Tell whether the rows of a kind say what `narrowing` asks of them: their techniques, their platform."""
    has = {
        each.name for each in fields(kind.question.row) if each.name != "techniques" or each.type is not int
    }
    return (not narrowing.names_techniques or bool(has & {"attack_id", "techniques"})) and (
        not narrowing.platform or kind.of_techniques or kind.platform in has
    )


def _narrowed(graph: Asked, kind: Kind, rows: list[Any], release: str, narrowing: Narrowing) -> list[Any]:
    if not can_be_narrowed(kind, narrowing):
        raise UsageError(
            f"its rows do not say that ({narrowing.told})", where=kind.name, todo="drop the option"
        )
    left = wanted(graph, release, narrowing)
    return [
        row
        for row in _on_platform(graph, kind, rows, release, narrowing)
        if left is None or not left.isdisjoint(_techniques(row))
    ]


def _on_platform(graph: Asked, kind: Kind, rows: list[Any], release: str, narrowing: Narrowing) -> list[Any]:
    """Return the rows on the wanted platform: their own, else one of their technique's."""
    if not narrowing.platform:
        return rows
    if kind.platform in kind.question.columns:
        return [row for row in rows if narrowing.is_on(getattr(row, kind.platform))]
    pairs = ask(graph, PAIRS, ReleaseEvidence(release))
    here = {each.technique_id for each in pairs if narrowing.is_on(each.platform)}
    return [row for row in rows if row.attack_id in here]


def _techniques(row: object) -> tuple[str, ...]:
    return tuple(getattr(row, "techniques", ())) or (str(getattr(row, "attack_id", "")),)


def count(
    graph: Asked,
    *,
    release: str,
    environment: str | None = None,
    of_set: str | None = None,
    among: Iterable[Kind] | None = None,
    narrowing: Narrowing = EVERYTHING,
) -> list[KindCount]:
    """Return how many there are of each kind of `among` (all, if left out), the worst kinds first.

    Those of all kinds that cannot be narrowed as `narrowing` asks, or do not concern the set named, are left out.
    """
    every = [
        each
        for each in kinds()
        if can_be_narrowed(each, narrowing) and (of_set is None or concerns_sets(each))
    ]
    return [
        KindCount(
            release=release,
            kind=each.name,
            count=None
            if environment is None and _needs_environment(each)
            else len(
                find(
                    graph, each, release=release, environment=environment, of_set=of_set, narrowing=narrowing
                )
            ),
            severity=each.severity.value,
            question=each.question.file.question,
            reason=each.reason,
            todo=each.todo,
        )
        for each in (every if among is None else among)
    ]


def _parameters(kind: Kind) -> dict[str, Any]:
    return {field.name: field.default for field in fields(kind.question.params)}


def _needs_environment(kind: Kind) -> bool:
    return _parameters(kind).get("environment") is MISSING

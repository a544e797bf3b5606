"""The kinds of missing relationships: how bad each is, why it matters, what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeAlias

from graph.errors import NotFoundError, UsageError
from queries.ask import Asked, ask
from queries.questions.missing import questions as q
from queries.spec import Question

AnyQuestion: TypeAlias = Question[Any, Any]


class Severity(StrEnum):
    """How much a missing relationship costs whoever reads the graph."""

    HIGH = "high"
    """An answer is wrong or blind without it."""
    MEDIUM = "medium"
    """A decision lacks a fact."""
    LOW = "low"
    """Worth knowing; often as it should be."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of missing relationship.

    Attributes:
        name: a stable id, the question's name without its topic.
        severity: how much one of them costs.
        reason: why it matters.
        todo: what to do about it.
        question: what finds them.
    """

    name: str
    severity: Severity
    reason: str
    todo: str
    question: AnyQuestion


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
    found = [Kind(_name(each), *_WHY[_name(each)], question=each) for each in q.QUESTIONS]
    return tuple(sorted(found, key=lambda kind: list(Severity).index(kind.severity)))


def kind(name: str) -> Kind:
    """Return the kind called `name`.

    Raises:
        NotFoundError: there is none; the message names the nearest.
    """
    by_name = {each.name: each for each in kinds()}
    if name in by_name:
        return by_name[name]
    from difflib import get_close_matches

    near = ", ".join(get_close_matches(name, by_name, n=3, cutoff=0.3))
    raise NotFoundError("no such kind of missing relationship", where=name, todo=f"nearest: {near or 'none'}")


def find(graph: Asked, kind: Kind, *, release: str, environment: str | None = None) -> list[Any]:
    """Return the rows of one kind.

    Raises:
        UsageError: the kind needs an environment and none is named.
        SightlineError: as `ask` raises it.
    """
    if environment is None and _needs_environment(kind):
        raise UsageError("needs an environment", where=kind.name, todo="name one with --environment")
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


def _name(question: AnyQuestion) -> str:
    return question.name.partition(".")[2]


_WHY: dict[str, tuple[Severity, str, str]] = {
    "technique-without-mitigation": (
        Severity.MEDIUM,
        "ATT&CK names no control, so detection is all there is",
        "give these techniques priority in detection",
    ),
    "technique-without-detection": (
        Severity.HIGH,
        "ATT&CK says nothing on how to detect it",
        "look for guidance elsewhere and note it in an annotation",
    ),
    "technique-unused": (
        Severity.LOW,
        "no group, campaign or software is known to use it",
        "give it less weight where you choose by known use",
    ),
    "technique-platform-without-analytic": (
        Severity.MEDIUM,
        "the technique exists on the platform, and no analytic is for it",
        "adapt the analytic of a similar platform",
    ),
    "analytic-without-log-source": (
        Severity.MEDIUM,
        "nobody can say whether its telemetry is collected",
        "find out yourself what it would have to read",
    ),
    "analytic-outside-technique-platforms": (
        Severity.LOW,
        "the analytic or the technique names the wrong platforms",
        "report it to ATT&CK; coverage counts the technique's platforms only",
    ),
    "strategy-without-analytic": (
        Severity.MEDIUM,
        "the strategy has a name and nothing to do",
        "do not count it as guidance",
    ),
    "component-without-analytic": (
        Severity.LOW,
        "collecting it serves no analytic",
        "collect it only if a rule of yours needs it",
    ),
    "component-without-log-source": (
        Severity.LOW,
        "no log is known in which it can be seen",
        "find out which of your logs shows it",
    ),
    "log-source-not-declared-by-component": (
        Severity.LOW,
        "the analytic and its component disagree about where to look",
        "trust the analytic, and report it to ATT&CK",
    ),
    "revoked-without-successor": (
        Severity.HIGH,
        "claims on it cannot move on by themselves",
        "re-tag evidence that still claims it",
    ),
    "live-touches-dead": (
        Severity.LOW,
        "a relationship outlived its object",
        "do not follow it; coverage and related techniques do not",
    ),
    "dangling-reference": (
        Severity.MEDIUM,
        "the release refers to what it does not contain",
        "load the release again from its publisher; if it stays, report it",
    ),
    "technique-in-text-only": (
        Severity.LOW,
        "the text knows a connection that the graph does not",
        "read the description before relying on `uses` and `mitigates`",
    ),
    "claim-unresolved": (
        Severity.HIGH,
        "evidence claims an identifier that means nothing here, so it counts for nothing",
        "re-tag it, or load the domain in which it is known",
    ),
    "claim-migrated": (
        Severity.MEDIUM,
        "evidence claims a revoked identifier and counts for its successor",
        "check that it detects the successor too, then re-tag it",
    ),
    "claim-off-platform": (
        Severity.MEDIUM,
        "the rule runs where the technique is said not to exist",
        "check the tag; it may fit a sibling or another technique",
    ),
    "rule-without-technique": (
        Severity.LOW,
        "the rule counts for no technique",
        "tag it, if it detects one",
    ),
    "rule-tactic-mismatch": (
        Severity.LOW,
        "a tactic tag fits none of the rule's techniques, often since a technique moved",
        "correct the tactic or add the technique that is meant",
    ),
    "rule-without-attack-log-source": (
        Severity.MEDIUM,
        "visibility cannot be judged by ATT&CK's names",
        "declare the log source in your environment under the name shown",
    ),
    "log-source-spelling-variants": (
        Severity.LOW,
        "one log source goes by several names",
        "use the proposed name; questions join on it",
    ),
    "platform-without-evidence": (
        Severity.HIGH,
        "nobody claims to detect anything on the platform",
        "load evidence for it, or plan without it",
    ),
    "covered-without-telemetry": (
        Severity.HIGH,
        "the rule is switched on and blind",
        "collect one of its log sources, or switch it off",
    ),
}

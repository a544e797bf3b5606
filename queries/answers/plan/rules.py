"""Which rules to switch on, to feed or to start from, for techniques that nothing detects in an environment."""

from collections.abc import Sequence
from dataclasses import dataclass

from queries.answers.narrowing import Narrowing
from queries.answers.rollup import TechniqueTotalHere, by_technique
from queries.ask import Asked, ask
from queries.params import OfRelease
from queries.questions.coverage.environment import NEAREST_RULES, NearestRule, RulesFor
from queries.questions.coverage.thin import USED

OPEN = ("visible", "enabled_blind")
"""States of a technique for which a rule is what is missing, or its log source."""
ENABLE, COLLECT, ADAPT, WRITE = "enable", "collect", "adapt", "write"


@dataclass(frozen=True, slots=True)
class RuleStep:
    """A rule for a technique without a working one.

    Attributes:
        state: of the technique in the environment: visible or enabled_blind.
        users: groups, campaigns and software that are known to use the technique.
        step: enable (the rule claims it, and its log is collected), collect (its log is not), adapt (a rule that
            comes nearest), write (no rule comes near; the rest is null).
        near: claims, family or log, as `coverage.nearest-rules` has it.
        log_sources: what the rule reads; `collected` is the part of it that is.
    """

    release: str
    environment: str
    technique_id: str
    technique: str
    state: str
    users: int
    step: str
    near: str | None
    title: str | None
    set: str | None
    status: str | None
    level: str | None
    log_sources: tuple[str, ...]
    collected: tuple[str, ...]
    enabled: bool | None
    evidence_id: str | None


@dataclass(frozen=True, slots=True)
class RulesGoal:
    """How much is asked for.

    Attributes:
        techniques: the most used ones of those that are open.
        each: rules of each of them.
        of_set: name or key of the only set whose rules are looked at.
    """

    techniques: int
    each: int
    of_set: str | None = None


def open_techniques(
    graph: Asked, release: str, environment: str, narrowing: Narrowing
) -> list[tuple[TechniqueTotalHere, int]]:
    """Return the techniques that only lack a working rule, each with its known users, the most used first.

    Raises:
        NotFoundError: the release has no such tactic or user.
    """
    here = by_technique(graph, release=release, environment=environment, narrowing=narrowing)
    used = ask(graph, USED, OfRelease(release))
    users = {row.technique_id: row.groups + row.campaigns + row.software for row in used}
    found = [(each, users.get(each.technique_id, 0)) for each in here if each.state in OPEN]
    return sorted(found, key=lambda pair: (-pair[1], pair[0].technique_id))


def rule_steps(
    graph: Asked, techniques: Sequence[tuple[TechniqueTotalHere, int]], goal: RulesGoal
) -> list[RuleStep]:
    """Return the rules for each technique, what would close it at once first; one row to write where none is near."""
    return [
        step
        for technique, users in techniques[: goal.techniques]
        for step in _of_technique(graph, technique, users, goal)
    ]


def _of_technique(graph: Asked, of: TechniqueTotalHere, users: int, goal: RulesGoal) -> list[RuleStep]:
    asked = RulesFor(of.release, of.environment, of.technique_id, goal.of_set, goal.each)
    found = ask(graph, NEAREST_RULES, asked)
    claiming = [each for each in found if each.near == "claims" and each.sees]
    return [_step(of, users, each) for each in claiming or found] or [_to_write(of, users)]


def _step(of: TechniqueTotalHere, users: int, rule: NearestRule) -> RuleStep:
    step = ADAPT if rule.near != "claims" else ENABLE if rule.sees else COLLECT
    return RuleStep(
        *(of.release, of.environment, of.technique_id, of.technique, of.state, users, step),
        near=rule.near,
        title=rule.title,
        set=rule.set,
        status=rule.status,
        level=rule.level,
        log_sources=rule.log_sources,
        collected=rule.collected,
        enabled=rule.enabled,
        evidence_id=rule.evidence_id,
    )


def _to_write(of: TechniqueTotalHere, users: int) -> RuleStep:
    return RuleStep(
        *(of.release, of.environment, of.technique_id, of.technique, of.state, users, WRITE),
        near=None,
        title=None,
        set=None,
        status=None,
        level=None,
        log_sources=(),
        collected=(),
        enabled=None,
        evidence_id=None,
    )

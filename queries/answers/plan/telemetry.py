"""Which log sources to collect next, and what is lost if one stops.

Visible is level L2 of an environment: every log source of one analytic, for a platform that is run, is collected.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.errors import UsageError
from queries.answers.plan import exact, greedy
from queries.answers.plan.ways import Ways, seen_with, visible_by, ways_to_see
from queries.questions.coverage.visibility import AnalyticNeeds, Blinded


@dataclass(frozen=True, slots=True)
class Goal:
    """What is wanted; one of the two is stated.

    Attributes:
        gain: make so many more techniques visible, by the fewest log sources.
        sources: take so many log sources at most, and make the most techniques visible.
    """

    gain: int | None = None
    sources: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Log sources in the order of collecting them.

    Attributes:
        log_sources: canonical names.
        method: `greedy`, or `exact` where the solver found a better one than the greedy choice.
        bound: for a number of log sources, techniques that no choice of as many exceeds; for a gain, log sources
            below which no choice reaches it.
        optimal: the bound is reached: no plan is better.
    """

    log_sources: tuple[str, ...]
    method: str
    bound: int
    optimal: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One log source of a plan, which is the same on every row.

    Attributes:
        gained: techniques that become visible by it and those before it; the first of two log sources that only
            show something together gains 0.
        visible_after: techniques that are visible then, those of today among them.
        techniques: the gained ones.
        method, bound, optimal: as in `Plan`.
    """

    release: str
    environment: str | None
    step: int
    log_source: str
    gained: int
    visible_after: int
    techniques: tuple[str, ...]
    method: str
    bound: int
    optimal: bool


@dataclass(frozen=True, slots=True)
class Loss:
    """A technique that loses something when a log source stops.

    Attributes:
        visibility_lost: no analytic of it has all its log sources any more.
        detection_lost: enabled rules detected it, and nothing that is enabled does any more.
        rules_blind: enabled rules on it that see nothing any more.
        detections_left: enabled evidence that still detects it; None where no rule goes blind.
    """

    release: str
    environment: str
    log_source: str
    technique_id: str
    technique: str
    visibility_lost: bool
    detection_lost: bool
    rules_blind: int
    detections_left: int | None


def plan(ways: Ways, goal: Goal, *, seconds: float = 0.0) -> Plan:
    """Return the best plan found for `goal`, and how good the best one can be.

    Args:
        ways: what the techniques need that are not visible.
        goal: a gain or a number of log sources.
        seconds: how long the solver may look for a better plan than the greedy one; 0 to do without it.

    Raises:
        UsageError: so many techniques cannot become visible; or the solver is asked for and not installed.
    """
    if goal.gain is not None and goal.gain > len(ways):
        todo = "ask for that many or fewer" if ways else "every technique that can be visible is"
        raise UsageError(
            f"{len(ways)} more techniques can become visible, not {goal.gain}", where="--gain", todo=todo
        )
    found = _greedy(ways, goal)
    if found.optimal or not seconds:
        return found
    return _better(ways, goal, found, seconds)


def _greedy(ways: Ways, goal: Goal) -> Plan:
    if goal.gain is not None:
        order = greedy.fewest(ways, goal.gain)
        bound = greedy.least_sources(ways, order, goal.gain)
    else:
        order = greedy.best(ways, goal.sources or 0)
        bound = greedy.most_techniques(ways, order, goal.sources or 0)
    return Plan(tuple(order), "greedy", bound, _value(ways, order, goal) == bound)


def _better(ways: Ways, goal: Goal, known: Plan, seconds: float) -> Plan:
    """Return the solver's plan if it is better than the `known` one, else that one; both with the solver's bound."""
    if goal.gain is not None:
        solved = exact.fewest(ways, goal.gain, seconds=seconds)
        bound = max(known.bound, solved.bound)
    else:
        solved = exact.best(ways, goal.sources or 0, seconds=seconds)
        bound = min(known.bound, solved.bound)
    order = tuple(greedy.ordered(ways, solved.log_sources or frozenset()))
    if _is_better(ways, order, known.log_sources, goal):
        return Plan(order, "exact", bound, _value(ways, order, goal) == bound)
    return replace(known, bound=bound, optimal=_value(ways, known.log_sources, goal) == bound)


def _value(ways: Ways, order: Sequence[str], goal: Goal) -> int:
    """Return what the goal counts: log sources for a gain, else techniques."""
    return len(order) if goal.gain is not None else len(seen_with(ways, frozenset(order)))


def _is_better(ways: Ways, order: Sequence[str], known: Sequence[str], goal: Goal) -> bool:
    if goal.gain is None:
        return _value(ways, order, goal) > _value(ways, known, goal)
    return len(order) < len(known) and len(seen_with(ways, frozenset(order))) >= goal.gain


def steps(needs: Sequence[AnalyticNeeds], found: Plan, *, without: str | None = None) -> list[Step]:
    """Return the plan `found` as rows: what each log source adds to what is visible."""
    ways = ways_to_see(needs, without=without)
    before = len(visible_by(needs, without=without))
    rows: list[Step] = []
    seen: set[str] = set()
    for number, log_source in enumerate(found.log_sources, start=1):
        now = seen_with(ways, frozenset(found.log_sources[:number]))
        rows.append(
            Step(
                release=needs[0].release,
                environment=needs[0].environment,
                step=number,
                log_source=log_source,
                gained=len(now - seen),
                visible_after=before + len(now),
                techniques=tuple(sorted(now - seen)),
                method=found.method,
                bound=found.bound,
                optimal=found.optimal,
            )
        )
        seen = now
    return rows


def losses(
    release: str,
    environment: str,
    log_source: str,
    *,
    needs: Iterable[AnalyticNeeds],
    blinded: Iterable[Blinded],
) -> list[Loss]:
    """Return the techniques that lose visibility or rules when `log_source` stops, by identifier."""
    needs = list(needs)
    unseen = visible_by(needs) - visible_by(needs, without=log_source)
    names = {each.technique_id: each.technique for each in needs if each.technique_id in unseen}
    blind: Mapping[str, Blinded] = {each.technique_id: each for each in blinded}
    names |= {name: each.technique for name, each in blind.items()}
    return [
        Loss(
            release=release,
            environment=environment,
            log_source=log_source,
            technique_id=technique_id,
            technique=names[technique_id],
            visibility_lost=technique_id in unseen,
            detection_lost=technique_id in blind and not blind[technique_id].detections_left,
            rules_blind=blind[technique_id].rules_blind if technique_id in blind else 0,
            detections_left=blind[technique_id].detections_left if technique_id in blind else None,
        )
        for technique_id in sorted(names)
    ]

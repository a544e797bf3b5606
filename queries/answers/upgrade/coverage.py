"""Coverage on two releases: how many techniques have each state, and which change theirs."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from queries.answers import rollup
from queries.ask import Asked, ask
from queries.params import OfRelease
from queries.questions.coverage.totals import BY_TECHNIQUE, TechniquesEvidence
from queries.questions.lookup.questions import TECHNIQUE_IDS

LIBRARY_STATES = ("covered", "unplaced", "off_platform", "protect_only", "guidance_only", "none")
"""From best to worst."""
BETTER, WORSE, NEW, GONE = "better", "worse", "new", "gone"


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many techniques have a state in each release."""

    state: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class StateChange:
    """A technique whose state changes.

    Attributes:
        change: better, worse, new (only the newer release has it) or gone (it has no one successor there).
        technique_id: in the older release; in the newer one where it is new.
        successor_id: what the newer release has in its place, if that is another technique.
    """

    change: str
    technique_id: str
    technique: str
    successor_id: str | None
    state_before: str | None
    state: str | None


@dataclass(frozen=True, slots=True)
class State:
    """A technique's state in one release."""

    technique: str
    state: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Coverage on two releases; `now` is the state of each technique in the newer one."""

    states: tuple[StateCount, ...]
    changes: tuple[StateChange, ...]
    now: Mapping[str, str]


def of_library(graph: Asked, before: str, after: str, *, of_set: str | None = None) -> Compared:
    """Return the coverage by all evidence in use, or by a set, on two releases.

    Raises:
        SightlineError: as `ask` raises it.
    """
    then, now = (
        {
            row.technique_id: State(row.technique, row.state)
            for row in ask(graph, BY_TECHNIQUE, TechniquesEvidence(release, set=of_set))
        }
        for release in (before, after)
    )
    return compared(then, now, successors(graph, after), LIBRARY_STATES)


def of_environment(
    graph: Asked, before: str, after: str, *, environment: str, of_set: str | None = None
) -> Compared:
    """Return the coverage in an environment on two releases.

    Raises:
        SightlineError: as `ask` raises it.
    """
    then, now = (
        {
            row.technique_id: State(row.technique, row.state)
            for row in rollup.by_technique(graph, release=release, environment=environment, of_set=of_set)
        }
        for release in (before, after)
    )
    return compared(then, now, successors(graph, after), rollup.STATES)


def successors(graph: Asked, release: str) -> dict[str, str]:
    """Return identifier -> the technique that it means in a release, for those that mean one.

    Raises:
        SightlineError: as `ask` raises it.
    """
    rows = ask(graph, TECHNIQUE_IDS, OfRelease(release))
    return {row.attack_id: row.technique_id for row in rows if row.technique_id is not None}


def compared(
    before: Mapping[str, State], after: Mapping[str, State], meant: Mapping[str, str], order: Sequence[str]
) -> Compared:
    """Return what changes from `before` to `after`; a technique with another id is the same one.

    Args:
        before: technique -> its state in the older release.
        after: the same in the newer one.
        meant: identifier -> what it means in the newer release.
        order: states, the best first.
    """
    old, new = (Counter(each.state for each in states.values()) for states in (before, after))
    states = tuple(StateCount(state, old[state], new[state]) for state in order if old[state] or new[state])
    now = {attack_id: each.state for attack_id, each in after.items()}
    return Compared(states, tuple(_changes(before, after, meant, order)), now)


def _changes(
    before: Mapping[str, State], after: Mapping[str, State], meant: Mapping[str, str], order: Sequence[str]
) -> Iterator[StateChange]:
    came_from: set[str] = set()
    for attack_id, then in sorted(before.items()):
        now_id = meant.get(attack_id)
        now = after.get(now_id) if now_id else None
        other = now_id if now_id != attack_id else None
        if now_id is None or now is None:
            yield StateChange(GONE, attack_id, then.technique, None, then.state, None)
            continue
        came_from.add(now_id)
        if then.state != now.state:
            change = BETTER if order.index(now.state) < order.index(then.state) else WORSE
            yield StateChange(change, attack_id, then.technique, other, then.state, now.state)
    for attack_id, now in sorted(after.items()):
        if attack_id not in before and attack_id not in came_from:
            yield StateChange(NEW, attack_id, now.technique, None, None, now.state)

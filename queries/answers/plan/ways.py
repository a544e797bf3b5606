"""How techniques become visible: each by one of several sets of log sources that must all be collected."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from queries.answers.narrowing import Narrowing, wanted
from queries.ask import Asked
from queries.questions.coverage.visibility import AnalyticNeeds

Way: TypeAlias = frozenset[str]
"""The log sources that one analytic lacks."""
Ways: TypeAlias = Mapping[str, frozenset[Way]]
"""Technique -> its ways; any one of them in whole makes it visible."""


def among(
    graph: Asked, needs: Iterable[AnalyticNeeds], release: str, narrowing: Narrowing
) -> list[AnalyticNeeds]:
    """Return the analytics of the techniques, and for the platform, that `narrowing` leaves.

    Raises:
        NotFoundError: the release has no such tactic or user.
    """
    left = wanted(graph, release, narrowing)
    return [
        each
        for each in needs
        if (left is None or each.technique_id in left) and narrowing.is_on(*each.platforms)
    ]


def visible_by(needs: Iterable[AnalyticNeeds], *, without: str | None = None) -> frozenset[str]:
    """Return the techniques that are visible now, or would be if the log source `without` stopped."""
    return frozenset(
        each.technique_id for each in needs if not each.lacking and without not in each.log_sources
    )


def ways_to_see(needs: Iterable[AnalyticNeeds], *, without: str | None = None) -> Ways:
    """Return the ways in which the techniques that are not visible can be, none of them through `without`."""
    needs = list(needs)
    seen = visible_by(needs, without=without)
    ways: dict[str, set[Way]] = defaultdict(set)
    for each in needs:
        if each.technique_id not in seen and without not in each.log_sources:
            ways[each.technique_id].add(frozenset(each.lacking))
    return {technique: shortest(found) for technique, found in ways.items()}


def shortest(ways: Collection[Way]) -> frozenset[Way]:
    """Return `ways` without those that contain another one: they are never needed."""
    return frozenset(way for way in ways if not any(other < way for other in ways))


def seen_with(ways: Ways, log_sources: AbstractSet[str]) -> set[str]:
    """Return the techniques of `ways` that collecting `log_sources` makes visible."""
    return {technique for technique, each in ways.items() if any(way <= log_sources for way in each)}


def ways_left(ways: Ways, log_sources: AbstractSet[str]) -> dict[str, frozenset[Way]]:
    """Return what is still needed for the techniques that `log_sources` leaves unseen."""
    seen = seen_with(ways, log_sources)
    return {
        technique: shortest({way - log_sources for way in each})
        for technique, each in ways.items()
        if technique not in seen
    }


def ways_within(ways: Ways, log_sources: AbstractSet[str]) -> dict[str, frozenset[Way]]:
    """Return the ways that need nothing but `log_sources`."""
    within = {
        technique: frozenset(way for way in each if way <= log_sources) for technique, each in ways.items()
    }
    return {technique: each for technique, each in within.items() if each}

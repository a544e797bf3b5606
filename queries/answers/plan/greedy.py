"""A good order in which to collect log sources, and how far from the best any order can be.

A technique becomes visible by the last log source that one of its analytics lacks; the ones before it show nothing.
So the number of visible techniques is not submodular: two log sources may be worth nothing alone and much together.
Taking one log source at a time can stop at nothing, and the well-known 1 - 1/e of greedy choice does not hold.
With two log sources per analytic the question contains densest-k-subgraph, for which no algorithm with a constant
factor is known (Manurangsi 2017 rules it out under the exponential-time hypothesis). The greedy choice here takes
whole missing sets, by techniques per log source, and promises no factor; `Ceiling` bounds what any choice can do.
Where every analytic lacks just one log source, the number is submodular, and 1 - 1/e holds (Nemhauser, Wolsey and
Fisher 1978).
"""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from queries.answers.plan.ways import Way, Ways, seen_with, ways_left, ways_within


def best(ways: Ways, sources: int) -> list[str]:
    """Return at most `sources` log sources in the order of collecting; fewer where more of them show nothing."""
    return _chosen(ways, techniques=len(ways), sources=sources)


def fewest(ways: Ways, gain: int) -> list[str]:
    """Return log sources that make at least `gain` techniques visible, none of them to spare.

    All techniques of `ways` become visible where `gain` is more than there are.
    """
    gain = min(gain, len(ways))
    chosen = _chosen(ways, techniques=gain, sources=sum(len(each) for each in _all_ways(ways)))
    for source in reversed(chosen):
        others = [each for each in chosen if each != source]
        if len(seen_with(ways, frozenset(others))) >= gain:
            chosen = others
    return ordered(ways, frozenset(chosen))


def ordered(ways: Ways, log_sources: AbstractSet[str]) -> list[str]:
    """Return `log_sources` in the order in which they show most soonest, without those that show nothing."""
    within = ways_within(ways, log_sources)
    return _chosen(within, techniques=len(within), sources=len(log_sources))


def _chosen(ways: Ways, *, techniques: int, sources: int) -> list[str]:
    """Return log sources, a missing set after the other, until `techniques` are visible or `sources` are taken."""
    chosen: list[str] = []
    left = ways_left(ways, frozenset())
    wanted = techniques
    while wanted > 0:
        bundle = _bundle(left, room=sources - len(chosen), wanted=wanted)
        if bundle is None:
            break
        chosen += _one_by_one(left, bundle)
        before = len(left)
        left = ways_left(left, bundle)
        wanted -= before - len(left)
    return chosen


def _bundle(left: Ways, *, room: int, wanted: int) -> Way | None:
    """Return the missing set of at most `room` log sources that shows most per log source, up to `wanted`."""
    shown = _shown_by(left, room)

    def worth(bundle: Way) -> tuple[float, int, list[str]]:
        return -min(shown[bundle], wanted) / len(bundle), len(bundle), sorted(bundle)

    return min(shown, key=worth, default=None)


def _shown_by(left: Ways, room: int) -> dict[Way, int]:
    """Return how many techniques each missing set of at most `room` log sources makes visible."""
    by_member: dict[str, list[tuple[Way, str]]] = defaultdict(list)
    for technique, each in left.items():
        for way in each:
            by_member[min(way)].append((way, technique))
    return {
        bundle: len({name for source in bundle for way, name in by_member.get(source, ()) if way <= bundle})
        for bundle in _all_ways(left)
        if len(bundle) <= room
    }


def _one_by_one(left: Ways, bundle: Way) -> list[str]:
    """Return the members of `bundle`, those first that show something before the others come."""
    taken: list[str] = []
    for _ in bundle:
        taken.append(
            min(
                bundle.difference(taken),
                key=lambda source: (-len(seen_with(left, frozenset((*taken, source)))), source),
            )
        )
    return taken


def _all_ways(ways: Ways) -> set[Way]:
    return {way for each in ways.values() for way in each}


@dataclass(frozen=True, slots=True)
class Ceiling:
    """What no choice of log sources can exceed, seen from one set of collected ones.

    A way of n log sources gives each of them a share of 1/n in the technique. A log source's share is the sum of its
    best shares over techniques, so the shares of any choice add up to at least the techniques that it shows. That
    holds for what a choice adds to log sources that are collected already, too.

    Attributes:
        seen: techniques that the collected log sources show.
        shares: the share of each other log source in what is left, the largest first.
    """

    seen: int
    shares: tuple[Fraction, ...]

    def of(self, sources: int) -> int:
        """Return a number of techniques that no choice of `sources` log sources exceeds."""
        return self.seen + floor(sum(self.shares[:sources], Fraction(0)))


def ceilings(ways: Ways, order: Sequence[str]) -> list[Ceiling]:
    """Return the ceilings seen from each beginning of `order`; all hold, the lowest says most."""
    return [_ceiling(ways, frozenset(order[:taken])) for taken in range(len(order) + 1)]


def _ceiling(ways: Ways, collected: frozenset[str]) -> Ceiling:
    left = ways_left(ways, collected)
    shares: dict[str, Fraction] = defaultdict(Fraction)
    for each in left.values():
        smallest: dict[str, int] = {}
        for way in each:
            for source in way:
                smallest[source] = min(len(way), smallest.get(source, len(way)))
        for source, size in smallest.items():
            shares[source] += Fraction(1, size)
    return Ceiling(len(ways) - len(left), tuple(sorted(shares.values(), reverse=True)))


def most_techniques(ways: Ways, order: Sequence[str], sources: int) -> int:
    """Return a number of techniques that no `sources` log sources exceed."""
    return min(len(ways), *(each.of(sources) for each in ceilings(ways, order)))


def least_sources(ways: Ways, order: Sequence[str], gain: int) -> int:
    """Return a number of log sources below which no choice gains `gain` techniques; `order` does."""
    views = ceilings(ways, order)
    return next(count for count in range(len(order) + 1) if min(each.of(count) for each in views) >= gain)

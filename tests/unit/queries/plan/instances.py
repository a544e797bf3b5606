"""Small instances, and the best plans of them by trying every choice."""

from itertools import combinations

from hypothesis import strategies as st

from queries.answers.plan.ways import Ways, seen_with, shortest
from queries.questions.coverage.visibility import AnalyticNeeds

SOURCES = "abcdefg"
a_way = st.frozensets(st.sampled_from(SOURCES), min_size=1, max_size=4)
some_ways = st.dictionaries(
    st.sampled_from([f"T{n}" for n in range(8)]),
    st.frozensets(a_way, min_size=1, max_size=4).map(shortest),
    max_size=8,
)
a_need = st.tuples(
    st.sampled_from([f"T{n}" for n in range(6)]),
    st.frozensets(st.sampled_from(SOURCES), min_size=1, max_size=3),
)
COLLECTED = frozenset("ab")


def needs_of(pairs: list[tuple[str, frozenset[str]]]) -> list[AnalyticNeeds]:
    """Needs in an environment that collects `a` and `b`."""
    return [
        AnalyticNeeds(
            "r", "e", technique, technique.lower(), f"AN{number}", ("Windows",),
            tuple(sorted(sources)), tuple(sorted(sources - COLLECTED)),
        )
        for number, (technique, sources) in enumerate(pairs)
    ]  # fmt: skip


def most_by_trying(ways: Ways, sources: int) -> int:
    """The most techniques that `sources` log sources can show."""
    return max(len(seen_with(ways, frozenset(choice))) for choice in combinations(SOURCES, sources))


def fewest_by_trying(ways: Ways, gain: int) -> int:
    """The fewest log sources that show `gain` techniques."""
    return next(count for count in range(len(SOURCES) + 1) if most_by_trying(ways, count) >= gain)

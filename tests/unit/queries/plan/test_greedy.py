"""The greedy choice against trying every choice, and bounds that hold."""

from hypothesis import given
from hypothesis import strategies as st

from queries.answers.plan.greedy import best, fewest, least_sources, most_techniques, ordered
from queries.answers.plan.ways import Ways, seen_with
from tests.unit.queries.plan.instances import SOURCES, fewest_by_trying, most_by_trying, some_ways


def way(*members: str) -> frozenset[str]:
    return frozenset(members)


@given(some_ways, st.integers(0, len(SOURCES)))
def test_no_choice_exceeds_the_bound(ways: Ways, sources: int) -> None:
    order = best(ways, sources)
    most = most_by_trying(ways, sources)
    assert len(order) <= sources
    assert len(seen_with(ways, frozenset(order))) <= most <= most_techniques(ways, order, sources)


@given(some_ways, st.data())
def test_no_choice_goes_below_the_bound(ways: Ways, data: st.DataObject) -> None:
    gain = data.draw(st.integers(0, len(ways)))
    order = fewest(ways, gain)
    assert len(seen_with(ways, frozenset(order))) >= gain
    assert least_sources(ways, order, gain) <= fewest_by_trying(ways, gain) <= len(order)


@given(some_ways, st.data())
def test_nothing_is_to_spare(ways: Ways, data: st.DataObject) -> None:
    gain = data.draw(st.integers(1, max(1, len(ways))))
    order = fewest(ways, min(gain, len(ways)))
    for source in order:
        assert len(seen_with(ways, frozenset(order) - {source})) < gain


@given(some_ways)
def test_everything_that_can_be_seen_is_in_the_end(ways: Ways) -> None:
    assert seen_with(ways, frozenset(best(ways, len(SOURCES)))) == set(ways)


@given(some_ways, st.frozensets(st.sampled_from(SOURCES)))
def test_an_order_shows_what_the_set_shows_with_no_repetition(ways: Ways, choice: frozenset[str]) -> None:
    order = ordered(ways, choice)
    assert len(set(order)) == len(order)
    assert seen_with(ways, frozenset(order)) == seen_with(ways, choice)


@given(st.dictionaries(st.text("T", min_size=1), st.frozensets(st.sampled_from(SOURCES), min_size=1)))
def test_the_known_factor_holds_where_each_analytic_lacks_one(given_ways: dict[str, frozenset[str]]) -> None:
    ways = {technique: frozenset(way(source) for source in each) for technique, each in given_ways.items()}
    for sources in range(len(SOURCES)):
        shown = len(seen_with(ways, frozenset(best(ways, sources))))
        assert shown >= (1 - 1 / 2.718281828) * most_by_trying(ways, sources)


def test_two_that_show_something_only_together_are_taken_together() -> None:
    ways = {"T1": frozenset({way("a", "b")}), "T2": frozenset({way("a", "b")})}
    assert best(ways, 2) == ["a", "b"]
    assert best(ways, 1) == []


def test_more_per_log_source_comes_first() -> None:
    three_by_two = {f"T{n}": frozenset({way("a", "b")}) for n in range(3)}
    assert best({**three_by_two, "T9": frozenset({way("c")})}, 3) == ["a", "b", "c"]
    assert best({**three_by_two, "T8": frozenset({way("c")}), "T9": frozenset({way("c")})}, 3)[0] == "c"


def test_greedy_can_be_beaten() -> None:
    """Most per log source first leaves no room for the pair: the reason for the bound and the solver."""
    ways = {f"S{n}": frozenset({way("a")}) for n in range(2)} | {
        f"P{n}": frozenset({way("b", "c")}) for n in range(3)
    }
    assert best(ways, 2) == ["a"]
    assert most_by_trying(ways, 2) == 3
    assert most_techniques(ways, ["a"], 2) == 3

"""What is visible, what is missing, and what stops with a log source."""

from hypothesis import given
from hypothesis import strategies as st

from queries.answers.plan.ways import seen_with, visible_by, ways_left, ways_to_see, ways_within
from tests.unit.queries.plan.instances import COLLECTED, SOURCES, a_need, needs_of, some_ways

choices = st.frozensets(st.sampled_from(SOURCES))


@given(st.lists(a_need, max_size=12), choices)
def test_a_technique_is_visible_when_one_analytic_lacks_nothing(
    pairs: list[tuple[str, frozenset[str]]], more: frozenset[str]
) -> None:
    needs = needs_of(pairs)
    shown = {technique for technique, sources in pairs if sources <= COLLECTED | more}
    assert visible_by(needs) | seen_with(ways_to_see(needs), more) == shown


@given(st.lists(a_need, max_size=12), choices)
def test_what_stopped_shows_nothing_and_cannot_be_collected(
    pairs: list[tuple[str, frozenset[str]]], more: frozenset[str]
) -> None:
    needs = needs_of(pairs)
    shown = {technique for technique, sources in pairs if sources <= (COLLECTED | more) - {"a"}}
    ways = ways_to_see(needs, without="a")
    assert visible_by(needs, without="a") | seen_with(ways, more - {"a"}) == shown
    assert all("a" not in way for each in ways.values() for way in each)


@given(some_ways, choices, choices)
def test_what_is_left_needs_the_rest(
    ways: dict[str, frozenset[frozenset[str]]], first: frozenset[str], then: frozenset[str]
) -> None:
    left = ways_left(ways, first)
    assert seen_with(ways, first) | seen_with(left, then) == seen_with(ways, first | then)
    assert left.keys() == ways.keys() - seen_with(ways, first)


@given(some_ways, choices)
def test_what_is_within_a_choice_is_what_it_shows(
    ways: dict[str, frozenset[frozenset[str]]], choice: frozenset[str]
) -> None:
    assert ways_within(ways, choice).keys() == seen_with(ways, choice)

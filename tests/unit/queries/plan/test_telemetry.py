"""Plans as rows, and what is lost."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import UsageError
from queries.answers.plan import exact
from queries.answers.plan.telemetry import Goal, losses, plan, steps
from queries.answers.plan.ways import Ways, seen_with, visible_by, ways_to_see
from queries.questions.coverage.visibility import Blinded
from tests.unit.queries.plan.instances import (
    COLLECTED,
    SOURCES,
    a_need,
    fewest_by_trying,
    most_by_trying,
    needs_of,
    some_ways,
)

SECONDS = 10.0 if exact.installed() else 0.0


@settings(deadline=None, max_examples=50)
@given(some_ways, st.integers(1, len(SOURCES)))
def test_a_plan_that_is_called_optimal_is(ways: Ways, sources: int) -> None:
    for seconds in {0.0, SECONDS}:
        found = plan(ways, Goal(sources=sources), seconds=seconds)
        shown = len(seen_with(ways, frozenset(found.log_sources)))
        most = most_by_trying(ways, sources)
        assert shown <= most <= found.bound
        assert found.optimal == (shown == found.bound)
        assert found.optimal or not seconds


@settings(deadline=None, max_examples=50)
@given(some_ways.filter(bool), st.data())
def test_a_plan_for_a_gain_reaches_it(ways: Ways, data: st.DataObject) -> None:
    gain = data.draw(st.integers(1, len(ways)))
    for seconds in {0.0, SECONDS}:
        found = plan(ways, Goal(gain=gain), seconds=seconds)
        assert len(seen_with(ways, frozenset(found.log_sources))) >= gain
        assert found.bound <= fewest_by_trying(ways, gain) <= len(found.log_sources)
        assert found.optimal == (len(found.log_sources) == found.bound)
        assert found.optimal or not seconds


def test_a_gain_out_of_reach_says_what_is_in_reach() -> None:
    with pytest.raises(UsageError, match="--gain: 1 more techniques can become visible, not 2"):
        plan({"T1": frozenset({frozenset("a")})}, Goal(gain=2))


@given(st.lists(a_need, min_size=1, max_size=12), st.integers(1, 5))
def test_the_steps_add_up(pairs: list[tuple[str, frozenset[str]]], sources: int) -> None:
    needs = needs_of(pairs)
    found = plan(ways_to_see(needs), Goal(sources=sources))
    rows = steps(needs, found)
    after = len(visible_by(needs))
    for number, row in enumerate(rows, start=1):
        after += row.gained
        assert (row.step, row.visible_after, row.gained) == (number, after, len(row.techniques))
    shown = {technique for technique, each in pairs if each <= COLLECTED | set(found.log_sources)}
    assert {name for row in rows for name in row.techniques} == shown - visible_by(needs)


def test_what_is_lost() -> None:
    needs = needs_of(
        [("T1", frozenset("a")), ("T2", frozenset("ab")), ("T2", frozenset("b")), ("T3", frozenset("ac"))]
    )
    blinded = [
        Blinded("r", "e", "a", "T2", "t2", 2, 1, ("x", "y")),
        Blinded("r", "e", "a", "T9", "t9", 1, 0, ("x",)),
    ]
    rows = losses("r", "e", "a", needs=needs, blinded=blinded)
    assert [
        (row.technique_id, row.visibility_lost, row.detection_lost, row.rules_blind, row.detections_left)
        for row in rows
    ] == [("T1", True, False, 0, None), ("T2", False, False, 2, 1), ("T9", False, True, 1, 0)]

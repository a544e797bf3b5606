"""The solver against trying every choice; skipped where the extra is not installed."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import UsageError
from queries.answers.plan import exact
from queries.answers.plan.exact import best, fewest
from queries.answers.plan.ways import Ways, seen_with
from tests.unit.queries.plan.instances import SOURCES, fewest_by_trying, most_by_trying, some_ways

needs_solver = pytest.mark.skipif(not exact.installed(), reason="the extra `plan` (HiGHS) is not installed")
one_or_more = some_ways.filter(bool)


@needs_solver
@settings(max_examples=40, deadline=None)
@given(one_or_more, st.integers(0, len(SOURCES)))
def test_the_most_techniques(ways: Ways, sources: int) -> None:
    found = best(ways, sources, seconds=10)
    assert found.log_sources is not None
    assert len(found.log_sources) <= sources
    most = most_by_trying(ways, sources)
    assert (len(seen_with(ways, found.log_sources)), found.bound, found.proven) == (most, most, True)


@needs_solver
@settings(max_examples=40, deadline=None)
@given(one_or_more, st.data())
def test_the_fewest_log_sources(ways: Ways, data: st.DataObject) -> None:
    gain = data.draw(st.integers(1, len(ways)))
    found = fewest(ways, gain, seconds=10)
    assert found.log_sources is not None
    assert len(seen_with(ways, found.log_sources)) >= gain
    few = fewest_by_trying(ways, gain)
    assert (len(found.log_sources), found.bound, found.proven) == (few, few, True)


@needs_solver
def test_without_time_there_is_a_bound_that_holds_or_none() -> None:
    ways = {f"T{n}": frozenset({frozenset({f"s{n}", f"s{n + 1}"})}) for n in range(60)}
    found = best(ways, 10, seconds=0)
    assert found.bound >= 9
    assert found.log_sources is None or len(found.log_sources) <= 10


PLANS = """
from queries.answers.plan.exact import best
ways = {f"T{n}": frozenset({frozenset({f"s{n}", f"s{n + 1}"})}) for n in range(9)}
print(best(ways, 3, seconds=10).bound)
"""


@needs_solver
@pytest.mark.parametrize("closed", ["", ">&-"])
def test_stdout_carries_nothing_of_the_solvers(closed: str) -> None:
    command = f'exec "$0" -c "$1" {closed}'
    run = subprocess.run(["/bin/sh", "-c", command, sys.executable, PLANS], capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (0, b"")
    assert run.stdout == (b"" if closed else b"2\n")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exact, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"needs HiGHS; .*--require-hashes -r .*plan\.lock"):
        best({"T1": frozenset({frozenset("a")})}, 1, seconds=1)

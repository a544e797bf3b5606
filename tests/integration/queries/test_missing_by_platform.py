"""What techniques lack, narrowed to a platform: one of the technique's own, or the one that a row is about."""

import pytest

from graph.server.connection import Graph
from queries.answers.kinds import count, find, kind
from queries.answers.narrowing import Narrowing
from tests.integration.queries.small_sets import guidance, load_release, technique

ON_WINDOWS = Narrowing(platform="windows")


@pytest.fixture
def release(graph: Graph) -> str:
    """T1001 is of both platforms and has guidance for Linux only; T1002 is of Linux, T1003 states no platform."""
    both = technique("T1001", "Windows", "Linux")
    others = technique("T1002", "Linux"), technique("T1003")
    return load_release(graph, "18.1", both, *others, *guidance(both, "Linux", "auditd:SYSCALL"))


@pytest.mark.parametrize(
    "name", ["technique-unclaimed", "technique-without-mitigation", "technique-without-test"]
)
def test_techniques_of_the_platform_are_left(graph: Graph, release: str, name: str) -> None:
    rows = find(graph, kind(name), release=release, narrowing=ON_WINDOWS)
    assert [row.attack_id for row in rows] == ["T1001"]


def test_a_row_about_a_platform_is_left_for_that_one_only(graph: Graph, release: str) -> None:
    bare = kind("technique-platform-without-analytic")
    on_linux = find(graph, bare, release=release, narrowing=Narrowing(platform="Linux"))
    assert [(row.attack_id, row.detail) for row in on_linux] == [("T1002", "Linux")]
    on_windows = find(graph, bare, release=release, narrowing=ON_WINDOWS)
    assert [(row.attack_id, row.detail) for row in on_windows] == [("T1001", "Windows")]


def test_platform_and_list_both_hold(graph: Graph, release: str) -> None:
    both = Narrowing(platform="Linux", techniques=frozenset({"T1002", "T1003"}))
    rows = find(graph, kind("technique-unclaimed"), release=release, narrowing=both)
    assert [row.attack_id for row in rows] == ["T1002"]


def test_counts_by_platform_begin_with_what_nothing_claims(graph: Graph, release: str) -> None:
    counted = {each.kind: each.count for each in count(graph, release=release, narrowing=ON_WINDOWS)}
    assert next(iter(counted.items())) == ("technique-unclaimed", 1)
    assert "analytic-without-log-source" not in counted

"""The measure of the quality benchmark, on cases small enough to count by hand."""

import pytest

from bench.related_quality import Case, Seen, cases, figures, hits


def test_the_best_ten_are_counted() -> None:
    given = {f"T{n}": 20.0 - n for n in range(20)}
    assert hits(given, {"T0", "T9", "T10"}, set(given)) == 2
    assert hits(given, {"T0", "T9", "T10"}, set(given) - {"T3"}) == 3


def test_equal_scores_count_by_their_mean() -> None:
    given = dict.fromkeys([f"T{n}" for n in range(20)], 1.0)
    assert hits(given, {"T0", "T1"}, set(given)) == pytest.approx(1.0)
    assert hits({"T0": 1.0}, {"T0", "T1"}, {"T0", "T1"}) == 1


def seen(together: dict[str, set[str]], live: str = "abcd") -> Seen:
    return Seen(
        dict.fromkeys(live, frozenset({"x"})),
        dict.fromkeys(live, 1),
        {technique: frozenset(others) for technique, others in together.items()},
    )


def test_a_case_is_a_new_companion_of_two_that_live_in_both() -> None:
    earlier = seen({"a": {"b"}, "b": {"a"}}, live="abcd")
    later = seen({"a": {"b", "c", "e"}, "b": {"a", "c"}, "c": {"a", "b"}}, live="abce")
    assert cases(earlier, later) == [
        Case("a", frozenset("c"), frozenset("c")),
        Case("b", frozenset("c"), frozenset("c")),
        Case("c", frozenset("ab"), frozenset("ab")),
    ]


def test_figures_are_means_over_the_cases() -> None:
    measured = [
        (Case("a", frozenset("bc"), frozenset("bcd")), {"m": {"b": 1.0, "d": 0.5}}),
        (Case("b", frozenset("d"), frozenset("cd")), {"m": {"a": 0.9}}),
    ]
    found = figures(measured, "m")
    assert (found.precision, found.recall, found.listed) == pytest.approx((0.05, 0.25, 1.0))
    assert found.per_listed == pytest.approx(0.5)

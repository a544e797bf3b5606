"""Which of the sets of one name is in use."""

from itertools import permutations

import pytest

from graph.holding.sets import LoadedSet, in_use


def loaded(version: str, at: str = "2026-01-01T00:00:00Z", *, current: bool = False) -> LoadedSet:
    return LoadedSet(f"rules@{version}", "rules", version, "", None, 1, current, None, at)


@pytest.mark.parametrize(
    "versions",
    [
        ("r2026-04-01", "main-2026-08-05"),
        ("main-2026-04-01", "r2026-08-05"),
        ("9.0", "10.0"),
        ("12.11.2023", "1.2.2024", "07.18.2025"),
        ("rev5-attack-9.0", "rev5-attack-16.1"),
        ("2026-04-01.fffffff1", "2026-08-05.0aaaaaa1"),
        ("2026-04-01.9999999", "2026-08-05.1111111"),
        ("20260401", "20260805"),
    ],
)
def test_the_newest_is_in_use_whatever_the_order_of_loading(versions: tuple[str, ...]) -> None:
    for order in permutations(versions):
        sets = [loaded(version, f"2026-01-0{day}") for day, version in enumerate(order, 1)]
        assert in_use(sets).version == versions[-1]


@pytest.mark.parametrize(
    "versions",
    [
        ("f00ba12", "0a1b2c3"),
        ("1.0", "0a1b2c3"),
        ("7", "r2026-04-01"),
        ("main", "dev"),
        ("2026-08-05.f00ba12", "2026-08-05.0a1b2c3"),
        ("2026-08-05.2222222", "2026-08-05.1111111"),
        ("9876543", "1234567"),
    ],
)
def test_where_versions_cannot_be_compared_the_last_loaded_is_in_use(versions: tuple[str, ...]) -> None:
    for order in permutations(versions):
        sets = [loaded(version, f"2026-01-0{day}") for day, version in enumerate(order, 1)]
        assert in_use(sets).version == order[-1]


def test_of_two_loaded_in_one_second_the_one_in_use_stays() -> None:
    assert in_use([loaded("f00ba12"), loaded("0a1b2c3", current=True)]).version == "0a1b2c3"
    assert in_use([loaded("f00ba12", current=True), loaded("0a1b2c3")]).version == "f00ba12"

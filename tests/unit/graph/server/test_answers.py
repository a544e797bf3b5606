"""What is too deep or has no form: errors of ours, and plans of any depth."""

import threading
from collections.abc import Callable

import pytest
from neo4j._codec.hydration import BrokenHydrationObject

from graph.errors import LimitExceededError
from graph.server.deadline import Watchdog, within
from graph.server.parts import part_row
from graph.server.results import plan
from graph.server.values import BrokenValueError, RowForm, json_bytes, plain_row

DEPTH = 5000


def nested(depth: int) -> list[object]:
    value: list[object] = []
    for _ in range(depth):
        value = [value]
    return value


def test_a_plan_of_any_depth_is_read_and_walked_in_order() -> None:
    stated: dict[str, object] = {"operatorType": "Leaf@neo4j"}
    for at in range(DEPTH):
        side = {"operatorType": f"Side{at}@neo4j", "args": {"Details": "x"}}
        stated = {"operatorType": f"Union{at}@neo4j", "children": [side, stated]}
    operators = [each.operator for each in plan(stated).walk()]
    assert operators[:4] == [f"Union{DEPTH - 1}", f"Side{DEPTH - 1}", f"Union{DEPTH - 2}", f"Side{DEPTH - 2}"]
    assert operators[-1] == "Leaf"
    assert len(operators) == 2 * DEPTH + 1


@pytest.mark.parametrize("depth", [300, DEPTH])
def test_what_is_too_deep_is_over_a_limit(depth: int) -> None:
    watchdog = Watchdog()
    with (
        pytest.raises(LimitExceededError, match="nested too deeply"),
        within(3600, threading.Event().set, "here", watchdog),
    ):
        json_bytes(part_row([nested(depth)]))
    watchdog.close()


@pytest.mark.parametrize("form", [plain_row, part_row])
@pytest.mark.parametrize("around", [lambda value: value, lambda value: [value], lambda value: {"a": value}])
def test_a_broken_value_is_never_drawn(form: RowForm, around: Callable[[object], object]) -> None:
    broken = BrokenHydrationObject(ValueError("year"), None)  # type: ignore[no-untyped-call]
    with pytest.raises(BrokenValueError):
        form([1, around(broken)])

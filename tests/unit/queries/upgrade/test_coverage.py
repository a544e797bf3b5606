"""What changes between two releases: a technique with another id is the same one."""

from queries.answers.upgrade.coverage import LIBRARY_STATES, State, StateChange, StateCount, compared


def states(**by_id: str) -> dict[str, State]:
    return {attack_id: State(attack_id.lower(), state) for attack_id, state in by_id.items()}


def test_a_rename_is_no_change_and_a_loss_is_one() -> None:
    before = states(T1="covered", T2="covered", T3="none", T4="covered", T5="covered")
    after = states(T9="covered", T2="guidance_only", T3="unplaced", T8="none")
    found = compared(before, after, {"T1": "T9", "T2": "T2", "T3": "T3", "T5": "T8"}, LIBRARY_STATES)
    assert found.changes == (
        StateChange("worse", "T2", "t2", None, "covered", "guidance_only"),
        StateChange("better", "T3", "t3", None, "none", "unplaced"),
        StateChange("gone", "T4", "t4", None, "covered", None),
        StateChange("worse", "T5", "t5", "T8", "covered", "none"),
    )
    assert found.states[0] == StateCount("covered", 4, 1)


def test_what_nothing_became_is_new() -> None:
    found = compared({}, states(T8="covered"), {"T8": "T8"}, LIBRARY_STATES)
    assert found.changes == (StateChange("new", "T8", "t8", None, None, "covered"),)
    assert found.now == {"T8": "covered"}

"""Coverage over releases: what has another id or name in one is the same row, and what is not there has none."""

from dataclasses import dataclass

from queries.answers.over import Count, State, counts_over, states_over

RELEASES = ("17.1", "18.1", "19.1")


@dataclass(frozen=True)
class Meanings:
    """T1 is T9 now, and so is T2; Network is called Network Devices."""

    def technique(self, attack_id: str) -> str:
        return {"T1": "T9", "T2": "T9"}.get(attack_id, attack_id)

    def platform(self, name: str | None) -> str | None:
        return {"Network": "Network Devices"}.get(name or "", name)


def state(attack_id: str, found: str, platform: str | None = None, detect: int = 0) -> State:
    return State(attack_id, f"name of {attack_id}", platform, None, found, detect)


def test_techniques_that_became_one_are_one_row() -> None:
    rows = [[state("T1", "none"), state("T2", "covered", detect=3)], [], [state("T9", "covered", detect=2)]]
    (row,) = states_over(RELEASES, rows, Meanings())
    assert (row.technique_id, row.technique) == ("T9", "name of T9")
    assert row.technique_ids == ("T1+T2", None, "T9")
    assert row.states == ("covered", None, "covered")
    assert row.detect == (3, None, 2)
    assert row.change == "same"


def test_what_changes_is_told_from_the_first_release_to_the_last() -> None:
    rows = [
        [state("T3", "covered"), state("T4", "covered"), state("T6", "gap", "Network")],
        [],
        [state("T3", "none"), state("T5", "none"), state("T6", "covered", "Network Devices")],
    ]
    found = states_over(RELEASES, rows, Meanings())
    assert [(row.technique_id, row.platform, row.change) for row in found] == [
        ("T3", None, "worse"),
        ("T4", None, "gone"),
        ("T5", None, "new"),
        ("T6", "Network Devices", "better"),
    ]


def test_the_id_that_was_asked_for_heads_its_rows() -> None:
    rows = [
        [state("T1", "covered", "Linux")],
        [state("T1", "covered", "Linux")],
        [state("T9", "none", "Linux")],
    ]
    (row,) = states_over(RELEASES, rows, Meanings(), "T1")
    assert (row.technique_id, row.change) == ("T9", "worse")


def test_a_platform_that_was_lost_is_of_the_technique_as_it_is_called_now() -> None:
    rows = [
        [state("T1", "covered", "Linux"), state("T1", "covered", "PRE")],
        [],
        [state("T9", "none", "Linux")],
    ]
    for asked in (None, "T1"):
        found = states_over(RELEASES, rows, Meanings(), asked)
        assert {(row.platform, row.technique_id, row.technique, row.change) for row in found} == {
            ("Linux", "T9", "name of T9", "worse"),
            ("PRE", "T9", "name of T9", "gone"),
        }


def test_a_renamed_tactic_is_one_row_and_a_new_one_has_no_past() -> None:
    rows = [
        [Count("TA1", "TA1", "Evasion", 10, 4)],
        [Count("TA1", "TA1", "Evasion", 10, 5)],
        [Count("TA2", "TA2", "Impairment", 3, 1), Count("TA1", "TA1", "Stealth", 8, 6)],
    ]
    new, renamed = counts_over("tactic", "covered", RELEASES, rows)
    assert (new.name, new.names, new.counts, new.change) == (
        "Impairment",
        (None, None, "Impairment"),
        (None, None, 1),
        0,
    )
    assert (renamed.name, renamed.names) == ("Stealth", ("Evasion", "Evasion", "Stealth"))
    assert (renamed.of, renamed.counts, renamed.change) == ((10, 10, 8), (4, 5, 6), 2)


def test_platforms_that_became_one_are_added_up() -> None:
    rows = [
        [Count("IaaS", None, "AWS", 2, 1), Count("IaaS", None, "GCP", 3, 1)],
        [Count("IaaS", None, "IaaS", 4, 4)],
    ]
    (row,) = counts_over("platform", "covered", RELEASES[:2], rows)
    assert (row.names, row.of, row.counts, row.change) == (("AWS+GCP", "IaaS"), (5, 4), (2, 4), 2)

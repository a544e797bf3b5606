"""What a patch says of each tag: what takes its place, written as the rule writes it, or that a person decides."""

import pytest

from loaders.rewriting.patch import Carrier, Change, Patching, place_of_tactic
from loaders.rewriting.tags import shortname, with_tactic, with_technique

RECORD = "title: x\ntags:\n  - attack.defense-evasion\n  - attack.t1562.001\n"
CARRIER = Carrier("a.yml", "one", "sigma", 11, RECORD)


def change(old: str, *successors: str, at: str = "/tags/1", carrier: Carrier = CARRIER) -> Change:
    return Change(carrier, at, old, successors, "why")


@pytest.mark.parametrize(
    ("written", "attack_id", "expected"),
    [
        ("attack.t1562.001", "T1685.001", "attack.t1685.001"),
        ("attack.T1562", "T1685", "attack.T1685"),
        ("T1562.001", "T1685", "T1685"),
        ("t1562 and t1001", "T1685", None),
        ("impair", "T1685", None),
    ],
)
def test_another_technique_is_written_alike(written: str, attack_id: str, expected: str | None) -> None:
    assert with_technique(written, attack_id) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("attack.defense-evasion", "attack.defense-impairment"),
        ("attack.defense_evasion", "attack.defense_impairment"),
        ("DefenseEvasion", "DefenseImpairment"),
        ("defense-evasion", "defense-impairment"),
    ],
)
def test_another_tactic_is_written_alike(written: str, expected: str) -> None:
    assert shortname(written) == "defense-evasion"
    assert with_tactic(written, "defense-impairment") == expected


def test_an_entry_only_where_there_is_one_successor() -> None:
    patching = Patching()
    present = {"T1685"}
    patching.technique(change("attack.t1562.001", "T1690"), present)
    patching.technique(change("attack.t1562.002", "T1685"), present)
    patching.technique(change("attack.t1562.003", "T1690"), present)
    patching.technique(change("attack.t1562.004", "T1", "T2"), present)
    patching.technique(change("attack.t1562.005"), present)
    patch = patching.whole()
    assert [(each.old[-3:], each.new, each.line) for each in patch.techniques] == [
        ("001", "attack.t1690", 14),
        ("002", None, 14),
        ("003", None, 14),
    ]
    assert [(each.old[-3:], each.new) for each in patch.for_a_person] == [("004", None), ("005", None)]


def test_a_tactic_moves_to_one_that_the_rule_does_not_name() -> None:
    patching = Patching()
    present = {"defense-evasion"}
    place = place_of_tactic(CARRIER, ("attack.defense-evasion",), "defense-evasion")
    assert place == ("/tags/0", "attack.defense-evasion")
    for successors in (("stealth",), ("stealth",), ("a", "b"), ()):
        patching.tactic(change(place[1], *successors, at=place[0]), present)
    patch = patching.whole()
    assert [(each.new, each.line) for each in patch.tactics] == [("attack.stealth", 13), (None, 13)]
    assert len(patch.for_a_person) == 2


def test_what_elastic_writes_in_several_places_is_for_a_person() -> None:
    carrier = Carrier("a.toml", "one", "elastic", 1, "")
    assert place_of_tactic(carrier, ("defense-evasion",), "defense-evasion") is None
    patching = Patching()
    patching.technique(change("T1562", "T1685", at="line 9", carrier=carrier), set())
    (entry,) = patching.whole().for_a_person
    assert (entry.line, entry.new) == (9, None)


@pytest.mark.parametrize(
    ("old", "successor", "present", "hindrance"),
    [
        ("T1562", "T1685", (), None),
        ("T1562.002", "T1562.009", (), None),
        ("T1562.002", "T1685", (), "it belongs in another table"),
        ("T1562.002", "T1685.001", (), "it belongs in another table"),
        ("T1562", "T1685.001", (), "it belongs in another table"),
        ("T1562", "T1685", ("T1685",), "the rule has it in another table"),
    ],
)
def test_what_elastic_nests_is_written_where_it_stays(
    old: str, successor: str, present: tuple[str, ...], hindrance: str | None
) -> None:
    carrier = Carrier("a.toml", "one", "elastic", 1, "")
    patching = Patching()
    patching.technique(Change(carrier, "line 9", old, (successor,), "why", "New"), set(present))
    patch = patching.whole()
    assert [(each.new, each.name) for each in patch.techniques] == ([] if hindrance else [(successor, "New")])
    assert [each.reason for each in patch.for_a_person] == ([f"why; {hindrance}"] if hindrance else [])

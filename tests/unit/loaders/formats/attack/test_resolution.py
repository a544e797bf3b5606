"""The table of docs/model.md, case by case, and that it always ends."""

from hypothesis import given
from hypothesis import strategies as st

from graph.identifiers import label_of
from loaders.formats.attack.objects import AttackObject, AttackRelationship, Record
from loaders.formats.attack.resolution import Resolution, resolve

NOTHING = Record("", "", b"", "", {})


def technique(name: str, attack_id: str, *, revoked: bool = False, deprecated: bool = False) -> AttackObject:
    live = not (revoked or deprecated)
    properties = {"revoked": revoked, "deprecated": deprecated, "live": live}
    return AttackObject(name, "attack-pattern", "Technique", attack_id, live, dict(properties), None)


def revoked_by(source: str, target: str) -> AttackRelationship:
    return AttackRelationship(f"{source}>{target}", "revoked-by", source, target, live=True, record=NOTHING)


def resolved(
    objects: list[AttackObject], relationships: list[AttackRelationship]
) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    return {each.attack_id: (each.stix_id, each.via, each.hops) for each in resolve(objects, relationships)}


def test_a_live_object_is_itself() -> None:
    assert resolved([technique("a", "T1528")], []) == {"T1528": ("a", "direct", ("T1528",))}


def test_a_chain_of_revocations_is_walked_to_its_live_end() -> None:
    objects = [
        technique("a", "T1073", revoked=True),
        technique("b", "T1574.002", revoked=True),
        technique("c", "T1574.001"),
    ]
    found = resolved(objects, [revoked_by("a", "b"), revoked_by("b", "c")])
    assert found["T1073"] == ("c", "revoked-by", ("T1073", "T1574.002", "T1574.001"))
    assert found["T1574.002"] == ("c", "revoked-by", ("T1574.002", "T1574.001"))


def test_dead_ends_loops_and_forks_resolve_to_nothing() -> None:
    dead = [technique("a", "T0001", revoked=True), technique("b", "T0002", deprecated=True)]
    assert resolved(dead, [revoked_by("a", "b")]) == {}
    loop = [technique("a", "T0001", revoked=True), technique("b", "T0002", revoked=True)]
    assert resolved(loop, [revoked_by("a", "b"), revoked_by("b", "a"), revoked_by("a", "a")]) == {}
    fork = [technique("a", "T0001", revoked=True), technique("b", "T0002"), technique("c", "T0003")]
    assert "T0001" not in resolved(fork, [revoked_by("a", "b"), revoked_by("a", "c")])


def test_two_live_objects_of_one_id_are_ambiguous() -> None:
    assert resolved([technique("a", "T0001"), technique("b", "T0001")], []) == {}


def test_a_live_object_wins_over_a_dead_one_of_its_id() -> None:
    assert resolved([technique("a", "T0001", revoked=True), technique("b", "T0001")], [])["T0001"][0] == "b"


def test_an_object_of_another_type_with_that_id_is_not_looked_at() -> None:
    control = AttackObject("m", "course-of-action", "Mitigation", "T1174", False, {"deprecated": True}, None)  # noqa: FBT003
    assert resolved([control], []) == {}
    assert label_of("T1174") == "Technique"
    assert label_of("enterprise-attack") is None


@given(
    st.lists(st.tuples(st.sampled_from(["T0001", "T0002", "T0003"]), st.booleans()), max_size=6),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12),
)
def test_whatever_the_graph_a_resolution_is_live_and_starts_at_its_id(
    drawn: list[tuple[str, bool]], edges: list[tuple[int, int]]
) -> None:
    objects = [
        technique(str(index), attack_id, revoked=dead) for index, (attack_id, dead) in enumerate(drawn)
    ]
    found: list[Resolution] = list(resolve(objects, [revoked_by(str(a), str(b)) for a, b in edges]))
    live = {each.stix_id for each in objects if each.live}
    assert all(each.stix_id in live and each.hops[0] == each.attack_id for each in found)
    assert len({each.attack_id for each in found}) == len(found)

"""The numbers of the official layer, against an oracle that walks the JSON."""

import pytest

from graph.server.connection import Graph
from queries.answers.fusion import related
from queries.answers.kinds import count, find, kind
from queries.answers.show.object import shown_official
from queries.answers.show.official import Analytic, Component, Technique, User
from queries.ask import ask
from queries.params import Nothing, OfObject, OfRelease, TwoReleases
from queries.questions.coverage.totals import (
    BY_PLATFORM,
    BY_TACTIC,
    BY_TECHNIQUE,
    PAIRS,
    ReleaseEvidence,
    TacticsEvidence,
    TechniquesEvidence,
)
from queries.questions.lookup.questions import DETECTION_CHAIN, OBJECT_COUNTS
from queries.questions.related.methods import COMPONENTS, LOG_SOURCE_NAMES, METHODS, Relation
from queries.questions.releases.questions import (
    COMPONENT_TECHNIQUE_DIFF,
    COMPONENT_TECHNIQUES,
    LOADED,
    MOVED_TECHNIQUES,
    OBJECTS_DIFF,
    RELATIONSHIPS_DIFF,
)
from queries.spec import Question
from tests.integration.queries.official.oracle import USERS, Release, attack_id, jaccards, live

NEW, OLD = "enterprise-attack@18.1", "enterprise-attack@17.1"
NEWEST, ICS = "enterprise-attack@19.1", "ics-attack@18.1"
T1528 = OfObject(NEW, "T1528")


def test_techniques_per_tactic(loaded: Graph, enterprise: Release) -> None:
    rows = ask(loaded, BY_TACTIC, TacticsEvidence(NEW))
    names = {attack_id(each): each["x_mitre_shortname"] for each in enterprise.of_type("x-mitre-tactic")}
    assert {names[row.tactic_id]: row.techniques for row in rows} == enterprise.tactics()
    assert {row.tactic: row.techniques for row in rows}["Defense Evasion"] == 215


def test_tactics_come_in_the_order_of_the_matrix(loaded: Graph, enterprise: Release) -> None:
    [matrix] = enterprise.of_type("x-mitre-matrix")
    columns = [attack_id(enterprise.by_id[ref]) for ref in matrix["tactic_refs"]]
    assert [row.tactic_id for row in ask(loaded, BY_TACTIC, TacticsEvidence(NEW))] == columns


def test_techniques_per_platform(loaded: Graph, enterprise: Release) -> None:
    rows = ask(loaded, BY_PLATFORM, ReleaseEvidence(NEW))
    assert {row.platform: row.pairs for row in rows} == enterprise.platforms()
    assert sum(row.pairs for row in rows) == len(ask(loaded, PAIRS, ReleaseEvidence(NEW))) == 1837


def test_without_evidence_there_is_guidance_or_nothing(loaded: Graph) -> None:
    states = [row.state for row in ask(loaded, PAIRS, ReleaseEvidence(NEW))]
    assert set(states) == {"guidance_only", "none"}
    assert states.count("none") == 100


@pytest.mark.parametrize(
    ("name", "release", "expected"),
    [
        ("technique-without-mitigation", NEW, 109),
        ("technique-without-mitigation", OLD, 104),
        ("technique-without-detection", NEW, 0),
        ("technique-without-detection", OLD, 40),
        ("technique-unused", NEW, 92),
        ("technique-platform-without-analytic", NEW, 100),
        ("technique-platform-without-analytic", OLD, 0),
        ("analytic-without-log-source", NEW, 41),
        ("strategy-without-analytic", NEW, 0),
        ("strategy-without-analytic", "ics-attack@18.1", 1),
        ("component-without-analytic", NEW, 9),
        ("component-without-log-source", NEW, 7),
        ("log-source-not-declared-by-component", NEW, 3),
        ("live-touches-dead", NEW, 2),
        ("live-touches-dead", OLD, 2),
        ("dangling-reference", NEW, 0),
        ("technique-without-mitigation", NEWEST, 111),
        ("technique-without-detection", NEWEST, 0),
        ("technique-without-detection", ICS, 1),
        ("technique-unused", NEWEST, 89),
        ("technique-platform-without-analytic", NEWEST, 103),
        ("technique-platform-without-analytic", ICS, 1),
        ("analytic-without-log-source", NEWEST, 45),
        ("analytic-outside-technique-platforms", ICS, 0),
    ],
)
def test_how_much_is_missing(loaded: Graph, name: str, release: str, expected: int) -> None:
    assert len(find(loaded, kind(name), release=release)) == expected


def test_the_objects_of_19(loaded: Graph, newest: Release) -> None:
    [held] = [row for row in ask(loaded, LOADED, Nothing()) if row.release == NEWEST]
    assert held.objects + held.relationships == len(newest.objects) == 25842
    counts = {row.type: row.live for row in ask(loaded, OBJECT_COUNTS, OfRelease(NEWEST))}
    assert (counts["Technique"], counts["Tactic"], counts["Analytic"]) == (697, 15, 1758)
    tactics = {row.tactic: row.techniques for row in ask(loaded, BY_TACTIC, TacticsEvidence(NEWEST))}
    assert (tactics["Stealth"], tactics["Defense Impairment"]) == (148, 56)


@pytest.mark.parametrize("release", [NEW, NEWEST])
def test_a_technique_whose_analytics_are_for_other_platforms_has_no_guidance(
    loaded: Graph, release: str
) -> None:
    states = {row.technique_id: row.state for row in ask(loaded, BY_TECHNIQUE, TechniquesEvidence(release))}
    assert [name for name, state in states.items() if state == "none"] == ["T1204.003"]
    tactics = {row.tactic: row.none for row in ask(loaded, BY_TACTIC, TacticsEvidence(release))}
    assert {name: none for name, none in tactics.items() if none} == {"Execution": 1}


def test_techniques_of_ics_state_no_platform(loaded: Graph) -> None:
    [row] = ask(loaded, BY_PLATFORM, ReleaseEvidence(ICS))
    assert (row.platform, row.pairs, row.guidance_only, row.none) == (None, 83, 82, 1)


def test_what_is_missing_is_what_the_records_lack(loaded: Graph, enterprise: Release) -> None:
    used = enterprise.neighbors("uses", *USERS)
    mitigated = enterprise.neighbors("mitigates", "course-of-action")
    unused = find(loaded, kind("technique-unused"), release=NEW)
    unmitigated = find(loaded, kind("technique-without-mitigation"), release=NEW)
    assert {row.attack_id for row in unused} == enterprise.techniques.keys() - used.keys()
    assert {row.attack_id for row in unmitigated} == enterprise.techniques.keys() - mitigated.keys()
    assert sum(row.detail == "technique" for row in unmitigated) == 46


def test_pairs_without_an_analytic(loaded: Graph, enterprise: Release) -> None:
    expected = {
        (name, platform)
        for name, technique in enterprise.techniques.items()
        for platform in technique.get("x_mitre_platforms", [])
        if all(platform not in each["x_mitre_platforms"] for each in enterprise.analytics[name])
    }
    rows = find(loaded, kind("technique-platform-without-analytic"), release=NEW)
    assert {(row.attack_id, row.detail) for row in rows} == expected
    assert len({row.attack_id for row in rows}) == 50
    assert sum(row.attack_id == "T1110" for row in rows) == 5


def test_the_one_technique_whose_analytics_name_platforms_that_it_lacks(loaded: Graph) -> None:
    rows = find(loaded, kind("analytic-outside-technique-platforms"), release=NEW)
    assert {row.attack_id for row in rows} == {"T1204.003"}


def test_components_that_nothing_looks_for(loaded: Graph) -> None:
    rows = find(loaded, kind("component-without-analytic"), release=NEW)
    assert [row.attack_id for row in rows] == [f"DC00{n}" for n in (26, 30, 44, 45, 47, 53, 74, 95)] + [
        "DC0100"
    ]


def test_revoked_objects_of_mobile_that_nothing_replaces(loaded: Graph) -> None:
    rows = find(loaded, kind("revoked-without-successor"), release="mobile-attack@17.1")
    assert rows
    assert not find(loaded, kind("revoked-without-successor"), release=NEW)


def test_every_kind_is_counted(loaded: Graph) -> None:
    rows = {row.kind: row for row in count(loaded, release=NEW)}
    assert rows["technique-unused"].count == 92
    assert rows["covered-without-telemetry"].count is None


def by_technique(loaded: Graph, question: Question[OfObject, Relation]) -> dict[str, Relation]:
    return {row.technique_id: row for row in ask(loaded, question, T1528)}


@pytest.mark.parametrize(
    ("question", "least"),
    [(METHODS["actor"], 2), (METHODS["mitigation"], 2), (COMPONENTS, 1), (LOG_SOURCE_NAMES, 1)],
)
def test_plain_jaccards(
    loaded: Graph, enterprise: Release, question: Question[OfObject, Relation], least: int
) -> None:
    sets = {
        "related.actor": enterprise.neighbors("uses", *USERS),
        "related.mitigation": enterprise.neighbors("mitigates", "course-of-action"),
        "related.components": enterprise.components,
        "related.log-source-names": enterprise.folded_names,
    }[question.name]
    rows = by_technique(loaded, question)
    expected = jaccards("T1528", sets, least=least)
    assert {name: (row.shared, row.out_of) for name, row in rows.items()} == expected
    assert all(row.score == row.shared / row.out_of for row in rows.values() if row.out_of)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (METHODS["actor"], {"T1556.007": (2, 5), "T1136.003": (2, 6), "T1649": (2, 6), "T1098.005": (2, 7)}),
        (COMPONENTS, {"T1213": (4, 10), "T1496.003": (2, 6), "T1648": (2, 6), "T1539": (3, 10)}),
        (LOG_SOURCE_NAMES, {"T1098.001": (3, 7), "T1136.003": (3, 8), "T1526": (3, 10)}),
        (METHODS["mitigation"], {"T1566.002": (4, 5), "T1566.003": (4, 5), "T1213.001": (3, 4)}),
    ],
)
def test_the_figures_of_t1528(
    loaded: Graph, question: Question[OfObject, Relation], expected: dict[str, tuple[int, int]]
) -> None:
    rows = by_technique(loaded, question)
    assert {name: (rows[name].shared, rows[name].out_of) for name in expected} == expected


def test_actors_of_one_name_are_as_many_as_the_records_say(loaded: Graph, enterprise: Release) -> None:
    """FunnyDream is a campaign and a piece of software, Carbanak a group and a piece of software."""
    rows = {row.technique_id: row for row in ask(loaded, METHODS["actor"], OfObject(NEW, "T1057"))}
    expected = jaccards("T1057", enterprise.neighbors("uses", *USERS), least=2)
    assert {name: (row.shared, row.out_of) for name, row in rows.items()} == expected
    assert expected["T1016"] == (146, 435)
    assert len(rows["T1016"].shared_with) == 146


def test_few_users_are_flagged(loaded: Graph) -> None:
    rows = by_technique(loaded, METHODS["actor"])
    assert rows["T1556.007"].low_support
    assert not rows["T1136.003"].low_support


def test_telemetry_by_weights(loaded: Graph, enterprise: Release) -> None:
    rows = by_technique(loaded, METHODS["telemetry"])
    expected = enterprise.telemetry("T1528")
    assert rows.keys() == expected.keys()
    assert all(row.score == pytest.approx(expected[name]) for name, row in rows.items())
    top = [(row.technique_id, round(row.score, 3)) for row in list(rows.values())[:4]]
    assert top == [("T1213", 0.303), ("T1552.008", 0.263), ("T1548.005", 0.238), ("T1539", 0.229)]


def test_up_to_17_telemetry_goes_through_components(loaded: Graph, older: Release) -> None:
    rows = ask(loaded, METHODS["telemetry"], OfObject(OLD, "T1059.001"))
    expected = older.telemetry("T1059.001")
    assert {row.technique_id for row in rows} == expected.keys()
    assert all(row.score == pytest.approx(expected[row.technique_id]) for row in rows)


def test_related_by_all_methods_names_ranks(loaded: Graph) -> None:
    rows = related(loaded, T1528, limit=10)
    assert len({row.technique_id for row in rows}) == 10
    assert {row.method for row in rows} <= {"structural", "telemetry", "actor", "mitigation"}
    assert rows[0].fused_rank == 1


def test_component_technique_paths(loaded: Graph, enterprise: Release, older: Release) -> None:
    new = ask(loaded, COMPONENT_TECHNIQUES, OfRelease(NEW))
    old = ask(loaded, COMPONENT_TECHNIQUES, OfRelease(OLD))
    assert len(old) == 2116
    assert {(row.technique_id, row.component_stix_id) for row in new} == {
        (name, component) for name, components in enterprise.components.items() for component in components
    }
    assert sum(row.technique_id == "T1059.001" for row in new) == 4
    assert sum(row.technique_id == "T1059.001" for row in old) == len(older.components["T1059.001"]) == 5


def test_paths_kept_lost_and_gained(loaded: Graph) -> None:
    rows = ask(loaded, COMPONENT_TECHNIQUE_DIFF, TwoReleases(OLD, NEW))
    changes = [row.change for row in rows]
    assert {name: changes.count(name) for name in set(changes)} == {"kept": 1570, "lost": 546, "gained": 1045}
    assert {row.change for row in rows if row.technique_id == "T1528"} == {"lost", "gained"}


def test_objects_that_changed(loaded: Graph) -> None:
    rows = {row.type: row for row in ask(loaded, OBJECTS_DIFF, TwoReleases(OLD, NEW))}
    assert (rows["Technique"].added, rows["Technique"].removed, rows["Technique"].revoked) == (12, 0, 0)
    assert (rows["Analytic"].added, rows["DetectionStrategy"].added) == (1739, 691)
    assert rows["DataSource"].deprecated == 37


def test_objects_that_changed_by_19_1_whatever_is_loaded_in_between(loaded: Graph) -> None:
    rows = {row.type: row for row in ask(loaded, OBJECTS_DIFF, TwoReleases(NEW, NEWEST))}
    assert (rows["Campaign"].content, rows["Campaign"].bookkeeping) == (9, 4)
    far = {row.type: row for row in ask(loaded, OBJECTS_DIFF, TwoReleases(OLD, NEWEST))}
    near = {row.type: row for row in ask(loaded, OBJECTS_DIFF, TwoReleases(OLD, NEW))}
    assert far["Campaign"].content <= near["Campaign"].content + rows["Campaign"].content


def test_techniques_that_moved_by_19_1(loaded: Graph) -> None:
    rows = ask(loaded, MOVED_TECHNIQUES, TwoReleases(NEW, NEWEST))
    moved = [row for row in rows if row.technique_id]
    assert len(moved) == 74
    assert sum(bool(row.tactics_gained or row.tactics_lost) for row in moved) == 72
    assert [
        (row.renamed_tactic_id, row.renamed_from, row.renamed_to) for row in rows if not row.technique_id
    ] == [("TA0005", "defense-evasion", "stealth")]


def test_relationships_that_changed(loaded: Graph) -> None:
    rows = ask(loaded, RELATIONSHIPS_DIFF, TwoReleases(OLD, NEW))
    assert sum(row.added for row in rows) == 1759
    assert sum(row.removed for row in rows) == 2122
    assert sum(row.redirected for row in rows) == 48


def test_the_chain_of_the_analytic_of_the_seed_page(loaded: Graph) -> None:
    rows = ask(loaded, DETECTION_CHAIN, OfObject(NEW, "AN0496"))
    assert {(row.strategy_id, row.technique_id, row.tactic_ids, row.tactics) for row in rows} == {
        ("DET0174", "T1212", ("TA0006",), ("credential-access",))
    }
    assert {(row.component_id, row.log_source) for row in rows} == {
        ("DC0002", "azure:signinlogs"),
        ("DC0038", "m365:unified"),
    }


def test_the_chains_of_t1528(loaded: Graph) -> None:
    rows = ask(loaded, DETECTION_CHAIN, T1528)
    assert {(row.analytic_id, *row.platforms) for row in rows} == {
        ("AN1423", "Containers"),
        ("AN1424", "IaaS"),
        ("AN1425", "Identity Provider"),
        ("AN1426", "Office Suite"),
        ("AN1427", "SaaS"),
    }
    assert {row.component_id for row in rows if row.analytic_id == "AN1424"} == {"DC0083", "DC0069"}


def test_dead_techniques_are_never_related(loaded: Graph, enterprise: Release) -> None:
    dead = {
        attack_id(each) for each in enterprise.objects if each["type"] == "attack-pattern" and not live(each)
    }
    for question in (METHODS["telemetry"], METHODS["actor"], METHODS["mitigation"]):
        assert not dead & by_technique(loaded, question).keys()


def test_an_analytic_whole(loaded: Graph) -> None:
    view = shown_official(loaded, NEW, "AN0496")
    assert isinstance(view, Analytic)
    assert [each.attack_id for each in view.strategies] == ["DET0174"]
    assert [each.attack_id for each in view.techniques] == ["T1212"]
    assert [each.attack_id for each in view.tactics] == ["TA0006"]
    assert [each.attack_id for each in view.data_components] == ["DC0002", "DC0038"]
    assert {each.log_source for each in view.log_sources} == {"azure:signinlogs", "m365:unified"}
    assert [each.attack_id for each in view.mitigations] == ["M1013", "M1019", "M1048", "M1050", "M1051"]
    assert [each.field for each in view.mutable_elements] == [
        "TokenAnomalyThreshold",
        "MonitoredAppIntegrations",
    ]
    assert [each.release for each in view.releases] == [NEW, NEWEST]
    assert view.releases[0].sha256 == view.sha256
    assert view.references[0].external_id == "AN0496"


def test_a_technique_whole(loaded: Graph) -> None:
    view = shown_official(loaded, NEW, "T1528")
    assert isinstance(view, Technique)
    assert (view.version, view.parent, view.children) == ("1.5", None, ())
    assert [each.name for each in view.tactics] == ["Credential Access"]
    assert [each.attack_id for each in view.mitigations] == ["M1017", "M1018", "M1021", "M1047"]
    assert {each.attack_id for each in view.used_by} == {"G0007", "G0016", "S0677", "S0683", "C0049"}
    assert [each.attack_id for each in view.strategies] == ["DET0515"]
    assert [each.release for each in view.releases] == [OLD, NEW, NEWEST]
    assert len(view.related) == 10


def test_a_technique_up_to_17_has_components(loaded: Graph) -> None:
    view = shown_official(loaded, OLD, "T1528")
    assert isinstance(view, Technique)
    names = {each.name for each in view.data_components}
    assert names == {"Active Directory Object Modification", "User Account Modification"}


def test_any_other_object_whole(loaded: Graph) -> None:
    component = shown_official(loaded, NEW, "DC0002")
    assert isinstance(component, Component)
    assert "azure:signinlogs" in {each.log_source for each in component.log_sources}
    assert {each.component_id for each in component.log_sources} == {"DC0002"}
    older = shown_official(loaded, OLD, "x-mitre-data-component--685f917a-e95e-4ba0-ade1-c7d354dae6e0")
    assert isinstance(older, Component)
    assert len(older.techniques) == 297
    group = shown_official(loaded, NEW, "G0016")
    assert isinstance(group, User)
    assert "T1528" in {each.attack_id for each in group.techniques}
    assert group.campaigns
    assert group.software


def test_an_identifier_of_several_objects_shows_the_live_one_and_names_the_others(loaded: Graph) -> None:
    view = shown_official(loaded, NEW, "T1174")
    assert [view.type, *(each.type for each in view.also)] == ["Technique", "Mitigation"]

"""What nothing claims, and answers that are asked of one set or of what an environment has enabled."""

from pathlib import Path

import pytest

from graph.server.connection import Graph
from queries.answers import rollup
from queries.answers.conflicts import conflicts
from queries.answers.kinds import count, find, kind
from queries.ask import ask
from queries.questions.coverage.environment import ENABLED_EVIDENCE, EvidenceAsked
from queries.questions.coverage.technique import EVIDENCE, TechniqueEvidence
from queries.questions.coverage.totals import BY_TACTIC, BY_TECHNIQUE, TacticsEvidence, TechniquesEvidence
from tests.integration.queries.small_sets import load_release, load_rules, load_soc, rule, tactic, technique

R = "enterprise-attack@18.1"


@pytest.fixture
def two_sets(graph: Graph, tmp_path: Path) -> Graph:
    """Three techniques; one set claims the first two of them, another set the second, both with flawed tags."""
    load_release(
        graph,
        "18.1",
        tactic("Execution", "TA0002", "execution"),
        tactic("Impact", "TA0040", "impact"),
        technique("T1001", "Windows", tactics=["execution"]),
        technique("T1002", "Windows", "Linux", tactics=["execution"]),
        technique("T1003", "Linux", tactics=["execution"]),
    )
    load_rules(
        graph,
        tmp_path,
        rule("a", "windows/process_creation/", "t1001"),
        rule("b", "windows/process_creation/", "t1002", "impact"),
        rule("c", "windows/process_creation/", "t1999"),
        name="ours",
    )
    load_rules(
        graph,
        tmp_path,
        rule("d", "windows/process_creation/", "t1002", "impact"),
        rule("e", "windows/process_creation/"),
        name="theirs",
    )
    return graph


def unclaimed(graph: Graph, environment: str | None = None, of_set: str | None = None) -> list[str]:
    rows = find(graph, kind("technique-unclaimed"), release=R, environment=environment, of_set=of_set)
    return [row.attack_id for row in rows]


def test_a_technique_is_unclaimed_where_no_set_in_use_claims_it(two_sets: Graph) -> None:
    assert unclaimed(two_sets) == ["T1003"]
    assert unclaimed(two_sets, of_set="ours") == ["T1003"]
    assert unclaimed(two_sets, of_set="theirs@1") == ["T1001", "T1003"]


def test_in_an_environment_only_what_is_enabled_counts_and_only_what_is_run_is_asked(two_sets: Graph) -> None:
    load_soc(two_sets, "platforms: [Windows]\nenabled: [{id: d}]\n")
    assert unclaimed(two_sets, "soc") == ["T1001"]
    assert unclaimed(two_sets, "soc", "ours") == ["T1001", "T1002"]
    load_soc(two_sets, "enabled: [{id: d}]\n", name="anywhere")
    assert unclaimed(two_sets, "anywhere") == ["T1001", "T1003"]


def test_platforms_without_evidence_are_those_that_the_environment_runs(two_sets: Graph) -> None:
    def bare(environment: str | None = None) -> list[str]:
        rows = find(two_sets, kind("platform-without-evidence"), release=R, environment=environment)
        return [row.platform for row in rows]

    load_soc(two_sets, "platforms: [Windows]\nenabled: [{id: d}]\n")
    load_soc(two_sets, "platforms: [Windows]\n", name="empty")
    assert (bare(), bare("soc"), bare("empty")) == (["Linux"], [], ["Windows"])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("claim-unresolved", [1, 1, 0, 0]),
        ("rule-tactic-mismatch", [2, 1, 1, 1]),
        ("rule-without-technique", [1, 0, 1, 0]),
    ],
)
def test_kinds_about_evidence_are_asked_of_one_set_or_of_what_is_enabled(
    two_sets: Graph, name: str, expected: list[int]
) -> None:
    load_soc(two_sets, "enabled: [{id: d}]\n")
    asked: list[tuple[str | None, str | None]] = [
        (None, None),
        (None, "ours"),
        (None, "theirs"),
        ("soc", None),
    ]
    found = [
        len(find(two_sets, kind(name), release=R, environment=environment, of_set=of_set))
        for environment, of_set in asked
    ]
    assert found == expected


def test_of_one_set_only_the_kinds_that_concern_it_are_counted(two_sets: Graph) -> None:
    counted = {row.kind: row.count for row in count(two_sets, release=R, of_set="ours")}
    assert next(iter(counted.items())) == ("technique-unclaimed", 1)
    assert "technique-unused" not in counted
    assert counted["covered-without-telemetry"] is None


def test_conflicts_of_one_set(two_sets: Graph) -> None:
    assert [row.one for row in conflicts(two_sets, release=R)] == ["Rule b in ours@1", "Rule d in theirs@1"]
    assert [row.one for row in conflicts(two_sets, release=R, of_set="theirs")] == ["Rule d in theirs@1"]


def test_coverage_of_one_set(two_sets: Graph) -> None:
    def states(of_set: str | None) -> list[str]:
        return [row.state for row in ask(two_sets, BY_TECHNIQUE, TechniquesEvidence(R, set=of_set))]

    assert states(None) == ["covered", "covered", "none"]
    assert states("ours") == states("ours@1") == ["covered", "covered", "none"]
    assert states("theirs") == ["none", "covered", "none"]
    assert [row.covered for row in ask(two_sets, BY_TACTIC, TacticsEvidence(R, set="theirs"))] == [1]
    assert [row.set for row in ask(two_sets, EVIDENCE, TechniqueEvidence(R, "T1002", set="ours"))] == [
        "ours@1"
    ]


def test_coverage_of_one_set_in_an_environment(two_sets: Graph) -> None:
    load_soc(
        two_sets,
        "platforms: [Windows]\nlog_sources: [{name: 'sigma:windows/process_creation/'}]\n"
        "enabled: [{id: a}, {id: d}]\n",
    )
    for of_set, expected in ((None, 2), ("ours", 1), ("theirs", 1)):
        rows = rollup.by_technique(two_sets, release=R, environment="soc", of_set=of_set)
        assert sum(row.state == "covered" for row in rows) == expected


def test_evidence_that_an_environment_has_enabled(two_sets: Graph) -> None:
    load_soc(two_sets, "enabled: [{id: b, validated: {state: tested, on: 2026-01-02}}]\n")
    (row,) = ask(two_sets, ENABLED_EVIDENCE, EvidenceAsked(R, "soc", "T1002"))
    assert (row.title, row.set, row.platform, row.placement) == ("Rule b", "ours@1", "Windows", "placed")
    assert (row.sees, row.validated_on) == (False, "2026-01-02")
    assert ask(two_sets, ENABLED_EVIDENCE, EvidenceAsked(R, "soc", "T1002", "theirs")) == []
    load_soc(
        two_sets,
        "log_sources: [{name: 'sigma:windows/process_creation/'}]\nenabled: [{id: d}]\n",
        name="sees",
    )
    assert [row.sees for row in ask(two_sets, ENABLED_EVIDENCE, EvidenceAsked(R, "sees", "T1002"))] == [True]

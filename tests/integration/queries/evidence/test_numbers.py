"""The numbers of library coverage with the whole Sigma release and the four newest provider mappings."""

from collections import Counter
from collections.abc import Iterator

import pytest

from graph.server.connection import Graph
from loaders.reading.one_file import SourceFile
from queries.answers.conflicts import conflicts
from queries.answers.kinds import find, kind
from queries.answers.plan.telemetry import Goal, losses, plan
from queries.answers.plan.ways import seen_with, visible_by, ways_to_see
from queries.answers.rollup import by_tactic
from queries.ask import ask
from queries.questions.coverage.environment import (
    ENVIRONMENT,
    ENVIRONMENT_BY_LOG_SOURCE,
    WHY,
    OneTechniqueHere,
    TechniqueHere,
    TechniquesHere,
)
from queries.questions.coverage.technique import EVIDENCE, TECHNIQUE, TECHNIQUE_BY_SOURCE, TechniqueEvidence
from queries.questions.coverage.totals import (
    BY_SET,
    BY_TACTIC,
    BY_TECHNIQUE,
    PAIRS,
    ReleaseEvidence,
    TacticsEvidence,
    TacticTotal,
    TechniquesEvidence,
)
from queries.questions.coverage.visibility import BLIND_WITHOUT, VISIBILITY_NEEDS, NeedsOf, WithoutLogSource
from tests.loads import (
    load_detections,
    load_environment,
    remove_environment,
)

NEW, RELEASE_19 = "enterprise-attack@18.1", "enterprise-attack@19.1"
T1528 = TechniqueEvidence(NEW, "T1528")
PAGE = b"""format: native-detections/1
attack_domain: enterprise-attack
attack_version: "18.1"
generated: 2026-05-23
sources:
  - {key: azure-policy, name: Azure Policy, cloud: azure, kind: posture}
  - {key: defender-for-cloud, name: Microsoft Defender for Cloud, cloud: azure, kind: threat-detection}
  - {key: aws-macie, name: AWS Macie, cloud: aws, kind: data-security}
  - {key: azure-regulatory-compliance, name: Azure Regulatory Compliance, cloud: azure, kind: compliance}
  - {key: gcp-chronicle, name: GCP Chronicle, cloud: gcp, kind: siem-rules}
detections:
  - {source: azure-policy, count: 3, last_verified: 2026-05-23, techniques: [{id: T1528, confidence: 0.85}]}
  - {source: defender-for-cloud, count: 3, last_verified: 2026-05-23, techniques: [{id: T1528, confidence: 0.85}]}
  - {source: aws-macie, count: 2, last_verified: 2026-05-23, techniques: [{id: T1528, confidence: 0.88}]}
  - {source: azure-regulatory-compliance, count: 1, techniques: [{id: T1528, confidence: 0.90}]}
  - {source: gcp-chronicle, count: 1, last_verified: 2026-05-23, techniques: [{id: T1528, confidence: 0.90}]}
"""
TESTED_FILE = b"""format: environment/1
name: tested
platforms: [Identity Provider, IaaS, Office Suite, SaaS, Windows]
log_sources:
  - {name: "azure:signinlogs", status: collected}
  - {name: "azure:audit", status: collected}
  - {name: "WinEventLog:Sysmon", status: collected}
enabled:
  - select: {set: [sigmahq], product: [azure, windows]}
  - select: {set: [ctid-azure]}
    validated: {state: tested, on: 2026-03-01}
placements:
  - {select: {set: [sigmahq]}, platforms: [SaaS]}
"""


def test_execution_by_rules_alone(tactics_by_rules_alone: dict[str, TacticTotal]) -> None:
    execution = tactics_by_rules_alone["Execution"]
    assert (execution.guidance_only, execution.none) == (22, 1)


def test_states_of_all_pairs(evidence: Graph) -> None:
    states = Counter(row.state for row in ask(evidence, PAIRS, ReleaseEvidence(NEW)))
    assert states == {"covered": 580, "unplaced": 899, "protect_only": 92, "guidance_only": 259, "none": 7}


def test_totals_add_up_to_the_pairs(evidence: Graph) -> None:
    techniques = ask(evidence, BY_TECHNIQUE, TechniquesEvidence(NEW))
    tactics = ask(evidence, BY_TACTIC, TacticsEvidence(NEW))
    assert len(techniques) == 691
    assert sum(row.platforms_covered for row in techniques) == 580
    for tactic in tactics:
        states = (tactic.covered, tactic.unplaced, tactic.off_platform, tactic.protect_only)
        assert sum(states) + tactic.guidance_only + tactic.none == tactic.techniques


def test_claims_of_the_rules_by_placement(evidence: Graph) -> None:
    [rules] = [row for row in ask(evidence, BY_SET, ReleaseEvidence(NEW)) if row.set.startswith("sigmahq@")]
    assert (rules.claims_placed, rules.claims_unplaced, rules.claims_off_platform) == (4063, 238, 150)


def test_t1528_by_platform(evidence: Graph) -> None:
    rows = {row.platform or row.placement: row for row in ask(evidence, TECHNIQUE, T1528)}
    assert (rows["Identity Provider"].state, rows["Identity Provider"].detect) == ("covered", 8)
    assert rows["off_platform"].detect == 6
    assert rows["unplaced"].detect == 5
    assert {rows[name].state for name in ("Containers", "IaaS", "Office Suite", "SaaS")} == {"unplaced"}


def test_rules_of_t1528(evidence: Graph) -> None:
    rules = {row.id: row for row in ask(evidence, EVIDENCE, T1528) if row.kind == "rule"}
    sources = Counter((row.source or "").split("/")[0] for row in rules.values())
    assert len(rules) == 14
    assert {row.status for row in rules.values()} == {"test"}
    assert sources == {"sigma:azure": 8, "sigma:windows": 6}


def test_claims_of_the_rules_on_19(evidence: Graph) -> None:
    counted = evidence.read(
        "MATCH (:Rule)-[claim:CLAIMS]->(:AttackId)-[way:RESOLVES_TO {release: $release}]->(:Technique) "
        "RETURN way.via AS via, count(claim) AS claims",
        {"release": RELEASE_19},
    )
    assert {row["via"]: row["claims"] for row in counted} == {"direct": 4208, "revoked-by": 243}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (NEW, {"unknown": 0, "renamed": 0, "moved": 6, "mismatch": 259}),
        (RELEASE_19, {"unknown": 0, "renamed": 960, "moved": 567, "mismatch": 259}),
    ],
)
def test_tactic_tags_of_the_rules(evidence: Graph, asked: str, expected: dict[str, int]) -> None:
    found = {name: find(evidence, kind(f"rule-tactic-{name}"), release=asked) for name in expected}
    assert {name: len(rows) for name, rows in found.items()} == expected


def test_migrated_claims(evidence: Graph) -> None:
    rows = {row.attack_id: row for row in find(evidence, kind("claim-migrated"), release=NEW)}
    assert rows["T1053.001"].hops == ("T1053.001", "T1053.002")
    assert not find(evidence, kind("claim-unresolved"), release=NEW)


def test_claims_off_platform(evidence: Graph) -> None:
    assert len(find(evidence, kind("claim-off-platform"), release=NEW)) == 150


def test_the_environment(evidence: Graph) -> None:
    here = TechniqueHere(NEW, "cloud-soc", "T1528")
    rows = {row.platform: row for row in ask(evidence, ENVIRONMENT, here)}
    assert {platform: row.state for platform, row in rows.items() if platform} == {
        "Containers": "not_applicable",
        "IaaS": "gap",
        "Identity Provider": "covered",
        "Office Suite": "visible",
        "SaaS": "gap",
    }
    covered = rows["Identity Provider"]
    assert (covered.level, covered.detect, covered.blind, covered.partial) == ("L4", 4, 3, False)
    assert (rows["Office Suite"].level, rows["Office Suite"].partial) == ("L2", True)


def test_the_environment_by_tactic(evidence: Graph) -> None:
    rows = {row.tactic: row for row in by_tactic(evidence, release=NEW, environment="cloud-soc")}
    assert rows["Reconnaissance"].not_applicable == rows["Reconnaissance"].techniques == 45
    assert rows["Credential Access"].covered > 0


def test_why_it_is_not_proven(evidence: Graph) -> None:
    rows = {row.platform: row for row in ask(evidence, WHY, OneTechniqueHere(NEW, "cloud-soc", "T1528"))}
    assert rows["Identity Provider"].missing == "validated"
    assert all(each.startswith("test ") for each in rows["Identity Provider"].would_close)
    assert "Containers" not in rows


@pytest.fixture
def tested(evidence: Graph) -> Iterator[Graph]:
    """Beside the rest an environment where only evidence without a platform was tried out."""
    load_environment(evidence, SourceFile("tested.yaml", TESTED_FILE, "0" * 64))
    yield evidence
    remove_environment(evidence, "tested")


def test_evidence_without_a_platform_proves_nothing_that_is_placed(tested: Graph) -> None:
    levels = Counter((row.state, row.level) for row in ask(tested, ENVIRONMENT, TechniqueHere(NEW, "tested")))
    assert levels["covered", "L4"] > 100
    assert levels["unplaced", "L5"] > 100
    assert levels["covered", "L5"] == 0


def test_a_rule_that_states_its_platform_is_not_placed_elsewhere(tested: Graph) -> None:
    rows = {row.platform: row for row in ask(tested, ENVIRONMENT, TechniqueHere(NEW, "tested", "T1528"))}
    assert (rows["SaaS"].state, rows["SaaS"].detect) == ("unplaced", 0)


@pytest.mark.parametrize("attack_id", ["T1528", "T1003", "T1011", "T1565.002", "T1548"])
def test_whatever_is_missing_has_something_that_closes_it(tested: Graph, attack_id: str) -> None:
    for environment in ("cloud-soc", "tested"):
        for row in ask(tested, WHY, OneTechniqueHere(NEW, environment, attack_id)):
            assert row.would_close or row.validated, row


def test_what_has_no_platform_is_to_be_placed(tested: Graph) -> None:
    rows = {row.platform: row for row in ask(tested, WHY, OneTechniqueHere(NEW, "tested", "T1528"))}
    assert rows["SaaS"].missing is None
    assert all(each.startswith("state on which platform it works: ") for each in rows["SaaS"].would_close)
    assert rows["Identity Provider"].missing == "validated"


def test_blind_rules(evidence: Graph) -> None:
    rows = find(evidence, kind("covered-without-telemetry"), release=NEW, environment="cloud-soc")
    assert {row.needs for row in rows if row.attack_id == "T1528"} == {("sigma:azure//riskdetection",)}


def test_a_plan_starts_from_what_coverage_calls_visible(evidence: Graph) -> None:
    needs = ask(evidence, VISIBILITY_NEEDS, NeedsOf(NEW, "cloud-soc"))
    pairs = ask(evidence, ENVIRONMENT, TechniqueHere(NEW, "cloud-soc"))
    visible = {row.technique_id for row in pairs if row.visible_part == 1 and row.state != "not_applicable"}
    assert len(visible) == 43
    assert visible_by(needs) == visible


def test_a_log_source_carries_what_is_lost_without_it(evidence: Graph) -> None:
    needs = ask(evidence, VISIBILITY_NEEDS, NeedsOf(NEW, "cloud-soc"))
    carried = ask(evidence, ENVIRONMENT_BY_LOG_SOURCE, TechniquesHere(NEW, "cloud-soc"))
    assert {row.log_source: row.visible for row in carried if row.visible} == {
        "azure:audit": 8,
        "azure:signinlogs": 20,
        "m365:unified": 32,
    }
    for row in carried:
        blinded = ask(evidence, BLIND_WITHOUT, WithoutLogSource(NEW, "cloud-soc", row.log_source))
        lost = losses(NEW, "cloud-soc", row.log_source, needs=needs, blinded=blinded)
        assert sum(each.visibility_lost for each in lost) == row.visible_alone
        assert (sum(each.rules_blind for each in lost) > 0) == (row.rules_alone > 0)


def test_one_log_source_of_an_empty_library(evidence: Graph) -> None:
    ways = ways_to_see(ask(evidence, VISIBILITY_NEEDS, NeedsOf(NEW)))
    found = plan(ways, Goal(sources=1))
    assert len(ways) == 649
    assert found.log_sources == ("macos:unifiedlog",)
    assert len(seen_with(ways, frozenset(found.log_sources))) == 160


def test_the_five_sources_of_the_seed_page_and_what_others_say_of_them(evidence: Graph) -> None:
    """Last in this folder: it adds a set."""
    load_detections(evidence, SourceFile("page.yaml", PAGE, "0" * 64))
    rows = ask(evidence, TECHNIQUE_BY_SOURCE, T1528)
    assert [row.detections for row in rows] == [3, 3, 2, 1, 1]
    assert [row.confidence_mean for row in rows] == pytest.approx([0.85, 0.85, 0.88, 0.90, 0.90])
    total = sum(row.detections * (row.confidence_mean or 0) for row in rows) / sum(
        row.detections for row in rows
    )
    assert total == pytest.approx(0.866)
    own = [each for each in conflicts(evidence, release=NEW, attack_id="T1528") if "page@" in each.one]
    kinds = {each.one.split(" in ")[0]: each.kind for each in own}
    assert kinds.keys() == {row.source for row in rows}
    assert kinds["Azure Regulatory Compliance"] == "unknown-product"
    assert "unknown-product" not in {
        kind for name, kind in kinds.items() if name != "Azure Regulatory Compliance"
    }

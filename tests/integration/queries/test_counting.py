"""What questions count and leave out, on graphs of a few nodes."""

import pytest

from graph.server.connection import Graph, Lookup, Transaction
from queries.answers.kinds import find, kind
from queries.ask import ask
from queries.params import OfLogSource, OfObject, OfRelease
from queries.questions.coverage.environment import ENVIRONMENT_BY_LOG_SOURCE, TechniquesHere
from queries.questions.coverage.technique import TECHNIQUE, TECHNIQUE_BY_SOURCE, TechniqueEvidence
from queries.questions.coverage.thin import (
    EXPERIMENTAL_ONLY,
    OF_ASSET,
    OF_USER,
    SINGLE_PIECE,
    UNLOCKING_LOG_SOURCES,
    OfUser,
    TopOfEnvironment,
)
from queries.questions.coverage.totals import BY_SOURCE, BY_TECHNIQUE, ReleaseEvidence, TechniquesEvidence
from queries.questions.coverage.visibility import BLIND_WITHOUT, Blinded, WithoutLogSource
from queries.questions.evidence.questions import RULES_OF_LOG_SOURCE

R = "enterprise-attack@18.1"
TECHNIQUES = """
CREATE (:Release {key: $r, domain: 'enterprise-attack'})
WITH 1 AS one
UNWIND ['T1001', 'T1002', 'T1003', 'T1004', 'T1005', 'T1006'] AS id
CREATE (t:AttackObject:Technique {attack_id: id, name: id, key: $r + '/' + id, release: $r, live: true})
SET t.platforms = ['Windows', 'Linux']
CREATE (t)<-[:RESOLVES_TO {release: $r, via: 'direct', hops: [id]}]-(:AttackId {id: id})
"""
SET = "CREATE (:EvidenceSet:DetectionSet {key: 'set@1', current: true})"


def make(graph: Graph, *statements: str) -> None:
    """Write statements in which `$r` stands for the release, in one transaction."""

    def write(transaction: Transaction) -> None:
        for each in statements:
            transaction.run(each.replace("$r", f"'{R}'"))

    graph.write(write, landed=Lookup("RETURN false"))


def claims(evidence: str, *ids: str, claim: str = "category: 'detect'") -> str:
    """A statement that puts a piece of evidence, written as a node without its id, into the set, with its claims."""
    return (
        f"MATCH (set:EvidenceSet) CREATE (e{evidence})<-[:CONTAINS]-(set) "
        "SET e.counted = true, e.key = set.key + '/' + e.id "
        f"WITH e UNWIND {list(ids)} AS id "
        f"MATCH (known:AttackId {{id: id}}) CREATE (e)-[:CLAIMS {{counted: true, {claim}}}]->(known)"
    )


@pytest.fixture
def small(graph: Graph) -> Graph:
    """Six techniques of Windows and Linux, and an empty current set."""
    make(graph, TECHNIQUES, SET)
    return graph


class TestFindings:
    @pytest.fixture
    def findings(self, small: Graph) -> Graph:
        """Entries of 3, 1 and 2 findings; the first claims three techniques, one of them by two identifiers."""
        make(
            small,
            "MATCH (t:Technique {attack_id: 'T1001'}) "
            "CREATE (:AttackId {id: 'T0999'})-[:RESOLVES_TO {release: $r, hops: ['T0999', 'T1001']}]->(t)",
            claims(
                ":Evidence:Detection {id: 'many', count: 3}",
                "T1001",
                "T1002",
                claim="category: 'detect', confidence: 0.5",
            ),
            "MATCH (e:Detection {id: 'many'}), (known:AttackId {id: 'T0999'}) "
            "CREATE (e)-[:CLAIMS {category: 'detect', counted: true, confidence: 0.7}]->(known)",
            "MATCH (e:Detection {id: 'many'}), (known:AttackId {id: 'T1003'}) "
            "CREATE (e)-[:CLAIMS {category: 'detect', counted: true}]->(known)",
            claims(":Evidence:Detection {id: 'one'}", "T1001", claim="category: 'detect', confidence: 1.0"),
            claims(":Evidence:Detection {id: 'unrated', count: 2}", "T1001"),
            "CREATE (s:NativeSource {name: 'Guard'}) WITH s MATCH (e:Detection) CREATE (e)-[:REPORTED_BY]->(s)",
        )
        return small

    def test_a_finding_of_several_techniques_is_one_finding(self, findings: Graph) -> None:
        [row] = ask(findings, BY_SOURCE, ReleaseEvidence(R))
        assert (row.techniques, row.detections, row.rated) == (3, 6, 4)
        assert (row.confidence_min, row.confidence_max) == (0.5, 1.0)
        assert row.confidence_mean == pytest.approx((3 * (0.5 + 0.5 + 0.7) / 3 + 1.0) / 4)

    def test_a_finding_that_claims_a_technique_by_two_ids_is_one_finding(self, findings: Graph) -> None:
        [row] = ask(findings, TECHNIQUE_BY_SOURCE, TechniqueEvidence(R, "T1001"))
        assert (row.detections, row.rated) == (6, 4)
        assert (row.confidence_min, row.confidence_max) == (0.5, 1.0)
        assert row.confidence_mean == pytest.approx((3 * 0.6 + 1.0) / 4)


class TestBlindWithout:
    SOURCES = (
        "CREATE (e:Environment {key: 'soc', platforms_stated: true})-[:RUNS]->(:Platform {name: 'Windows'}) "
        "CREATE (e)-[:COLLECTS {status: 'collected', sees: true}]->(:LogSource {key: 'a', canonical: 'a'}) "
        "CREATE (e)-[:COLLECTS {status: 'collected', sees: true}]->(:LogSource {key: 'b', canonical: 'b'})"
    )
    TECHNIQUES = (
        "MATCH (t:Technique {attack_id: 'T1002'}) SET t.platforms = ['Linux'] "
        "WITH 1 AS one MATCH (t:Technique {attack_id: 'T1003'}) SET t.platforms = ['macOS']"
    )
    RULES = (
        claims(
            ":Evidence:Rule {id: '1', title: 'on Windows', platforms: ['Windows'], reads: 'a'}",
            "T1001",
            "T1002",
            "T1003",
        ),
        claims(
            ":Evidence:Rule {id: '2', title: 'on Linux', platforms: ['Linux'], reads: 'a'}", "T1001", "T1002"
        ),
        claims(":Evidence:Rule {id: '3', title: 'unplaced', reads: 'a'}", "T1002", "T1004"),
        claims(":Evidence:Rule {id: '4', title: 'put on Windows', reads: 'a'}", "T1002", "T1005"),
        claims(":Evidence:Rule {id: '5', title: 'left on Linux', platforms: ['Linux'], reads: 'b'}", "T1001"),
        claims(
            ":Evidence:Rule {id: '6', title: 'left off platform', platforms: ['macOS'], reads: 'b'}", "T1001"
        ),
        claims(":Evidence:Rule {id: '7', title: 'left unplaced', reads: 'b'}", "T1001", "T1002"),
    )
    WIRED = (
        "MATCH (r:Rule), (s:LogSource {key: r.reads}), (e:Environment) CREATE (e)-[:ENABLES]->(r)-[:READS]->(s)",
        "MATCH (r:Rule {id: '4'}), (e:Environment) CREATE (e)-[:PLACES {platforms: ['Windows']}]->(r)",
    )

    @pytest.fixture
    def environment(self, small: Graph) -> Graph:
        """An environment that runs Windows and collects a and b; T1002 is Linux only, T1003 macOS only."""
        make(small, self.SOURCES, self.TECHNIQUES, *self.RULES, *self.WIRED)
        return small

    def lost(self, graph: Graph) -> dict[str, Blinded]:
        return {row.technique_id: row for row in ask(graph, BLIND_WITHOUT, WithoutLogSource(R, "soc", "a"))}

    def test_only_what_applies_here_is_lost_or_left(self, environment: Graph) -> None:
        lost = self.lost(environment)
        assert {name: row.rules for name, row in lost.items()} == {
            "T1001": ("on Windows",),
            "T1004": ("unplaced",),
            "T1005": ("put on Windows",),
        }
        assert {name: row.detections_left for name, row in lost.items()} == {
            "T1001": 1,
            "T1004": 0,
            "T1005": 0,
        }

    def test_an_environment_that_states_no_platforms_runs_all(self, environment: Graph) -> None:
        make(environment, "MATCH (e:Environment)-[runs:RUNS]->() SET e.platforms_stated = false DELETE runs")
        lost = self.lost(environment)
        assert {name: row.rules for name, row in lost.items()} == {
            "T1001": ("on Linux", "on Windows"),
            "T1002": ("on Linux", "unplaced"),
            "T1004": ("unplaced",),
            "T1005": ("put on Windows",),
        }
        assert (lost["T1001"].detections_left, lost["T1002"].detections_left) == (2, 1)


def test_what_a_user_does_has_the_states_of_techniques(small: Graph) -> None:
    make(
        small,
        "CREATE (:Group {attack_id: 'G0001', name: 'G', release: $r, live: true}), "
        "(:Asset {attack_id: 'A0001', name: 'A', release: $r, live: true})",
        "MATCH (g:Group), (a:Asset), (t:Technique) CREATE (g)-[:USES]->(t)-[:TARGETS]->(a)",
        claims(":Evidence:Rule {id: '1', platforms: ['Windows']}", "T1001"),
        claims(":Evidence:Rule {id: '2'}", "T1001", "T1002"),
        claims(":Evidence:Rule {id: '3', platforms: ['macOS']}", "T1002", "T1003"),
        claims(":Evidence:Capability {id: '4'}", "T1003", "T1004", claim="category: 'protect'"),
        claims(":Evidence:Capability {id: '5'}", "T1005", claim="scored: 'no category'"),
        "MATCH (t:Technique) WHERE t.attack_id IN ['T1004', 'T1005'] "
        "CREATE (:DetectionStrategy {live: true})-[:DETECTS]->(t) "
        "WITH t MATCH (s:DetectionStrategy)-[:DETECTS]->(t) "
        "CREATE (s)-[:HAS_ANALYTIC]->(:Analytic {platforms: ['Windows'], live: true})",
    )
    expected = {row.technique_id: row.state for row in ask(small, BY_TECHNIQUE, TechniquesEvidence(R))}
    assert list(expected.values()) == [
        *("covered", "unplaced", "off_platform"),
        *("protect_only", "guidance_only", "none"),
    ]
    used = ask(small, OF_USER, OfUser(R, "G0001"))
    assert {row.technique_id: row.state for row in used} == expected
    assert [row.state for row in used] == list(reversed(expected.values()))
    assert {row.technique_id: (row.placed, row.detect) for row in used}["T1001"] == (1, 2)
    aimed = ask(small, OF_ASSET, OfObject(R, "A0001"))
    assert [(row.technique_id, row.state) for row in aimed] == [(row.technique_id, row.state) for row in used]


def test_a_claim_without_a_category_protects_nothing(small: Graph) -> None:
    make(
        small,
        claims(
            ":Evidence:Capability {id: '1', platforms: ['Windows']}", "T1001", claim="scored: 'no category'"
        ),
        claims(":Evidence:Capability {id: '2', platforms: ['Linux']}", "T1001", claim="category: 'respond'"),
    )
    rows = ask(small, TECHNIQUE, TechniqueEvidence(R, "T1001"))
    assert {row.platform: row.state for row in rows} == {"Linux": "protect_only", "Windows": "none"}


def test_a_rule_without_status_is_not_experimental(small: Graph) -> None:
    make(
        small,
        claims(":Evidence:Rule {id: '1', status: 'experimental'}", "T1001", "T1002"),
        claims(":Evidence:Rule {id: '2'}", "T1002"),
    )
    assert [row.technique_id for row in ask(small, EXPERIMENTAL_ONLY, OfRelease(R))] == ["T1001"]


def test_seven_unlisted_findings_are_not_one_piece(small: Graph) -> None:
    make(
        small,
        claims(":Evidence:Detection {id: '1', count: 7}", "T1001"),
        claims(":Evidence:Detection {id: '2', count: 1}", "T1002"),
        claims(":Evidence:Rule {id: '3'}", "T1003"),
    )
    assert [row.technique_id for row in ask(small, SINGLE_PIECE, OfRelease(R))] == ["T1002", "T1003"]


def test_two_live_successors_are_ambiguous(small: Graph) -> None:
    make(
        small,
        "MATCH (a:Technique {attack_id: 'T1001'}), (b:Technique {attack_id: 'T1002'}) "
        "UNWIND ['T0001', 'T0002', 'T0003'] AS id CREATE (:AttackId {id: id})<-[:HAS_ID]-"
        "(old:AttackObject:Technique {attack_id: id, release: $r, live: false, revoked: true}) "
        "WITH old, a, b WHERE old.attack_id = 'T0001' CREATE (old)-[:REVOKED_BY]->(a), (old)-[:REVOKED_BY]->(b)",
        "MATCH (from:Technique {attack_id: 'T0003'}), (to:Technique {attack_id: 'T0001'}) "
        "CREATE (from)-[:REVOKED_BY]->(to)",
        claims(":Evidence:Rule {id: '1'}", "T0001", "T0002", "T0003"),
    )
    rows = find(small, kind("claim-unresolved"), release=R)
    assert {row.attack_id: row.reason for row in rows} == {
        "T0001": "ambiguous",
        "T0002": "no-successor",
        "T0003": "ambiguous",
    }


def test_rules_lack_no_log_source_in_a_release_that_names_none(small: Graph) -> None:
    make(small, claims(":Evidence:Rule {id: '1', logsource: 'sigma:x'}", "T1001"))
    assert not find(small, kind("rule-without-attack-log-source"), release=R)
    make(
        small,
        "CREATE (:DataComponent {release: $r})-[:RECORDED_IN {release: $r}]->(:LogSource {key: 'a', canonical: 'a'})",
    )
    assert len(find(small, kind("rule-without-attack-log-source"), release=R)) == 1


def test_an_analytic_of_another_platform_unlocks_nothing(small: Graph) -> None:
    make(
        small,
        "CREATE (:Environment {key: 'soc', platforms_stated: false})",
        "MATCH (t:Technique {attack_id: 'T1001'}) UNWIND ['macOS', 'Linux'] AS platform "
        "CREATE (t)<-[:DETECTS]-(:DetectionStrategy {live: true})"
        "-[:HAS_ANALYTIC]->(:Analytic {platforms: [platform], live: true})"
        "-[:READS]->(:LogSource {key: platform, canonical: platform})",
    )
    rows = ask(small, UNLOCKING_LOG_SOURCES, TopOfEnvironment(R, "soc"))
    assert [row.log_source for row in rows] == ["Linux"]


@pytest.mark.parametrize(
    "name", ["m365:unified", "M365:Unified", "o365:Unified", "M365:UnifiedAuditLog", "Sigma:m365//audit"]
)
def test_a_log_source_is_found_by_any_of_its_names(small: Graph, name: str) -> None:
    make(
        small,
        "CREATE (:LogSource {key: 'a', name: 'o365:unified', spellings: ['o365:unified'], "
        "canonical: 'm365:unified'})",
        claims(":Evidence:Rule {id: '1', logsource: 'sigma:m365//audit'}", "T1001"),
        "MATCH (r:Rule) CREATE (r)-[:READS]->(:LogSource {key: 'b', name: 'M365:UnifiedAuditLog', "
        "spellings: ['M365:UnifiedAuditLog', 'm365:unifiedauditlog'], canonical: 'm365:unified'})",
    )
    assert [row.evidence_id for row in ask(small, RULES_OF_LOG_SOURCE, OfLogSource(R, name))] == ["1"]


@pytest.mark.parametrize(
    ("statuses", "best"),
    [
        (("not_used", "partial"), "partial"),
        (("partial", "collected"), "collected"),
        (("planned", "not_used"), "planned"),
        (("not_used",), "not_used"),
    ],
)
def test_the_best_status_of_a_log_source_holds(small: Graph, statuses: tuple[str, ...], best: str) -> None:
    make(
        small,
        "CREATE (:Environment {key: 'soc'})",
        f"MATCH (e:Environment) UNWIND {list(statuses)} AS status "
        "CREATE (e)-[:COLLECTS {status: status, sees: status IN ['collected', 'partial']}]->"
        "(:LogSource {key: status, canonical: 'a'})",
    )
    [row] = ask(small, ENVIRONMENT_BY_LOG_SOURCE, TechniquesHere(R, "soc"))
    assert (row.log_source, row.status) == ("a", best)

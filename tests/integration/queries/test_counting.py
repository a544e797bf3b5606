"""What questions count and leave out, on graphs of a few nodes."""

import pytest

from graph.connection import Graph, Lookup, Transaction
from queries.coverage.technique import TECHNIQUE_BY_SOURCE, TechniqueEvidence
from queries.coverage.totals import BY_SOURCE, ReleaseEvidence
from queries.run import ask

R = "enterprise-attack@18.1"
TECHNIQUES = """
UNWIND ['T1001', 'T1002', 'T1003', 'T1004', 'T1005', 'T1006'] AS id
CREATE (t:AttackObject:Technique {attack_id: id, name: id, key: $r + '/' + id, release: $r, live: true})
SET t.platforms = ['Windows', 'Linux']
CREATE (t)<-[:RESOLVES_TO {release: $r, via: 'direct', hops: [id]}]-(:AttackId {id: id})
"""
SET = "CREATE (:EvidenceSet {key: 'set@1', current: true})"


def make(graph: Graph, *statements: str) -> None:
    """Write statements in which `$r` stands for the release, in one transaction."""

    def write(transaction: Transaction) -> None:
        for each in statements:
            transaction.run(each.replace("$r", f"'{R}'"))

    graph.write(write, landed=Lookup("RETURN false"))


def claims(evidence: str, *ids: str, claim: str = "category: 'detect'") -> str:
    """A statement that puts a piece of evidence, written as a node without its id, into the set, with its claims."""
    return (
        f"MATCH (set:EvidenceSet) CREATE (e{evidence})<-[:CONTAINS]-(set) WITH e UNWIND {list(ids)} AS id "
        f"MATCH (known:AttackId {{id: id}}) CREATE (e)-[:CLAIMS {{{claim}}}]->(known)"
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
            "CREATE (e)-[:CLAIMS {category: 'detect', confidence: 0.7}]->(known)",
            "MATCH (e:Detection {id: 'many'}), (known:AttackId {id: 'T1003'}) "
            "CREATE (e)-[:CLAIMS {category: 'detect'}]->(known)",
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

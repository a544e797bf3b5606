"""Real rules and mappings on the real release 18.1: the numbers that must come out."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.server.connection import Graph, connect
from graph.server.settings import Target
from loaders.reading.sources import read_file
from loaders.report import LoadReport
from tests.conftest import wipe
from tests.loads import load_attack, load_ctid, load_sigma

NEWEST = (
    "aws-12.12.2024_attack-16.1-enterprise.json",
    "azure-04.26.2025_attack-16.1-enterprise.json",
    "gcp-03.06.2025_attack-16.1-enterprise.json",
    "m365-07.18.2025_attack-16.1-enterprise.json",
)
RELEASE = "enterprise-attack@18.1"

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def sigma(loaded: tuple[Graph, LoadReport]) -> LoadReport:
    return loaded[1]


@pytest.fixture(scope="module")
def loaded(server: Target, data: Path) -> Iterator[tuple[Graph, LoadReport]]:
    """The Sigma release, then ATT&CK 18.1, then the four newest provider files: any order must do."""
    with connect(server, patience=20) as opened:
        wipe(opened)
        sigma = load_sigma(opened, str(data / "sigma" / "sigma-rules-r2026-04-01.zip"))
        load_attack(opened, read_file(str(data / "attack" / "enterprise-attack-18.1.json.gz")))
        load_ctid(opened, [str(data / "ctid" / name) for name in NEWEST])
        yield opened, sigma


@pytest.fixture
def graph(loaded: tuple[Graph, LoadReport]) -> Graph:
    return loaded[0]


def one(graph: Graph, cypher: str, **parameters: object) -> object:
    (row,) = graph.read(cypher, {"release": RELEASE, **parameters})
    return next(iter(row.values()))


def test_every_rule_and_claim_is_stored(graph: Graph, sigma: LoadReport) -> None:
    assert (sigma.items, sigma.stored, sigma.reported) == (3748, 3748, 0)
    claims = "MATCH (:Rule)-[claim:CLAIMS]->() RETURN sum(claim.count) AS n"
    assert one(graph, claims) == 4451


def test_every_claim_is_resolved_or_not(graph: Graph) -> None:
    resolved = (
        "MATCH (:Rule)-[claim:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(:Technique) "
        "RETURN count(claim) AS n"
    )
    assert one(graph, resolved) == 4451
    migrated = (
        "MATCH (:Capability)-[:CLAIMS]->(id:AttackId)-[:RESOLVES_TO {release: $release, via: 'revoked-by'}]->() "
        "RETURN collect(DISTINCT id.id) AS ids"
    )
    assert one(graph, migrated) == ["T1053.001"]
    mapped = "MATCH (:Capability)-[c:CLAIMS]->(id) RETURN count(c) AS n"
    unresolved = (
        "MATCH (:Capability)-[c:CLAIMS]->(id) WHERE NOT EXISTS { (id)-[:RESOLVES_TO {release: $release}]->() } "
        "RETURN count(c) AS n"
    )
    found = "MATCH (:Capability)-[c:CLAIMS]->()-[:RESOLVES_TO {release: $release}]->() RETURN count(c) AS n"
    assert one(graph, mapped) == int(str(one(graph, unresolved))) + int(str(one(graph, found)))


def test_where_the_claims_of_the_rules_are_placed(graph: Graph) -> None:
    placement = """
    MATCH (rule:Rule)-[claim:CLAIMS]->(:AttackId)-[:RESOLVES_TO {release: $release}]->(technique:Technique)
    WITH CASE WHEN rule.platforms IS NULL THEN 'unplaced'
      WHEN any(platform IN rule.platforms WHERE platform IN technique.platforms) THEN 'placed'
      ELSE 'off_platform' END AS placement, sum(claim.count) AS n
    RETURN placement, n ORDER BY placement
    """
    rows = graph.read(placement, {"release": RELEASE})
    assert {str(row["placement"]): row["n"] for row in rows} == {
        "placed": 4063,
        "unplaced": 238,
        "off_platform": 150,
    }


def test_what_rules_read_is_what_analytics_read(graph: Graph) -> None:
    """Rules and analytics meet on canonical names: the log source of the Entra ID audit rules is ATT&CK's."""
    shared = """
    MATCH (:Rule {logsource: 'sigma:azure//auditlogs'})-[:READS]->(read:LogSource)
    WITH DISTINCT read.canonical AS name
    RETURN count { (:Analytic)-[:READS]->(:LogSource {canonical: name}) } > 0 AS met
    """
    assert one(graph, shared) is True


def test_the_components_of_the_table_are_alive(graph: Graph) -> None:
    dead = """
    MATCH (:Rule)-[:LOOKS_FOR]->(id:AttackId)
    WHERE NOT EXISTS { (id)-[:RESOLVES_TO {release: $release, via: 'direct'}]->(:DataComponent) }
    RETURN collect(DISTINCT id.id) AS ids
    """
    assert one(graph, dead) == []


def test_pairs_of_technique_and_platform_that_are_covered(graph: Graph) -> None:
    covered = """
    MATCH (technique:Technique {release: $release}) WHERE technique.live
    UNWIND technique.platforms AS platform
    WITH technique, platform, EXISTS {
      MATCH (technique)<-[:RESOLVES_TO {release: $release}]-(:AttackId)
        <-[claim:CLAIMS {category: 'detect'}]-(e:Evidence)
      WHERE claim.counted AND e.counted AND platform IN e.platforms } AS covered
    RETURN count(*) AS pairs, sum(CASE WHEN covered THEN 1 ELSE 0 END) AS covered
    """
    assert graph.read(covered, {"release": RELEASE}) == [{"pairs": 1837, "covered": 580}]

"""From a Sigma rule to a technique and its tactic: traced, proven, verified, by two verifiers."""

import json
from typing import Any

import pytest

from docs.proof_example import load_publishers
from docs.query_answers import load_example
from graph.errors import NotFoundError
from graph.server.connection import Graph
from proofs.document import proof
from proofs.paths import Found, Trace, resolved
from proofs.report import CONSISTENT, REFUSED
from proofs.sketches import Wish, sketched
from proofs.statement import write_statement
from proofs.verify import verify
from queries.ask import ask
from queries.params import OfObject
from queries.questions.coverage.technique import EVIDENCE, TechniqueEvidence
from queries.questions.lookup.questions import RAW
from tests import second_verifier

RELEASE = "enterprise-attack@18.1-sample"


CONSENT = "6f0c2a34-51de-4a55-8d27-1f6e0c8b6a01"


def traced(graph: Graph, start: str, **wish: Any) -> Trace:
    return resolved(graph, sketched(graph, Wish(RELEASE, start, **wish)))


def ends(found: Found) -> list[str | None]:
    return [node["attack_id"] or node["name"] for node in found.path["nodes"]]


@pytest.fixture
def example(graph: Graph) -> Graph:
    load_example(graph)
    return graph


def accepted(data: bytes) -> bool:
    """Both verifiers say the same."""
    verdict = verify(data).verdict
    try:
        second_verifier.verify(data)
    except Exception:  # noqa: BLE001  whatever it trips over, it refuses
        assert verdict == REFUSED
        return False
    assert verdict == CONSISTENT
    return True


def test_a_rule_leads_to_its_technique_its_tactic_and_its_log_source(example: Graph) -> None:
    found = traced(example, CONSENT)
    assert found.lost == ()
    title = "Consent to an application by an administrator"
    assert sorted(map(ends, found.paths)) == [
        ["example-rules@1", title, "T1528", "TA0006"],
        ["example-rules@1", title, "azure:audit"],
    ]
    hops = [
        [(hop["relationship"], hop["via"], hop["at"], hop["line"]) for hop in each.path["hops"]]
        for each in found.paths
    ]
    assert hops == [
        [
            ("CONTAINS", "record-in-source", "", None),
            ("CLAIMS", "tag-claims-technique", "/tags/1", 7),
            ("ACHIEVES", "tactic-of-phase", "/kill_chain_phases", None),
        ],
        [
            ("CONTAINS", "record-in-source", "", None),
            ("READS", "log-source-alias", "/log_sources", None),
        ],
    ]
    read = found.paths[1]
    assert read.path["hops"][1]["origin"] == {"file": "sigma-log-sources.csv", "place": "line 13"}
    assert read.sketch.ways[1].confidence == "high"


def test_an_analytic_leads_to_technique_tactic_components_and_log_sources(example: Graph) -> None:
    found = traced(example, "AN0496")
    assert found.lost == ()
    assert sorted(map(ends, found.paths)) == [
        ["AN0496", "DC0002"],
        ["AN0496", "DC0038"],
        ["AN0496", "DET0174", "T1212", "TA0006"],
        ["AN0496", "azure:signinlogs"],
        ["AN0496", "m365:unified"],
    ]
    (record,) = ask(example, RAW, OfObject(RELEASE, "AN0496"))
    assert {each.path["nodes"][0]["record"] for each in found.paths} == {record.sha256}


def test_every_piece_of_evidence_of_a_technique_has_a_path(example: Graph) -> None:
    found = traced(example, "T1528")
    rows = ask(example, EVIDENCE, TechniqueEvidence(RELEASE, "T1528"))
    # A path of guidance may be a single hop; a claim is always the second one.
    claims = [
        each for each in found.paths if [hop["relationship"] for hop in each.path["hops"][1:2]] == ["CLAIMS"]
    ]
    claiming = {each.path["nodes"][1]["id"] for each in claims}
    assert {row.id for row in rows} == claiming
    assert found.lost == ()


def test_rules_of_other_publishers_lead_to_techniques_and_log_sources(example: Graph) -> None:
    load_publishers(example)
    found = traced(example, "T1212")
    assert found.lost == ()
    told = {
        (each.path["nodes"][1]["name"], hop["via"], hop["at"], hop["line"], ends(each)[2])
        for each in found.paths
        if each.path["nodes"][1]["node"] == "Rule"
        for hop in each.path["hops"][1:2]
    }
    grant, counted = "A grant to an application by many users", "Grants by application, counted"
    unusual, rare = "An unusual grant to an application", "A rare grant to an application"
    row = "publisher-log-source-alias", "/log_sources", None
    assert told == {
        (grant, "threat-claims-technique", "/rule/threat/0/technique/1/id", 32, "T1212"),
        (grant, *row, "azure:audit"),
        (grant, "index-of-rule", "/rule/index/0", 8, "elastic:filebeat"),
        (counted, "threat-claims-technique", "/rule/threat/0/technique/0/id", 19, "T1212"),
        (counted, *row, "azure:audit"),
        (counted, "index-of-rule", "/rule/query", 9, "elastic:logs-own.grants"),
        (unusual, "mitre-id-claims-technique", "/tags/mitre_attack_id/1", 20, "T1212"),
        (unusual, *row, "azure:audit"),
        (unusual, "data-source-of-rule", "/data_source/1", 12, "splunk:own grants"),
        (unusual, "data-source-of-rule", "/data_source/1", 12, "splunk:own users"),
        (rare, "relevant-technique-is-claimed", "/relevantTechniques/1", 14, "T1212"),
        (rare, *row, "azure:audit"),
        (rare, "data-type-of-rule", "/requiredDataConnectors/1/connectorId", 10, "sentinel:owngrants"),
    }
    assert accepted(write_statement(proof(example, found)))


def test_a_platform_and_an_environment_narrow_what_is_traced(example: Graph) -> None:
    every = traced(example, "T1528")
    here = traced(example, "T1528", environment="example")
    on = traced(example, "T1528", platform="identity provider")
    enabled = {each.path["nodes"][1]["id"] for each in here.paths if each.path["nodes"][1]["node"] == "Rule"}
    assert enabled
    assert len(here.paths) < len(every.paths)
    assert len(on.paths) < len(every.paths)
    assert {way.status for each in here.paths for way in each.sketch.ways} - {None}
    assert all(each.path["nodes"][1]["id"] == CONSENT for each in traced(example, "T1528", to=CONSENT).paths)


def test_what_is_not_there_is_named(example: Graph) -> None:
    with pytest.raises(NotFoundError, match="nowhere: not the id of a loaded object"):
        traced(example, "nowhere")
    with pytest.raises(NotFoundError, match="T1528: not the id of a loaded piece of evidence"):
        traced(example, "T1528", to="T1528")


@pytest.mark.parametrize("start", ["T1528", "AN0496", "TA0006", "DET0174", "DC0038", CONSENT])
def test_every_trace_is_proven_to_two_verifiers(example: Graph, start: str) -> None:
    found = traced(example, start)
    assert found.lost == ()
    data = write_statement(proof(example, found))
    assert accepted(data)
    assert not accepted(data + b"\n")
    statement: dict[str, Any] = json.loads(data)
    statement["predicate"]["paths"][0]["hops"].pop()
    assert not accepted(write_statement(statement))  # type: ignore[arg-type]

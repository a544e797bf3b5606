"""From a Sigma rule to a technique and its tactic: traced, proven, verified, by two verifiers."""

import json
from typing import Any

import pytest

from docs.query_answers import load_example
from graph.server.connection import Graph
from proofs.document import proof
from proofs.paths import Trace, of_techniques, resolved
from proofs.statement import write_statement
from proofs.verify import CONSISTENT, REFUSED, verify
from tests import second_verifier

RELEASE = "enterprise-attack@18.1-sample"


def traced(graph: Graph, *techniques: str) -> Trace:
    return resolved(graph, RELEASE, of_techniques(graph, RELEASE, techniques))


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


def test_a_rule_leads_to_its_technique_and_tactic(example: Graph) -> None:
    found = traced(example, "T1528")
    assert found.lost == ()
    (path,) = [
        each.path
        for each in found.paths
        if each.path["nodes"][1]["id"] == "6f0c2a34-51de-4a55-8d27-1f6e0c8b6a01"
    ]
    assert [node["attack_id"] or node["name"] for node in path["nodes"]] == [
        "example-rules@1",
        "Consent to an application by an administrator",
        "T1528",
        "TA0006",
    ]
    assert [(hop["relationship"], hop["kind"], hop["via"]) for hop in path["hops"]] == [
        ("CONTAINS", "computed", "record-in-source"),
        ("CLAIMS", "computed", "tag-claims-technique"),
        ("ACHIEVES", "computed", "tactic-of-phase"),
    ]
    assert path["hops"][1]["at"] == "/tags/1"


def test_what_is_proven_is_accepted_and_what_is_changed_is_not(example: Graph) -> None:
    data = write_statement(proof(example, traced(example, "T1528")))
    assert accepted(data)
    statement: dict[str, Any] = json.loads(data)
    statement["predicate"]["paths"][0]["hops"].pop()
    assert not accepted(write_statement(statement))  # type: ignore[arg-type]
    assert not accepted(data + b"\n")
    assert not accepted(data.replace(b"attack.t1528", b"attack.t1529"))

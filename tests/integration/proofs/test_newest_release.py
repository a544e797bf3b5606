"""On the newest real release, with rules and mappings: each piece of evidence of a technique has a path."""

import json
from collections.abc import Iterable
from itertools import pairwise

from graph.record import sha256_hex
from graph.server.connection import Graph
from loaders.reading.sources import read_file
from proofs.document import proof
from proofs.paths import Trace, resolved
from proofs.report import ANCHORED, CONSISTENT
from proofs.sketches import Wish, sketched
from proofs.statement import write_statement
from proofs.verify import Anchors, verify
from queries.ask import ask
from queries.questions.coverage.technique import EVIDENCE, TechniqueEvidence
from tests import second_verifier
from tests.loads import load_attack, load_ctid, load_rules, load_sigma
from tests.real_data import RealFile

RELEASE = "enterprise-attack@19.1"
PUBLISHERS = {
    "elastic": "elastic-detection-rules-2026-08-21.zip",
    "splunk": "splunk-security-content-2024-10-24.zip",
    "sentinel": "sentinel-sample-35.zip",
}
CLAIMED_BY = {
    "tag-claims-technique",
    "threat-claims-technique",
    "mitre-id-claims-technique",
    "relevant-technique-is-claimed",
}
READ_BY = {"index-of-rule", "publisher-log-source-alias"}  # our table has every other log source


def hops(found: Trace) -> Iterable[tuple[str, int | None, str]]:
    """The rule, the line and the text of the record that states each hop from a rule on."""
    for each in found.paths:
        for (start, _), hop in zip(pairwise(each.path["nodes"]), each.path["hops"], strict=True):
            if start["node"] == "Rule" and start["record"]:
                yield hop["via"], hop["line"], found.records[start["record"]].text


def test_every_piece_of_evidence_of_19_1_has_a_path(graph: Graph, data: RealFile) -> None:
    load_attack(graph, read_file(str(data / "attack" / "enterprise-attack-19.1.json.gz")), release="19.1")
    load_sigma(graph, str(data / "sigma" / "sigma-rules-r2026-04-01.zip"))
    load_ctid(graph, [str(data / "ctid" / "azure-04.26.2025_attack-16.1-enterprise.json")])
    for word, file in PUBLISHERS.items():
        load_rules(graph, word, str(data / "rules" / file), set_version="1")
    found = resolved(graph, sketched(graph, Wish(RELEASE, "T1528")))
    claiming = _is_the_evidence_of(graph, "T1528", found)
    assert len(claiming) > 10
    deprecated = _is_the_evidence_of(graph, "T1535", resolved(graph, sketched(graph, Wish(RELEASE, "T1535"))))
    assert {counted for _, _, counted in deprecated} == {True, False}
    document = write_statement(proof(graph, found))
    assert verify(document).verdict == CONSISTENT
    second_verifier.verify(document)
    _is_at_the_lines_of_its_records(found)
    _states_the_license_of_elastic(document)
    files = (
        "attack/enterprise-attack-19.1.json.gz",
        "sigma/sigma-rules-r2026-04-01.zip",
        "ctid/azure-04.26.2025_attack-16.1-enterprise.json",
        *(f"rules/{file}" for file in PUBLISHERS.values()),
    )
    against = Anchors(tuple(str(data / file) for file in files), needed=True)
    assert verify(document, against).verdict == ANCHORED


def _is_the_evidence_of(
    graph: Graph, attack_id: str, found: Trace
) -> set[tuple[str | None, str | None, bool | None]]:
    """Set, id and whether it counts of each piece that claims the technique: coverage lists the same."""
    claiming = {
        (each.path["nodes"][0]["name"], each.path["nodes"][1]["id"], each.sketch.ways[1].counted)
        for each in found.paths
        if [hop["relationship"] for hop in each.path["hops"][1:2]] == ["CLAIMS"]
    }
    rows = ask(graph, EVIDENCE, TechniqueEvidence(RELEASE, attack_id))
    assert {(row.set, row.id, row.counted) for row in rows} == claiming
    assert found.lost == ()
    return claiming


def _is_at_the_lines_of_its_records(found: Trace) -> None:
    seen = list(hops(found))
    assert {via for via, _, _ in seen} >= CLAIMED_BY | READ_BY
    for via, line, text in seen:
        if via in CLAIMED_BY:
            assert line
            assert "T1528" in text.split("\n")[line - 1].upper()


def _states_the_license_of_elastic(document: bytes) -> None:
    records = json.loads(document)["predicate"]["records"]
    toml = [each for each in records if each["media"] == "application/toml"]
    assert len(toml) > 10
    assert {each["license"] for each in toml} == {"Elastic License v2"}
    assert all(sha256_hex(each["text"].encode()) == each["sha256"] for each in toml)

"""The rules by which relationships follow from records: on one record, and as the loaders apply them."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import orjson
import pytest
import yaml

from graph.schema import node, relationship
from loaders.evidence.model import EvidenceSet
from loaders.formats.attack.bundle import read_bundle
from loaders.formats.attack.edges import BundleEdges
from loaders.formats.attack.references import RULES
from loaders.formats.ctid.collection import read_ctid
from loaders.formats.detections import read_detections
from loaders.formats.sigma.collection import read_sigma
from loaders.reading.sources import read_file
from loaders.references import Oddity, Reference
from loaders.rules import HOMES, rule
from tests.bundles import as_source, bundle, matrix, thing, tie

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "docs" / "example"

TACTIC = thing(
    "x-mitre-tactic",
    "Credential Access",
    "TA0006",
    x_mitre_shortname="credential-access",
    x_mitre_domains=["enterprise-attack"],
)
TECHNIQUE = thing(
    "attack-pattern",
    "Steal",
    "T1528",
    kill_chain_phases=[{"kill_chain_name": "mitre-attack", "phase_name": "credential-access"}],
    description="See [Audit](https://attack.mitre.org/mitigations/M1047).",
)
CONTROL = thing("course-of-action", "Audit", "M1047")
COMPONENT = thing(
    "x-mitre-data-component", "Logon", "DC0067", x_mitre_log_sources=[{"name": "azure:signinlogs"}]
)
ANALYTIC = thing(
    "x-mitre-analytic",
    "Analytic 1",
    "AN0001",
    x_mitre_log_source_references=[
        {"name": "azure:signinlogs", "channel": "x", "x_mitre_data_component_ref": COMPONENT["id"]}
    ],
)
STRATEGY = thing("x-mitre-detection-strategy", "Strategy", "DET0001", x_mitre_analytic_refs=[ANALYTIC["id"]])
DETECTS = tie("detects", STRATEGY, TECHNIQUE)


def test_every_rule_is_listed_with_its_home_and_joins_what_the_schema_declares() -> None:
    found = {name: home for home in set(HOMES.values()) for name in import_module(home).RULES}
    assert found == HOMES
    for name in HOMES:
        each = rule(name)
        assert each.name == name
        declared = relationship(each.type).ends
        families = {(node(start).base, node(end).base) for start, end in declared}
        if not name.endswith("log-source-alias"):
            assert families & {
                (node(start).base, node(end).base) for start in each.starts for end in each.ends
            }


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("tactic-of-phase", TECHNIQUE, TACTIC),
        ("tactic-in-matrix", matrix("enterprise-attack", TACTIC), TACTIC),
        ("analytic-in-strategy", STRATEGY, ANALYTIC),
        ("component-of-analytic", ANALYTIC, COMPONENT),
        ("link-in-description", TECHNIQUE, CONTROL),
    ],
)
def test_a_rule_needs_the_two_records_only(
    name: str, start: dict[str, object], end: dict[str, object]
) -> None:
    assert rule(name).leads(start, end)
    assert not rule(name).leads(end, start)
    assert not rule(name).leads(start, thing(str(end["type"]), "Another", "X0001"))


def test_a_shortname_means_the_tactic_of_its_own_domain() -> None:
    mobile = {**TACTIC, "x_mitre_domains": ["mobile-attack"]}
    silent = {name: value for name, value in TACTIC.items() if name != "x_mitre_domains"}
    phase = rule("tactic-of-phase")
    assert not phase.leads(TECHNIQUE, mobile)
    assert phase.leads(TECHNIQUE, silent, "enterprise-attack")
    assert not phase.leads(TECHNIQUE, silent, "ics-attack")


def test_a_relationship_object_states_one_edge_by_the_rule_of_its_type() -> None:
    component = tie("detects", COMPONENT, TECHNIQUE)
    assert [found.end for found in rule("strategy-detects").references(DETECTS)] == [TECHNIQUE["id"]]
    assert list(rule("strategy-detects").find(component)) == []
    assert [found.start for found in rule("component-detects").references(component)] == [COMPONENT["id"]]
    (odd,) = rule("related-to").references(tie("knows", CONTROL, TECHNIQUE))
    assert odd.properties["relationship_type"] == "knows"
    assert list(rule("uses").find({"relationship_type": "uses", "source_ref": 5})) == []


def test_a_log_source_is_named_with_its_place() -> None:
    (found,) = rule("log-source-of-analytic").references(ANALYTIC)
    assert (found.end, found.pointer) == ("azure:signinlogs", "/x_mitre_log_source_references/0")
    assert found.properties["component"] == COMPONENT["id"]
    (listed,) = rule("log-source-of-component").references(COMPONENT)
    assert listed.end == "azure:signinlogs"


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("analytic-in-strategy", {"x_mitre_analytic_refs": [5]}),
        ("log-source-of-analytic", {"x_mitre_log_source_references": [{"name": ""}]}),
        ("component-of-analytic", {"x_mitre_log_source_references": ["text"]}),
        ("log-source-of-component", {"x_mitre_log_sources": [None]}),
        ("source-of-component", {"x_mitre_data_source_ref": ["a"]}),
        ("row-claims-technique", {"attack_object_id": "T1528"}),
        ("row-claims-technique", {"capability_id": "a", "attack_object_id": "none"}),
        ("score-claims-technique", {"name": "a", "techniques": "none"}),
    ],
)
def test_what_states_nothing_is_an_oddity_with_a_place(name: str, body: dict[str, object]) -> None:
    (found,) = rule(name).find(body)
    assert isinstance(found, Oddity)
    assert list(rule(name).references(body)) == []


def test_the_loader_makes_the_relationships_that_the_rules_state() -> None:
    objects = [matrix("enterprise-attack", TACTIC), TACTIC, TECHNIQUE, CONTROL, COMPONENT, ANALYTIC, STRATEGY]
    read = read_bundle(as_source(bundle(*objects, DETECTS)))
    edges = BundleEdges(read, read.objects)
    found = {(each.type, start, end) for each in edges.edges() for start, end, _ in each.rows}
    stated = [
        reference
        for each in RULES.values()
        for record in read.records
        for reference in each.references(record.body)
    ]
    assert {(reference.type, reference.start) for reference in stated} == {edge[:2] for edge in found}
    assert len(found) == len(stated) == 8
    assert edges.problems == []


def claims_of(evidence: EvidenceSet) -> set[tuple[str, str, str, str]]:
    return {
        (item.id, claim.attack_id, claim.origin.pointer, claim.origin.sha256)
        for item in evidence.items
        for claim in item.claims
    }


def stated_in(evidence: EvidenceSet, name: str) -> set[tuple[str, str, str, str]]:
    bodies = [(yaml.safe_load(record.data), record.sha256) for record in evidence.records]
    references: list[tuple[Reference, str]] = [
        (reference, sha256) for body, sha256 in bodies for reference in rule(name).references(body)
    ]
    return {(each.start, each.end, each.pointer, sha256) for each, sha256 in references}


def test_rules_claim_what_their_tags_state() -> None:
    evidence = read_sigma(str(EXAMPLES / "rules"), version="1").evidence
    assert claims_of(evidence) == stated_in(evidence, "tag-claims-technique") != set()


def test_findings_claim_what_their_rows_state() -> None:
    found, _ = read_detections(read_file(str(ROOT / "loaders" / "sample" / "sample-detections.yaml")))
    assert claims_of(found) == stated_in(found, "finding-claims-technique") != set()


def test_mapping_rows_claim_what_they_state() -> None:
    (evidence,) = read_ctid([str(EXAMPLES / "mapping.json")]).sets
    rows = orjson.loads((EXAMPLES / "mapping.json").read_bytes())["mapping_objects"]
    stated = {(each.start, each.end) for row in rows for each in rule("row-claims-technique").references(row)}
    assert {(item, attack_id) for item, attack_id, _, _ in claims_of(evidence)} == stated != set()


def test_rules_are_applied_without_the_driver() -> None:
    unwanted = {"neo4j", "requests", "pydantic", "graph.schema"}
    code = (
        f"import sys; from loaders.rules import rule; [rule(name) for name in {list(HOMES)}]; "
        f"sys.exit(', '.join({unwanted} & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


OF_RULES = (
    "loaders.formats.sigma",
    "loaders.formats.elastic",
    "loaders.formats.splunk",
    "loaders.formats.sentinel",
)
RULES_OF_RULES = [name for name, home in HOMES.items() if home.startswith((*OF_RULES, "loaders.tables"))]
ODD = [
    {},
    {"publisher": "elastic", "name": 1, "log_sources": "a"},
    {"product": None, "category": [], "service": {}, "log_sources": "a"},
    {"rule": [], "tags": 1, "requiredDataConnectors": [1, {"dataTypes": 1}], "data_source": [1, None]},
    {"rule": {"threat": [1, {"framework": "MITRE ATT&CK", "technique": [{"id": 1}, 2]}], "index": [1]}},
    {"tags": {"mitre_attack_id": {"a": 1}}, "relevantTechniques": [None, 1.5]},
]


@pytest.mark.parametrize("body", ODD)
@pytest.mark.parametrize("name", RULES_OF_RULES)
def test_a_rule_finds_nothing_in_a_record_of_another_form(name: str, body: dict[str, object]) -> None:
    """A proof may carry any record: none of them ends in an error of Python's own."""
    assert list(rule(name).references(body)) == []

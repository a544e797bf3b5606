"""Rules of Elastic, Splunk and Sentinel, tests, and results of them, in the graph."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.record import sha256_hex
from graph.server.connection import Graph
from loaders.formats import Naming, Source
from loaders.loading import load_source
from loaders.reading.one_file import SourceFile
from loaders.report import LoadReport
from loaders.terms import Terms
from proofs.document import proof
from proofs.paths import resolved
from proofs.report import CONSISTENT
from proofs.sketches import Wish, sketched
from proofs.statement import write_statement
from proofs.verify import verify
from queries.answers.kinds import find, kind
from queries.answers.show.evidence import shown_evidence
from queries.ask import ask
from queries.params import InEnvironment, OfLogSource, OfObject
from queries.questions.coverage.environment import ENVIRONMENT, WHY, OneTechniqueHere, TechniqueHere
from queries.questions.coverage.technique import TECHNIQUE_BY_LOG_SOURCE, TechniqueEvidence
from queries.questions.evidence.questions import RESULTS, RULES_OF_LOG_SOURCE, TESTS
from tests.formats import atomic, elastic, sentinel, sigma_tests, splunk
from tests.integration.queries.small_sets import load_release, load_rules, rule, tactic, technique
from tests.loads import load_environment, only, remove_set

R = "enterprise-attack@18.1"
SOURCES = "- AWS CloudTrail\n- Acme VPN\n"
BOTH = "- AWS CloudTrail AND Azure Active Directory Sign-in activity\n"


@pytest.fixture
def release(graph: Graph) -> Graph:
    access = tactic("Credential Access", "TA0006", "credential-access")
    about = technique("T1528", "IaaS", "Identity Provider", "Linux", tactics=["credential-access"])
    load_release(graph, "18.1", access, about, technique("T1078", "Windows", "Linux"))
    return graph


def load(graph: Graph, word: str, folder: Path, files: Mapping[str, str], name: str = "mine") -> LoadReport:
    for path, text in files.items():
        place = folder / word / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return only(
        load_source(graph, word, Source((str(folder / word),)), Naming(name, "1"), Terms(replace=True))
    )


def soc(graph: Graph, text: str) -> LoadReport:
    """Load the environment `soc` in place of what it was; `text` is what follows its name."""
    data = f"format: environment/1\nname: soc\n{text}".encode()
    return load_environment(graph, SourceFile("soc.yaml", data, sha256_hex(data)), terms=Terms(replace=True))


def state(graph: Graph, platform: str) -> tuple[str, str | None]:
    rows = {row.platform: row for row in ask(graph, ENVIRONMENT, TechniqueHere(R, "soc", "T1528"))}
    return rows[platform].state, rows[platform].level


def test_log_sources_that_are_needed_together(release: Graph, tmp_path: Path) -> None:
    load(release, "splunk", tmp_path, {"a.yml": splunk.RULE.format(id="a").replace(SOURCES, BOTH)})
    enabled = "enabled: [{id: a}]\nplatforms: [IaaS]\n"
    soc(release, f"log_sources: [{{name: 'AWS:CloudTrail'}}]\n{enabled}")
    assert state(release, "IaaS") == ("enabled_blind", "L3")
    assert [
        row.evidence_id
        for row in find(release, kind("covered-without-telemetry"), release=R, environment="soc")
    ] == ["a"]
    (row,) = ask(release, WHY, OneTechniqueHere(R, "soc", "T1528"))
    assert row.missing == "collected"
    soc(release, f"log_sources: [{{name: 'AWS:CloudTrail'}}, {{name: 'azure:signinlogs'}}]\n{enabled}")
    assert state(release, "IaaS") == ("covered", "L4")


def test_why_names_what_is_needed_together(release: Graph, tmp_path: Path) -> None:
    load(release, "splunk", tmp_path, {"a.yml": splunk.RULE.format(id="a").replace(SOURCES, BOTH)})
    soc(release, "log_sources: [{name: 'saas:okta'}]\nplatforms: [IaaS]\n")
    (row,) = ask(release, WHY, OneTechniqueHere(R, "soc", "T1528"))
    assert row.would_close == ("collect AWS:CloudTrail and azure:signinlogs and enable a rule that reads it",)


def test_one_of_several_log_sources_suffices_and_the_own_name_counts(release: Graph, tmp_path: Path) -> None:
    load(release, "elastic", tmp_path, {"a.toml": elastic.RULE.format(id="a")})
    enabled = "enabled: [{id: a}]\nplatforms: [Identity Provider]\n"
    for name in ("azure:audit", "elastic:logs-azure.auditlogs", "elastic:logs-acme.vpn"):
        soc(release, f"log_sources: [{{name: '{name}'}}]\n{enabled}")
        assert state(release, "Identity Provider") == ("covered", "L4")


def test_rules_are_listed_by_their_log_sources(release: Graph, tmp_path: Path) -> None:
    load(release, "elastic", tmp_path, {"a.toml": elastic.RULE.format(id="a")})
    rows = ask(release, TECHNIQUE_BY_LOG_SOURCE, TechniqueEvidence(R, "T1528"))
    assert [(row.log_source, row.attack_log_sources) for row in rows] == [
        ("elastic:logs-azure.auditlogs, elastic:logs-acme.vpn", ("azure:audit",)),
    ]
    for name in ("azure:audit", "elastic:logs-azure.auditlogs"):
        (found,) = ask(release, RULES_OF_LOG_SOURCE, OfLogSource(R, name))
        assert found.evidence_id == "a"


@pytest.mark.parametrize(
    ("word", "file", "text"),
    [
        ("elastic", "a.toml", elastic.RULE),
        ("splunk", "a.yml", splunk.RULE),
        ("sentinel", "a.yaml", sentinel.RULE),
    ],
)
def test_every_claim_and_log_source_is_traced_and_proven(
    release: Graph, tmp_path: Path, word: str, file: str, text: str
) -> None:
    load(release, word, tmp_path, {file: text.format(id="a")})
    trace = resolved(release, sketched(release, Wish(R, "a")))
    assert trace.lost == ()
    ends = sorted(found.path["nodes"][-1]["name"] or "" for found in trace.paths)
    assert len(ends) == 3
    assert "Credential Access" in ends
    statement = proof(release, trace)
    assert verify(write_statement(statement)).verdict == CONSISTENT
    licenses = {record.get("license") for record in statement["predicate"]["records"]}
    assert ("MIT" in licenses) is (word == "elastic")


def test_tests_are_joined_with_rules_whichever_comes_first(release: Graph, tmp_path: Path) -> None:
    info = {"info.yml": sigma_tests.INFO.format(id="t", rule="a")}
    load(release, "sigma-tests", tmp_path, info, "tests")
    load_rules(release, tmp_path, rule("a", "azure//auditlogs", "t1528"))
    shown = shown_evidence(release, "a", R)
    assert shown is not None
    assert (shown.tests, shown.tested_by, shown.tested_on) == (1, ("Somebody",), "2026-03-11")
    remove_set(release, "tests@1")
    load(release, "sigma-tests", tmp_path, info, "tests")
    (test,) = ask(release, TESTS, OfObject(R, "T1528"))
    assert (test.test_id, test.kind, test.rules) == ("t", "sigma-regression", ("Rule a",))


def test_what_has_no_test_and_what_has_no_rule(release: Graph, tmp_path: Path) -> None:
    load_rules(
        release,
        tmp_path,
        rule("a", "azure//auditlogs", "t1528"),
        rule("b", "linux//auditd", "t1078"),
    )
    load(release, "sigma-tests", tmp_path, {"info.yml": sigma_tests.INFO.format(id="t", rule="a")}, "tests")
    load(release, "atomic", tmp_path, {"a.yaml": atomic.FILE.format(guid="g", platform="linux")}, "atomic")
    assert [row.evidence_id for row in find(release, kind("rule-without-test"), release=R)] == ["b"]
    assert [row.attack_id for row in find(release, kind("technique-without-test"), release=R)] == ["T1078"]
    (bare,) = find(release, kind("test-without-rule"), release=R)
    assert (bare.attack_id, bare.platform, bare.tests, bare.examples) == ("T1528", "Linux", 1, ("g",))


def test_results_are_kept_by_id_and_change_no_state(release: Graph, tmp_path: Path) -> None:
    load_rules(release, tmp_path, rule("a", "azure//auditlogs", "t1528"))
    stated = (
        "log_sources: [{name: 'azure:audit'}]\nenabled: [{id: a}]\n"
        "results:\n"
        "  - {test: g, state: missed, on: 2026-03-01, note: no alert}\n"
        "  - {rule: a, state: detected, on: 2026-03-02}\n"
        "  - {rule: a, state: missed, on: 2026-02-01}\n"
    )
    report = soc(release, stated)
    assert "unknown-test" in {problem.code for problem in report.problems}
    load(release, "atomic", tmp_path, {"a.yaml": atomic.FILE.format(guid="g", platform="linux")}, "atomic")
    rows = ask(release, RESULTS, InEnvironment(R, "soc"))
    assert [(row.on, row.tried, row.id, row.state, row.technique_ids) for row in rows] == [
        ("2026-03-02", "rule", "a", "detected", ("T1528",)),
        ("2026-03-01", "test", "g", "missed", ("T1528",)),
        ("2026-02-01", "rule", "a", "missed", ("T1528",)),
    ]
    assert state(release, "Identity Provider") == ("covered", "L4")

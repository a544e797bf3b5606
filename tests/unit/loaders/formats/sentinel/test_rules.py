"""Rules of Sentinel: some written for the test, and the sample of 35 real files."""

from pathlib import Path

import pytest

from loaders.evidence.rule import DetectionRule
from loaders.evidence.rule_tree import RuleTree
from loaders.formats import Naming, Source
from loaders.formats.sentinel.format import read_sentinel
from tests.formats.sentinel import RULE
from tests.real_data import real_data


def read(folder: Path, text: str) -> RuleTree:
    (folder / "a.yaml").write_text(text)
    return read_sentinel(Source((str(folder),)), Naming("mine", "1"))


def only(folder: Path, text: str) -> DetectionRule:
    (rule,) = read(folder, text).rules
    return rule


def test_a_rule_has_the_fields_of_its_file(tmp_path: Path) -> None:
    rule = only(tmp_path, RULE.format(id="a"))
    assert (rule.id, rule.title, rule.severity, rule.status) == ("a", "Rule a", "Medium", "Available")
    assert (rule.tactics, rule.more["type"]) == (("credential-access",), "Scheduled")
    assert rule.more["connectors"] == ["AzureActiveDirectory", "Acme"]
    (claim,) = rule.claims
    line = RULE.splitlines().index("  - T1528") + 1
    assert (claim.attack_id, claim.origin.pointer) == ("T1528", f"line {line}")


def test_data_types_are_log_sources(tmp_path: Path) -> None:
    rule = only(tmp_path, RULE.format(id="a"))
    assert [(each.name, each.stated) for each in rule.reads] == [
        ("azure:audit", "sentinel:auditlogs"),
        ("sentinel:acme_cl", "sentinel:acme_cl"),
    ]
    assert rule.platforms == ("Identity Provider",)


def test_a_connector_without_data_types_stands_for_itself(tmp_path: Path) -> None:
    text = RULE.format(id="a").replace("    dataTypes:\n      - Acme_CL\n", "    dataTypes: []\n")
    assert only(tmp_path, text).more["logsources"] == ["sentinel:auditlogs", "sentinel:acme"]


@pytest.mark.parametrize("written", ["T1A0007", "T15", "credential access"])
def test_an_odd_id_is_a_problem_with_its_place(tmp_path: Path, written: str) -> None:
    found = read(tmp_path, RULE.format(id="a").replace("T1528", written))
    (problem,) = [each for each in found.evidence.problems if each.code == "bad-attack-id"]
    line = RULE.splitlines().index("  - T1528") + 1
    assert (problem.pointer, found.rules[0].claims) == (f"line {line}", ())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("tactics:\n  - CredentialAccess\n", "tactics:\n"),
        ("relevantTechniques:\n  - T1528\n", "relevantTechniques:\n"),
    ],
)
def test_empty_lists_state_nothing(tmp_path: Path, old: str, new: str) -> None:
    text = RULE.format(id="a")
    assert old in text
    found = read(tmp_path, text.replace(old, new))
    assert [each.code for each in found.evidence.problems] == ["unknown-log-source"]


def test_metadata_beside_its_key_is_read(tmp_path: Path) -> None:
    text = RULE.format(id="a") + "metadata:\nauthor:\n  name: Somebody\n"
    assert only(tmp_path, text).author == "Somebody"


@pytest.mark.data
def test_the_sample_of_real_rules() -> None:
    path = real_data() / "rules" / "sentinel-sample-35.zip"
    found = read_sentinel(Source((str(path),)), Naming(version="sample-35"))
    evidence = found.evidence
    assert (evidence.key, evidence.pieces, len(found.rules)) == ("sentinel@sample-35", 35, 32)
    assert [each.code for each in evidence.problems] == [
        "not-a-rule",
        "repeated-id",
        "not-a-rule",
        "bad-attack-id",
    ]
    assert sum("T1528" in {claim.attack_id for claim in rule.claims} for rule in found.rules) == 6


@pytest.mark.data
def test_the_table_knows_every_data_type_of_the_sample() -> None:
    """Two rules read alerts of network sensors, which watch any platform: they are not placed by guess."""
    path = real_data() / "rules" / "sentinel-sample-35.zip"
    named = [rule for rule in read_sentinel(Source((str(path),)), Naming(version="1")).rules if rule.reads]
    placed = sum(bool(rule.platforms) for rule in named)
    known = sum(any(not each.name.startswith("sentinel:") for each in rule.reads) for rule in named)
    assert (len(named), placed, known) == (27, 25, 27)

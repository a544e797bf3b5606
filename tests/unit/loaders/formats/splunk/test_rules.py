"""Detections of Splunk, written for the test."""

from pathlib import Path

import pytest

from loaders.evidence.rule import DetectionRule
from loaders.evidence.rule_tree import RuleTree
from loaders.formats import Naming, Source
from loaders.formats.splunk.format import read_splunk
from tests.formats.splunk import RULE, SOURCE

SOURCES = "- AWS CloudTrail\n- Acme VPN\n"


def read(folder: Path, *texts: str) -> RuleTree:
    for number, text in enumerate(texts):
        (folder / f"{number}.yml").write_text(text)
    return read_splunk(Source((str(folder),)), Naming("mine", "1"))


def only(folder: Path, text: str) -> DetectionRule:
    (rule,) = read(folder, text).rules
    return rule


def reading(*entries: str) -> str:
    return RULE.format(id="a").replace(SOURCES, "".join(f"- {entry}\n" for entry in entries))


def test_a_rule_has_the_fields_of_its_file(tmp_path: Path) -> None:
    rule = only(tmp_path, RULE.format(id="a"))
    assert (rule.id, rule.title, rule.status, rule.date) == ("a", "Rule a", "production", "2026-01-02")
    assert (rule.author, rule.tags, rule.more["type"]) == ("Somebody", ("Something",), "TTP")
    (claim,) = rule.claims
    line = RULE.splitlines().index("  - T1528") + 1
    assert (claim.attack_id, claim.origin.pointer) == ("T1528", f"line {line}")


def test_one_of_several_entries_suffices(tmp_path: Path) -> None:
    rule = only(tmp_path, RULE.format(id="a"))
    assert [(read.name, read.needs) for read in rule.reads] == [
        ("AWS:CloudTrail", ()),
        ("splunk:acme vpn", ()),
    ]


def test_names_joined_by_and_are_needed_together(tmp_path: Path) -> None:
    rule = only(tmp_path, reading("AWS CloudTrail AND Windows Event Log Security 4688 AND Acme VPN"))
    assert {(read.name, read.needs) for read in rule.reads} == {
        ("AWS:CloudTrail", ("WinEventLog:Security", "splunk:acme vpn")),
        ("WinEventLog:Security", ("AWS:CloudTrail", "splunk:acme vpn")),
        ("splunk:acme vpn", ("AWS:CloudTrail", "WinEventLog:Security")),
    }
    assert rule.more["logsource"] == "splunk:aws cloudtrail AND windows event log security 4688 AND acme vpn"


def test_any_name_of_each_part_will_do(tmp_path: Path) -> None:
    rule = only(tmp_path, reading("Azure Active Directory AND AWS CloudTrail"))
    assert {(read.name, read.needs) for read in rule.reads} == {
        ("azure:audit", ("AWS:CloudTrail",)),
        ("azure:signinlogs", ("AWS:CloudTrail",)),
        ("AWS:CloudTrail", ("azure:audit",)),
        ("AWS:CloudTrail", ("azure:signinlogs",)),
    }


def test_two_events_of_one_log_need_that_log_alone(tmp_path: Path) -> None:
    rule = only(tmp_path, reading("Sysmon EventID 1 AND Sysmon EventID 3"))
    assert {(read.name, read.needs) for read in rule.reads} == {("WinEventLog:Sysmon", ())}
    assert {seen.component for seen in rule.looks_for} == {"DC0032", "DC0064", "DC0082"}


def test_too_many_joined_names_are_a_note(tmp_path: Path) -> None:
    found = read(tmp_path, reading(" AND ".join(f"Log {n}" for n in range(200))))
    assert [problem.code for problem in found.evidence.problems] == ["too-long"]
    assert found.rules[0].reads == ()


def test_data_sources_beside_say_what_a_name_means(tmp_path: Path) -> None:
    found = read(tmp_path, RULE.format(id="a"), SOURCE)
    assert [read.name for read in found.rules[0].reads] == ["AWS:CloudTrail", "saas:okta"]
    assert (found.evidence.pieces, found.evidence.stored, found.evidence.problems) == (2, 2, ())


def test_tests_come_with_the_rule(tmp_path: Path) -> None:
    own, atomic = only(tmp_path, RULE.format(id="a")).tests
    assert (own.id, own.kind, own.title, own.author) == ("a/1", "publisher", "True Positive Test", "Somebody")
    assert (atomic.id, atomic.kind) == ("11111111-2222-3333-4444-555555555555", "atomic")


def test_deprecated_does_not_count_and_experimental_does(tmp_path: Path) -> None:
    text = RULE.format(id="a")
    assert only(tmp_path, text.replace("production", "deprecated")).not_counted == "status deprecated"
    assert only(tmp_path, text.replace("production", "experimental")).not_counted is None


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("search:", "find:", "not-a-rule"),
        ("id: a\n", "", "not-a-rule"),
        ("name: Rule a\n", "name: " + "x" * 501 + "\n", "too-long"),
    ],
)
def test_what_is_no_rule_is_reported(tmp_path: Path, old: str, new: str, code: str) -> None:
    found = read(tmp_path, RULE.format(id="a").replace(old, new, 1))
    assert ([problem.code for problem in found.evidence.problems], found.rules) == ([code], ())

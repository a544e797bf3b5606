"""Rules of Elastic, written for the test."""

from pathlib import Path

import pytest

from graph.errors import UsageError
from loaders.evidence.rule import DetectionRule
from loaders.evidence.rule_tree import RuleTree
from loaders.formats import Naming, Source
from loaders.formats.elastic.format import read_elastic
from tests.formats.elastic import RULE

TECHNIQUE = '[[rule.threat.technique]]\nid = "T1528"\nname = "Steal Application Access Token"\n'
INDEX = 'index = ["logs-azure.auditlogs-*", "logs-acme.vpn-*"]'


def read(folder: Path, *texts: str) -> RuleTree:
    for number, text in enumerate(texts):
        (folder / f"{number}.toml").write_text(text)
    return read_elastic(Source((str(folder),)), Naming("mine", "1"))


def only(folder: Path, text: str) -> DetectionRule:
    (rule,) = read(folder, text).rules
    return rule


def changed(old: str, new: str) -> str:
    text = RULE.format(id="a")
    assert old in text
    return text.replace(old, new)


def test_a_rule_has_the_fields_of_its_file(tmp_path: Path) -> None:
    rule = only(tmp_path, RULE.format(id="a"))
    assert (rule.id, rule.title, rule.status, rule.severity) == ("a", "Rule a", "production", "medium")
    assert (rule.date, rule.modified, rule.author) == ("2026-01-02", "2026-02-03", "Somebody")
    assert rule.tactics == ("credential-access",)
    assert rule.not_counted is None
    assert (rule.more["type"], rule.license, rule.more["building_block"]) == ("query", "MIT", None)


def test_a_claim_is_at_the_line_of_its_id(tmp_path: Path) -> None:
    (claim,) = only(tmp_path, RULE.format(id="a")).claims
    lines = RULE.splitlines()
    assert claim.attack_id == "T1528"
    line = lines.index('id = "T1528"') + 1
    assert claim.origin.pointer == f"line {line}"


def test_a_parent_of_named_sub_techniques_is_context(tmp_path: Path) -> None:
    below = TECHNIQUE.replace("T1528", "T1078") + (
        '\n[[rule.threat.technique.subtechnique]]\nid = "T1078.004"\nname = "Cloud Accounts"\n'
    )
    rule = only(tmp_path, changed(TECHNIQUE, below))
    assert [claim.attack_id for claim in rule.claims] == ["T1078.004"]
    assert rule.names == ("TA0006", "T1078")


def test_a_technique_under_two_tactics_is_one_claim(tmp_path: Path) -> None:
    text = RULE.format(id="a")
    twice = text + text[text.index("[[rule.threat]]") :]
    assert [(claim.attack_id, claim.count) for claim in only(tmp_path, twice).claims] == [("T1528", 1)]


@pytest.mark.parametrize("written", ['"T152"', "1528", '"attack.t1528"'])
def test_an_id_of_no_technique_is_a_note_with_its_place(tmp_path: Path, written: str) -> None:
    found = read(tmp_path, changed('id = "T1528"', f"id = {written}"))
    (problem,) = [each for each in found.evidence.problems if each.code == "bad-attack-id"]
    line = RULE.splitlines().index('id = "T1528"') + 1
    assert problem.pointer == f"line {line}"
    assert found.rules[0].claims == ()


def test_another_framework_claims_nothing(tmp_path: Path) -> None:
    found = read(tmp_path, changed("MITRE ATT&CK", "MITRE ATLAS"))
    assert found.rules[0].claims == ()
    assert "other-framework" in {problem.code for problem in found.evidence.problems}


def test_log_sources_are_those_of_the_table_and_the_unknown_under_their_own_name(tmp_path: Path) -> None:
    found = read(tmp_path, RULE.format(id="a"), RULE.format(id="b"))
    rule = found.rules[0]
    assert [(read.name, read.stated) for read in rule.reads] == [
        ("azure:audit", "elastic:logs-azure.auditlogs"),
        ("elastic:logs-acme.vpn", "elastic:logs-acme.vpn"),
    ]
    assert rule.platforms == ("Identity Provider",)
    assert rule.runs_on == ("Identity Provider", "Azure AD")
    (note,) = [each for each in found.evidence.problems if each.code == "unknown-log-source"]
    assert "elastic:logs-acme.vpn is not mapped (2 rules)" in note.message


def test_the_query_names_the_indices_where_no_list_does(tmp_path: Path) -> None:
    query = (
        "// a note, with | a bar\nfrom logs-okta.system-*, logs-aws.cloudtrail-* metadata _id\n| where true"
    )
    text = changed(INDEX, "").replace('query = "a: b"', f'query = """{query}"""').replace("kuery", "esql")
    assert only(tmp_path, text).more["logsources"] == [
        "elastic:logs-okta.system",
        "elastic:logs-aws.cloudtrail",
    ]


def test_an_integration_counts_where_there_is_no_index(tmp_path: Path) -> None:
    assert only(tmp_path, changed(INDEX, "")).more["logsource"] == "elastic:azure"


def test_the_tags_choose_among_operating_systems(tmp_path: Path) -> None:
    index = 'index = ["logs-endpoint.events.process-*", "logs-azure.auditlogs-*"]'
    text = changed(INDEX, index)
    assert only(tmp_path, text).platforms == ("Windows", "Linux", "macOS", "Identity Provider")
    tagged = text.replace('"Domain: Cloud"', '"OS: Linux"')
    assert only(tmp_path, tagged).platforms == ("Linux", "Identity Provider")


def test_deprecated_rules_do_not_count_and_building_blocks_are_flagged(tmp_path: Path) -> None:
    assert only(tmp_path, changed('"production"', '"deprecated"')).not_counted == "status deprecated"
    block = only(tmp_path, changed('type = "query"', 'type = "query"\nbuilding_block_type = "default"'))
    assert (block.more["building_block"], block.not_counted) == (True, None)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("[hunt]\n", "not-a-rule", "line 1"),
        ("[rule]\nname = 'x'\n", "not-a-rule", "line 1"),
        ("[rule]\nrule_id = 'x'\n", "not-a-rule", "line 1"),
        ("[rule]\nrule_id = \n", "toml-syntax", "line 2 column 11"),
        ("a = [" + "[" * 100 + "]" * 101, "too-deep", "line 1"),
        ("a = " + "[" * 100_000, "too-deep", "line 1"),
        ("a = " + "9" * 5000, "toml-syntax", "line 1"),
        ("[rule]\nrule_id = 'a'\nname = '" + "x" * 501 + "'\n", "too-long", "line 3"),
    ],
)
def test_what_is_no_rule_is_reported_with_its_place(tmp_path: Path, text: str, code: str, place: str) -> None:
    found = read(tmp_path, text)
    (problem,) = found.evidence.problems
    assert (problem.code, problem.pointer, found.rules) == (code, place, ())


def test_a_repeated_id_is_reported(tmp_path: Path) -> None:
    found = read(tmp_path, RULE.format(id="a"), RULE.format(id="A"))
    assert [problem.code for problem in found.evidence.problems if problem.code != "unknown-log-source"] == [
        "repeated-id"
    ]
    assert (found.evidence.pieces, found.evidence.stored) == (2, 1)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("elastic-detection-rules-2026-08-21.zip", "elastic@2026-08-21"),
        ("detection-rules-9.1.0", "elastic@9.1.0"),
        ("Our rules v2.1", "our-rules@v2.1"),
    ],
)
def test_the_path_names_the_set(tmp_path: Path, path: str, key: str) -> None:
    folder = tmp_path / path
    folder.mkdir()
    (folder / "a.toml").write_text(RULE.format(id="a"))
    assert read_elastic(Source((str(folder),)), Naming()).evidence.key == key


def test_a_path_without_a_version_is_an_error_of_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--set-version"):
        read_elastic(Source((str(tmp_path),)), Naming())

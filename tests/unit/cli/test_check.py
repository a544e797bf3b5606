"""`check` on the command line: exit codes, the forms for other programs, and the base in git."""

import json
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft7Validator

from tests.real_data import RealFile
from tests.unit.cli.conftest import Sightline
from tests.unit.loaders.checking.test_check import newer, older, rules_in

HOSTILE = "attack.t1001\x1b]0;x\x07%0A::error::<b>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.json").write_bytes(older())
    (tmp_path / "new.json").write_bytes(newer())
    rules_in(tmp_path / "rules", one=("attack.t1003",), two=("attack.t9999",), three=("attack.t1001",))
    return tmp_path


def words(folder: Path, *more: str) -> tuple[str, ...]:
    return ("check", str(folder / "rules"), "--attack", str(folder / "new.json"), *more)


def test_an_error_fails_the_check_and_a_warning_does_where_it_is_asked(
    real_sightline: Sightline, folder: Path
) -> None:
    run = real_sightline(*words(folder, "--format", "json"))
    assert run.code == 1
    assert "3 rules: 1 errors, 1 warnings, 0 notes" in run.err
    assert [(row["code"], row["line"]) for row in json.loads(run.out)] == [
        ("revoked-technique", 9),
        ("unknown-technique", 9),
    ]
    (folder / "rules" / "two.yml").unlink()
    assert real_sightline(*words(folder)).code == 0
    assert real_sightline(*words(folder, "--fail-on", "warning")).code == 1
    assert real_sightline(*words(folder, "--fail-on", "never")).code == 0


def test_rules_of_another_format_do_not_pass_in_silence(real_sightline: Sightline, folder: Path) -> None:
    other = folder / "other"
    other.mkdir()
    (other / "a.yaml").write_text("id: a\nname: A rule of Sentinel\nquery: SigninLogs\n")
    words = ("check", str(other), "--attack", str(folder / "new.json"))
    run = real_sightline(*words)
    assert run.code == 0
    assert "no rule of sigma there; --rules names another format: elastic, splunk, sentinel" in run.err
    assert "names another format" not in real_sightline(*words, "--rules", "sentinel").err


def test_a_release_is_taken_by_name(real_sightline: Sightline, folder: Path) -> None:
    run = real_sightline(
        *words(folder, "--attack", str(folder / "old.json"), "--release", "18.1", "--format", "json")
    )
    assert [row["subject"] for row in json.loads(run.out)] == ["T9999"]


def test_github_has_a_command_for_each_finding(real_sightline: Sightline, folder: Path) -> None:
    run = real_sightline(*words(folder, "--format", "github"))
    first, second = run.out.splitlines()
    assert first.startswith("::warning file=")
    assert ",line=9,col=5,title=revoked-technique::T1003 is replaced by T1685 New" in first
    assert second.startswith("::error file=")


def test_sarif_is_valid_and_points_at_the_lines(
    real_sightline: Sightline, folder: Path, data: RealFile
) -> None:
    run = real_sightline(*words(folder, "--format", "sarif"))
    log = json.loads(run.out)
    Draft7Validator(json.loads((data / "schemas" / "sarif-schema-2.1.0.json").read_text())).validate(log)
    first, second = log["runs"][0]["results"]
    assert first["level"] == "warning"
    assert first["locations"][0]["physicalLocation"]["region"] == {"startLine": 9, "startColumn": 5}
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert rules[second["ruleIndex"]]["id"] == second["ruleId"] == "unknown-technique"
    again = json.loads(real_sightline(*words(folder, "--format", "sarif")).out)
    assert [each["partialFingerprints"] for each in again["runs"][0]["results"]] == [
        first["partialFingerprints"],
        second["partialFingerprints"],
    ]


def test_junit_is_xml_in_which_warnings_fail(real_sightline: Sightline, folder: Path) -> None:
    suites = ET.fromstring(  # noqa: S314  our own text
        real_sightline(*words(folder, "--format", "junit")).out.partition("\n")[2]
    )
    assert (suites.get("tests"), suites.get("failures")) == ("2", "2")
    assert [case.get("classname") for case in suites.iter("testcase")] == [
        "revoked-technique",
        "unknown-technique",
    ]


@pytest.mark.parametrize("form", ["github", "sarif", "junit", "json", "table"])
def test_hostile_text_stays_text(real_sightline: Sightline, tmp_path: Path, form: str) -> None:
    (tmp_path / "new.json").write_bytes(newer())
    rules_in(tmp_path / "rules", one=(json.dumps(HOSTILE),))
    run = real_sightline(*words(tmp_path, "--format", form))
    assert "\x1b" not in run.out
    assert "\x07" not in run.out
    if form == "github":
        assert all(line.startswith("::") for line in run.out.splitlines())
        assert len(run.out.splitlines()) == 1


def test_a_form_of_check_is_refused_elsewhere(real_sightline: Sightline) -> None:
    run = real_sightline("queries", "--format", "sarif")
    assert run.code == 2
    assert "--format sarif is for `check`" in run.err


def git(folder: Path, *told: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *identity, *told], check=True, capture_output=True)


def test_the_base_is_a_state_in_git(real_sightline: Sightline, folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", "rules")
    git(folder, "commit", "-q", "-m", "before")
    rules_in(folder / "rules", one=("attack.t1003",), two=("attack.t9999",), three=("attack.t1004",))
    run = real_sightline(*words(folder, "--base", "HEAD", "--format", "json"))
    assert [(row["code"], row["subject"]) for row in json.loads(run.out)] == [
        ("deprecated-technique", "T1004"),
        ("technique-lost", "T1001"),
    ]
    assert run.code == 0
    missing = real_sightline(*words(folder, "--base", "no-such-ref"))
    assert missing.code == 12
    assert "no such set, path or commit" in missing.err
    assert real_sightline(*words(folder, "--base=--output=x")).code == 12


def test_a_folder_is_a_base_too(real_sightline: Sightline, folder: Path) -> None:
    run = real_sightline(*words(folder, "--base", str(folder / "rules"), "--format", "json"))
    assert (run.code, json.loads(run.out)) == (0, [])

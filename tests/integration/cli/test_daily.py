"""From rules to what to do next, on the sample: a first environment, its effect, rules, scope, incidents."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli import completing
from graph.server.settings import Target
from loaders import sample
from tests.integration.cli.conftest import Sightline, answer, brought

RELEASE = "enterprise-attack@18.1-sample"
RULE = """
title: {title}
id: {id}
status: {status}
description: For tests.
tags: [attack.credential-access, {tag}]
logsource: {{product: azure, service: {service}}}
detection: {{selection: {{a: 1}}, condition: selection}}
"""
SIGN_IN, AUDIT, SIBLING = (f"{n}1111111-1111-4111-8111-111111111111" for n in (1, 2, 3))
ENVIRONMENT = """
format: environment/1
name: soc
log_sources: [{name: "azure:signinlogs", status: collected}]
enabled: [{select: {status: [stable]}}]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("daily")
    (folder / "rules").mkdir()
    for title, id_, status, tag, service in (
        ("Signs in", SIGN_IN, "test", "attack.t1528", "signinlogs"),
        ("Consents", AUDIT, "stable", "attack.t1528", "auditlogs"),
        ("Signs in elsewhere", SIBLING, "test", "attack.t1212", "signinlogs"),
    ):
        text = RULE.format(title=title, id=id_, status=status, tag=tag, service=service)
        (folder / "rules" / f"{id_}.yml").write_text(text)
    (folder / "soc.yaml").write_text(ENVIRONMENT)
    return folder


@pytest.fixture(scope="module")
def loaded(server: Target, folder: Path) -> Iterator[Target]:
    with brought(
        server,
        ["load", "attack", *map(str, sample.releases())],
        ["load", "detections", str(sample.detections())],
        ["load", "sigma", str(folder / "rules"), "--set", "mine", "--set-version", "1"],
        ["load", "environment", str(folder / "soc.yaml")],
    ) as filled:
        yield filled


def test_a_first_environment_has_what_the_rules_read(sightline: Sightline) -> None:
    draft = yaml.safe_load(sightline("environment", "init", "new", "--output", "-").out)
    assert draft["name"] == "new"
    assert {"SaaS", "Identity Provider"} <= set(draft["platforms"])
    assert draft["log_sources"] == [
        {"name": "azure:signinlogs", "status": "planned"},
        {"name": "azure:audit", "status": "planned"},
    ]
    assert draft["enabled"] == [{"select": {"set": ["mine"]}}]


def test_a_first_environment_is_written_once(
    sightline: Sightline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert sightline("environment", "init", "new").out == "new.yaml\n"
    again = sightline("environment", "init", "new")
    assert (again.code, again.err.count("\n")) == (2, 1)
    assert "is there already" in again.err
    assert sightline("environment", "init", "No Name").code == 2


def test_a_load_tells_what_each_entry_takes_effect_on(sightline: Sightline, folder: Path) -> None:
    shown = sightline("load", "environment", str(folder / "soc.yaml"))
    lines = {line.split("  ")[0]: line for line in shown.out.splitlines()}
    [read] = [line for line in shown.out.splitlines() if "azure:signinlogs" in line]
    assert read.split()[:5] == ["log", "source", "azure:signinlogs", "collected", "2"]
    assert lines["enabled"].split()[-1] == "1"


def test_entries_of_programs_are_a_query(sightline: Sightline) -> None:
    rows = answer(sightline, "query", "coverage.environment-entries", "--param", "environment=soc")
    assert [(row["kind"], row["rules"], row["evidence"]) for row in rows] == [
        ("log source", 2, None),
        ("enabled", None, 1),
    ]


def test_the_rule_that_would_close_it_comes_first(sightline: Sightline) -> None:
    steps = answer(sightline, "plan", "rules", "--environment", "soc", "--limit", "50")
    of = [step for step in steps if step["technique_id"] == "T1528"]
    assert [(step["state"], step["step"], step["evidence_id"]) for step in of] == [
        ("enabled_blind", "enable", SIGN_IN)
    ]
    users = [step["users"] for step in steps]
    assert users == sorted(users, reverse=True)


def test_every_kind_of_step(sightline: Sightline, folder: Path, tmp_path: Path) -> None:
    text = (folder / "soc.yaml").read_text().replace("azure:signinlogs", "m365:unified")
    (tmp_path / "other.yaml").write_text(text.replace("name: soc", "name: other"))
    assert sightline("load", "environment", str(tmp_path / "other.yaml")).code == 0
    steps = answer(sightline, "plan", "rules", "--environment", "other", "--limit", "50", "--each", "5")
    of = {step["evidence_id"]: step for step in steps if step["technique_id"] == "T1528"}
    assert {id_: step["step"] for id_, step in of.items()} == {SIGN_IN: "collect", AUDIT: "collect"}
    assert of[AUDIT]["log_sources"] == ["azure:audit"]
    assert sightline("remove", "set", "other", "--yes").code == 0


def test_totals_of_a_tactic_a_platform_and_a_list(sightline: Sightline, tmp_path: Path) -> None:
    everything = answer(sightline, "coverage", "--by", "technique")
    of_tactic = answer(sightline, "coverage", "--by", "technique", "--tactic", "credential-access")
    assert {row["technique_id"] for row in of_tactic} == {
        row["technique_id"] for row in everything if "credential-access" in row["tactics"]
    }
    [total] = answer(sightline, "coverage", "--by", "tactic", "--tactic", "TA0006")
    assert total["techniques"] == len(of_tactic)
    (tmp_path / "list").write_text("T1528\n")
    [one] = answer(sightline, "coverage", "--by", "technique", "--techniques", str(tmp_path / "list"))
    assert one == next(row for row in everything if row["technique_id"] == "T1528")
    by_source = answer(sightline, "coverage", "--by", "source", "--techniques", str(tmp_path / "list"))
    assert sum(row["detections"] for row in by_source) == 10


def test_a_platform_of_the_tactics_has_the_states_of_its_pairs(sightline: Sightline) -> None:
    pairs = answer(sightline, "coverage", "--by", "technique", "--platform", "SaaS")
    tactics = answer(sightline, "coverage", "--by", "tactic", "--platform", "saas")
    for row in tactics:
        assert row["pairs"] == row["techniques"]
        states = (row[name] for name in ("covered", "unplaced", "protect_only", "guidance_only", "none"))
        assert sum(states) == row["techniques"]
    shown = sightline("coverage", "--by", "tactic", "--platform", "SaaS").out.splitlines()[-1]
    assert "all tactics, each technique once" in shown
    assert shown.split("once")[1].split()[0] == str(len(pairs))
    assert sightline("coverage", "--by", "tactic", "--platform", "Sass").code == 12


def test_scope_in_an_environment(sightline: Sightline) -> None:
    words = ("coverage", "--by", "technique", "--environment", "soc")
    everything, used = answer(sightline, *words), answer(sightline, *words, "--used-by", "G0016")
    assert 0 < len(used) < len(everything)
    assert all(row in everything for row in used)
    refused = sightline("coverage", "T1528", "--used-by", "G0016")
    assert (refused.code, "ids are named already" in refused.err) == (2, True)


def test_what_belongs_with_techniques_that_were_seen_together(sightline: Sightline) -> None:
    rows = answer(sightline, "related", "T1528", "T1550.001", "--limit", "5")
    assert rows
    assert not {"T1528", "T1550.001"} & {row["technique_id"] for row in rows}
    assert [row["score"] for row in rows] == sorted((row["score"] for row in rows), reverse=True)
    assert all(0 < row["score"] <= row["users"] for row in rows)
    assert all(len(row["nearest"]) == min(3, row["users"]) for row in rows)
    assert sightline("related", "T1528", "T1550.001", "--method", "actor").code == 2
    assert sightline("related", "T1528", "T9999").code == 12


def test_a_section_of_an_object_is_rows(sightline: Sightline) -> None:
    shown = answer(sightline, "show", "T1528")
    assert [row["id"] for row in answer(sightline, "show", "T1528", "--section", "rules")] == [
        row["id"] for row in shown["rules"]
    ]
    sheet = sightline("show", "T1528", "--section", "used-by", "--format", "csv")
    assert len(sheet.out.splitlines()) == 1 + len(shown["used_by"])
    assert "--section NAME" in sightline("show", "T1528", "--format", "csv").err
    assert sightline("show", "T1528", "--section", "nothing").code == 12


def test_markdown_of_an_object_has_no_json_and_no_entity(sightline: Sightline) -> None:
    text = sightline("show", "T1528", "--format", "md").out
    assert text.startswith("# T1528 Steal Application Access Token\n")
    assert "## rules (2)" in text
    for wrong in ("&quot;", "&#", '{"'):
        assert wrong not in text


@pytest.mark.parametrize(
    ("offered", "begun", "expected"),
    [
        (completing.releases, "18", ["18.1-sample"]),
        (completing.environments, "s", ["soc"]),
        (completing.sets, "m", ["mine"]),
        (completing.removable, "mine", ["mine@1"]),
        (completing.kinds, "rule-tactic-m", ["rule-tactic-mismatch", "rule-tactic-moved"]),
        (completing.questions, "releases.loa", ["releases.loaded"]),
    ],
)
def test_the_shell_is_offered_what_is_loaded(
    sightline: Sightline, offered: Any, begun: str, expected: list[str]
) -> None:
    assert sightline("releases").code == 0
    assert offered(begun) == expected

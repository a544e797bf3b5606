"""`trace` and `coverage --evidence` tell of the same evidence, and what does not count is marked in both."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli import app
from docs.query_answers import EXAMPLE, load_example
from graph.server.connection import connect
from graph.server.settings import Target
from tests.conftest import wipe
from tests.integration.cli.conftest import Sightline, answer, point_to

RULE = """
title: {title}
id: {id}
status: {status}
tags: [attack.t1528]
logsource: {{product: azure, service: auditlogs}}
detection:
  sel: {{a: b}}
  condition: sel
"""
OLD = "15151515-aaaa-4bbb-8ccc-000000000001"
NEW = "15151515-aaaa-4bbb-8ccc-000000000002"


@pytest.fixture(scope="module")
def loaded(server: Target, tmp_path_factory: pytest.TempPathFactory) -> Target:
    folder: Path = tmp_path_factory.mktemp("inputs")
    (folder / "rules").mkdir()
    for id_, title, status in ((OLD, "An old rule", "deprecated"), (NEW, "A new rule", "test")):
        text = RULE.format(id=id_, title=title, status=status)
        (folder / "rules" / f"{status}.yml").write_text(text)
    rows = json.loads((EXAMPLE / "mapping.json").read_bytes())
    rows["metadata"]["mapping_framework"] = "azure"
    rows["mapping_objects"][0]["status"] = "in_progress"
    (folder / "mapping.json").write_text(json.dumps(rows))
    with connect(server, patience=20) as graph:
        wipe(graph)
        load_example(graph)
    with pytest.MonkeyPatch.context() as environment:
        point_to(environment, server)
        for version in ("1", "2"):
            given = ("--set", "mine", "--set-version", version)
            assert app.run(("load", "sigma", str(folder / "rules"), *given)) == 0
        assert app.run(("load", "ctid", str(folder / "mapping.json"))) == 0
    return server


def claims(paths: list[dict[str, Any]]) -> set[tuple[str, str, bool, str]]:
    """The set, title, whether it counts and the category of each claim of a trace."""
    return {
        (path[0]["name"], path[2]["name"], path[3]["counted"], path[3]["category"])
        for path in (row["path"] for row in paths)
        if len(path) > 3 and path[3]["relationship"] == "CLAIMS"
    }


def test_each_claim_has_a_path_and_counts_as_in_the_coverage(sightline: Sightline) -> None:
    for more in ((), ("--all-sets",)):
        rows = answer(sightline, "coverage", "T1528", "--evidence", *more)
        listed = {(row["set"], row["title"], row["counted"], row["category"]) for row in rows}
        assert {row[2] for row in listed} == {True, False}
        assert claims(answer(sightline, "trace", "T1528", *more)) == listed


def test_why_a_rule_or_row_does_not_count_is_told_once(sightline: Sightline) -> None:
    told = sightline("trace", "T1528", "--format", "table").out
    assert "rule An old rule (not counted: status deprecated)\n" in told
    assert told.count("status deprecated") == 1
    assert "rule A new rule\n" in told
    assert "claims T1528 Steal Application Access Token (protect)\n" in told
    assert "claims T1528 Steal Application Access Token (protect) (not counted: status in_progress)\n" in told


def test_the_log_sources_of_a_rule_that_does_not_count_are_marked(sightline: Sightline) -> None:
    paths = [row["path"] for row in answer(sightline, "trace", OLD)]
    assert {path[-1]["node"] for path in paths} == {"LogSource", "Tactic"}
    assert all(path[1]["not_counted"] == "status deprecated" and not path[1]["counted"] for path in paths)


def test_a_rule_of_a_set_that_was_replaced_is_marked(sightline: Sightline) -> None:
    paths = [row["path"] for row in answer(sightline, "trace", f"mine@1/{NEW}")]
    assert {path[1]["not_counted"] for path in paths} == {"set not in use"}
    every = [row["path"] for row in answer(sightline, "trace", f"mine@1/{NEW}", "--all-sets")]
    assert {path[1]["not_counted"] for path in every} == {None}

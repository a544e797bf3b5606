"""Commands asked of the real releases 17.1 and 18.1 in a real Neo4j."""

import hashlib
import json
from pathlib import Path

import pytest

from cli import app
from graph.server.connection import connect
from graph.server.settings import Target
from queries.answers.plan import exact
from tests.conftest import wipe
from tests.integration.cli.conftest import Sightline, point_to


@pytest.fixture(scope="module")
def loaded(server: Target, data: Path) -> Target:
    """The server with the enterprise releases 17.1 and 18.1, brought by the command itself."""
    with connect(server, patience=20) as graph:
        wipe(graph)
    with pytest.MonkeyPatch.context() as environment:
        point_to(environment, server)
        files = [
            str(data / "attack" / f"enterprise-attack-{release}.json.gz") for release in ("17.1", "18.1")
        ]
        assert app.run(["load", "attack", "-q", *files]) == 0
    return server


def rows(sightline: Sightline, *words: str) -> list[dict[str, object]]:
    run = sightline(*words, "--format", "json")
    assert run.code == 0, run.err
    answer: list[dict[str, object]] = json.loads(run.out)
    return answer


def test_the_releases_are_listed_newest_first(sightline: Sightline) -> None:
    listed = rows(sightline, "releases")
    assert [row["release"] for row in listed] == ["enterprise-attack@18.1", "enterprise-attack@17.1"]
    assert {
        "domain",
        "version",
        "objects",
        "relationships",
        "problems",
        "loaded_at",
        "fingerprint",
        "content_root",
    } <= set(listed[0])


def test_coverage_is_guidance_where_nobody_claims_anything(sightline: Sightline) -> None:
    listed = rows(sightline, "coverage", "t1528")
    assert {row["platform"] for row in listed} == {
        "Containers",
        "IaaS",
        "Identity Provider",
        "Office Suite",
        "SaaS",
    }
    assert {row["state"] for row in listed} <= {"guidance_only", "none"}
    assert {row["release"] for row in listed} == {"enterprise-attack@18.1"}
    assert list(listed[0]) == [
        *("release", "technique_id", "technique", "platform", "placement", "state", "level"),
        *("detect", "protect", "respond", "mitigate", "migrated", "guidance"),
    ]


def test_the_release_can_be_named(sightline: Sightline) -> None:
    assert {row["release"] for row in rows(sightline, "coverage", "T1528", "--release", "17.1")} == {
        "enterprise-attack@17.1"
    }
    run = sightline("coverage", "T1528", "--release", "9.9")
    assert run.code == 12
    assert run.err == (
        "sightline: 9.9: this release is not loaded; loaded: enterprise-attack@18.1, enterprise-attack@17.1\n"
    )


def test_an_unknown_technique_is_12_and_names_its_neighbors(sightline: Sightline) -> None:
    run = sightline("coverage", "T1059.099")
    assert (run.code, run.out) == (12, "")
    assert run.err.startswith(
        "sightline: T1059.099: no such identifier in any loaded release; did you mean T1059.0"
    )
    assert sightline("coverage", "DET0174").code == 2


def test_what_only_one_thing_is_called_is_shown(sightline: Sightline) -> None:
    run = sightline("show", "APT29", "--format", "json")
    assert run.code == 0
    assert json.loads(run.out)["attack_id"] == "G0016"
    assert "G0016" in run.err
    assert sightline("show", "qwertzuiop").err.endswith("; find it with `sightline search TEXT`\n")


def test_coverage_by_tactic_counts_all_techniques(sightline: Sightline) -> None:
    listed = rows(sightline, "coverage")
    assert len(listed) == 14
    assert listed == rows(sightline, "coverage", "--by", "tactic")
    assert sum(int(str(row["pairs"])) for row in rows(sightline, "coverage", "--by", "platform")) == 1837


def test_a_platform_narrows_the_answer(sightline: Sightline) -> None:
    assert [row["platform"] for row in rows(sightline, "coverage", "T1528", "--platform", "saas")] == ["SaaS"]
    run = sightline("coverage", "T1528", "--platform", "Windows", "--format", "json")
    assert (run.code, json.loads(run.out)) == (0, [])
    assert "nothing found; looked at T1528 on Windows in enterprise-attack@18.1" in run.err


def test_a_platform_that_no_technique_has_is_12(sightline: Sightline) -> None:
    run = sightline("coverage", "T1528", "--platform", "Window")
    assert (run.code, run.err) == (
        12,
        "sightline: Window: no technique has this platform; did you mean Windows?\n",
    )


def test_an_envelope_says_what_the_rows_are_about(sightline: Sightline) -> None:
    answer = json.loads(sightline("coverage", "T1528", "--envelope").out)
    assert list(answer) == ["release", "environment", "platforms", "of", "rows", "answer", "digest", "about"]
    assert answer["release"] == "enterprise-attack@18.1"


def test_search_finds_what_load_brought(sightline: Sightline) -> None:
    found = rows(sightline, "search", "Steal", "Application", "Access", "Token", "--limit", "5")
    assert found[0]["attack_id"] == "T1528"
    assert list(found[0])[:5] == ["attack_id", "type", "name", "score", "release"]
    assert len(found) == 5


def test_search_loses_nothing_to_another_release(sightline: Sightline) -> None:
    hits = 0
    for release in ("17.1", "18.1"):
        found = rows(sightline, "search", "the", "--release", release, "--limit", "100000")
        assert {row["release"] for row in found} == {f"enterprise-attack@{release}", None}, (
            "None: log sources"
        )
        hits += len(found)
    assert hits > 3000


def test_raw_gives_the_bytes_of_the_hash(sightline: Sightline) -> None:
    record = json.loads(sightline("raw", "AN0496", "--format", "json").out)
    run = sightline("raw", "AN0496", "--canonical")
    assert hashlib.sha256(run.out.encode("utf-8")).hexdigest() == record["sha256"]
    assert json.loads(run.out)["name"]


def test_raw_of_unknown_evidence_is_12(sightline: Sightline) -> None:
    assert sightline("raw", "9b2cc4c4-2ad4-416d-8e8e-ee6aa6f5035a").code == 12


def test_a_canned_question_takes_the_newest_release(sightline: Sightline) -> None:
    named = rows(sightline, "query", "lookup.detection-chain", "--param", "attack_id=AN0496")
    assert {(row["strategy_id"], row["technique_id"]) for row in named} == {("DET0174", "T1212")}
    assert sightline("query", "lookup.detection-chain").code == 2
    assert sightline("query", "detection-chain", "--param", "nonsense").code == 2


def test_a_plan_adds_up_and_says_how_good_it_is(sightline: Sightline) -> None:
    run = sightline("plan", "telemetry", "--sources", "2", "--exact", "0", "--format", "json")
    steps = json.loads(run.out)
    assert list(steps[0])[2:7] == ["step", "log_source", "gained", "visible_after", "techniques"]
    assert [row["visible_after"] for row in steps] == [160, 221]
    assert run.err == (
        "sightline: these 2 log sources make 221 more of 649 techniques visible; no choice of 2 can exceed 413\n"
    )
    table = sightline("plan", "telemetry", "--gain", "100", "--exact", "0").out
    assert "macos:unifiedlog" in table
    assert "and 155 more" in table


def test_without_the_solver_the_plan_is_greedy_and_says_so(
    sightline: Sightline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exact, "find_spec", lambda _: None)
    run = sightline("plan", "telemetry", "--sources", "2", "--format", "json")
    assert run.code == 0
    assert {row["method"] for row in json.loads(run.out)} == {"greedy"}
    assert "requirements/plan.lock" in run.err


def test_a_plan_that_cannot_be(sightline: Sightline) -> None:
    assert sightline("plan", "telemetry").code == 2
    assert sightline("plan", "telemetry", "--gain", "1", "--sources", "1").code == 2
    assert sightline("plan", "telemetry", "--gain", "650").code == 2
    assert sightline("plan", "telemetry", "--without", "azure:audit").code == 2
    assert sightline("plan", "telemetry", "--sources", "1", "--without", "azure:audti").code == 12
    run = sightline("plan", "telemetry", "--sources", "1", "--release", "17.1", "--format", "json")
    assert (run.code, json.loads(run.out)) == (0, [])
    assert "name no log source" in run.err


def test_loading_again_changes_nothing(sightline: Sightline, data: Path) -> None:
    file = str(data / "attack" / "enterprise-attack-18.1.json.gz")
    (row,) = rows(sightline, "load", "attack", file)
    assert (row["key"], row["outcome"]) == ("enterprise-attack@18.1", "unchanged")


def test_a_bad_file_does_not_stop_the_others_but_is_the_answers_code(
    sightline: Sightline, data: Path, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    run = sightline(
        "load",
        "attack",
        str(bad),
        str(data / "attack" / "enterprise-attack-18.1.json.gz"),
        "--format",
        "json",
    )
    assert run.code == 3
    assert [row["outcome"] for row in json.loads(run.out)] == ["unchanged"]
    assert str(bad) in run.err
    assert sightline("load", "attack", str(bad)).code == 3


def test_removing_asks_first(sightline: Sightline) -> None:
    for name in ("enterprise-attack@17.1", "enterprise@17.1", "17.1"):
        run = sightline("remove", "release", name)
        asked = "sightline: Remove enterprise-attack@17.1? not a terminal; pass --yes to confirm\n"
        assert (run.code, run.err) == (2, asked)
    assert len(rows(sightline, "releases")) == 2
    assert sightline("remove", "release", "enterprise-attack@1.0", "--yes").code == 12


def test_a_query_that_nobody_answers_is_4(sightline: Sightline) -> None:
    run = sightline("releases", "--uri", "bolt://127.0.0.1:9")
    assert run.code == 4
    assert run.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("coverage", "T1574.002"),
            "T1574.002 is revoked in enterprise-attack@18.1; replaced by T1574.001",
        ),
        (("coverage", "T1153"), "T1153 is deprecated in enterprise-attack@18.1; no evidence counts for it"),
    ],
)
def test_what_became_of_a_dead_technique_is_said(
    sightline: Sightline, words: tuple[str, ...], said: str
) -> None:
    assert said in sightline(*words).err


@pytest.mark.parametrize(
    "words",
    [
        ("T1528", "--by", "source", "--platform", "IaaS"),
        ("T1548", "--by", "technique", "--platform", "Windows"),
        ("T1528", "--by", "source", "--evidence"),
        ("--by", "log-source", "--all-sets"),
    ],
)
def test_options_that_do_not_go_together_are_refused(sightline: Sightline, words: tuple[str, ...]) -> None:
    assert sightline("coverage", *words).code == 2


def test_a_limit_on_what_is_missing_counts_whatever_is_listed(sightline: Sightline) -> None:
    words = ("missing", "technique-without-detection", "--max", "technique-unused=91")
    run = sightline(*words)
    assert (run.code, run.err.partition(";")[0]) == (1, "sightline: technique-unused: 92, allowed 91")
    assert sightline(*words[:-1], "technique-unused=92").code == 0
    assert sightline("missing", "--limit", "2").code == 2

"""Every command on the bundled sample, a few rules, an environment and an annotation, in a real Neo4j."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.server.connection import connect
from graph.server.settings import Target
from loaders import sample
from tests.conftest import wipe
from tests.integration.cli.conftest import Sightline, answer, brought, point_to

RULE = """
title: {title}
id: {id}
status: test
level: high
description: For tests.
tags: [attack.credential-access, attack.t1528]
logsource: {{product: azure, service: signinlogs}}
detection:
  selection: {{a: 1}}
  condition: selection
"""
FIRST, SECOND = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
ENVIRONMENT = """
format: environment/1
name: soc
platforms: [Identity Provider, SaaS]
log_sources: [{name: "azure:signinlogs", status: collected}]
enabled: [{select: {set: [mine]}}]
"""
ANNOTATIONS = """
format: attack-annotations/1
attack_domain: enterprise-attack
attack_version: "18.1"
annotations:
  - id: reading-1
    object: {attack_id: AN0496}
    author: team
    created: 2026-05-23
    confidence: medium
    limits: The object's own fields only.
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    (folder / "rules").mkdir()
    (folder / "rules" / "first.yml").write_text(RULE.format(title="First", id=FIRST))
    (folder / "soc.yaml").write_text(ENVIRONMENT)
    (folder / "readings.yaml").write_text(ANNOTATIONS)
    return folder


@pytest.fixture(scope="module")
def loaded(server: Target, files: Path) -> Iterator[Target]:
    """The server with everything, brought by the commands themselves."""
    with brought(
        server,
        ["load", "attack", *map(str, sample.releases())],
        ["load", "detections", str(sample.detections())],
        ["load", "sigma", str(files / "rules"), "--set", "mine", "--set-version", "1"],
        ["load", "environment", str(files / "soc.yaml")],
        ["load", "annotations", str(files / "readings.yaml")],
    ) as filled:
        yield filled


TECHNIQUE = (
    *("attack_id", "name", "description", "tactics", "platforms", "parent", "children", "strategies"),
    *("analytics", "data_components", "log_sources", "mitigations", "used_by", "detections", "rules"),
    *("capabilities", "related", "annotations", "releases", "references", "release", "sha256", "file_sha256"),
)
ANALYTIC = (
    *("attack_id", "stix_id", "name", "description", "platforms", "version", "created", "modified"),
    *("strategies", "techniques", "tactics", "log_sources", "data_components", "mutable_elements"),
    *("mitigations", "annotations", "releases", "references", "release", "sha256", "file_sha256"),
)


def test_a_technique_is_shown_with_what_stands_around_it(sightline: Sightline) -> None:
    shown = answer(sightline, "show", "t1528")
    assert set(TECHNIQUE) <= shown.keys()
    assert [tactic["attack_id"] for tactic in shown["tactics"]] == ["TA0006"]
    assert [(rule["id"], rule["set"]) for rule in shown["rules"]] == [(FIRST, "mine@1")]
    assert [each["release"] for each in shown["releases"]] == [
        "enterprise-attack@17.1-sample",
        "enterprise-attack@18.1-sample",
    ]


def test_an_analytic_is_shown_with_the_way_to_its_tactic(sightline: Sightline) -> None:
    shown = answer(sightline, "show", "AN0496")
    assert set(ANALYTIC) <= shown.keys()
    ids = {
        name: [each["attack_id"] for each in shown[name]] for name in ("strategies", "techniques", "tactics")
    }
    assert ids == {"strategies": ["DET0174"], "techniques": ["T1212"], "tactics": ["TA0006"]}
    assert {each["attack_id"] for each in shown["data_components"]} == {"DC0002", "DC0038"}
    assert {each["log_source"] for each in shown["log_sources"]} == {"azure:signinlogs", "m365:unified"}
    assert [each["key"] for each in shown["annotations"]] == ["reading-1"]


@pytest.mark.parametrize("what", ["DET0174", "DC0002", "TA0006"])
def test_other_objects_are_shown(sightline: Sightline, what: str) -> None:
    shown = answer(sightline, "show", what)
    assert (shown["attack_id"], shown["release"]) == (what, "enterprise-attack@18.1-sample")
    assert shown["techniques"]


def test_a_rule_is_shown_with_what_it_claims(sightline: Sightline) -> None:
    shown = answer(sightline, "show", FIRST)
    assert (shown["title"], shown["set"], shown["type"]) == ("First", "mine@1", "Rule")
    assert [(each["claimed_id"], each["technique_id"], each["via"]) for each in shown["claims"]] == [
        ("T1528", "T1528", "direct")
    ]
    assert len(shown["sha256"]) == 64


def test_a_set_is_shown_by_its_key(sightline: Sightline) -> None:
    shown = answer(sightline, "show", "mine@1")
    assert (shown["key"], shown["stored"], shown["claims"], shown["techniques"]) == ("mine@1", 1, 1, 1)


def test_a_set_that_claims_nothing_of_a_release_has_zeros_there(sightline: Sightline, files: Path) -> None:
    unknown = files / "unknown"
    unknown.mkdir()
    (unknown / "rule.yml").write_text(RULE.format(title="Third", id=FIRST).replace("t1528", "t9998"))
    assert sightline("load", "sigma", str(unknown), "--set", "unknown", "--set-version", "1").code == 0
    shown = answer(sightline, "show", "unknown@1", "--release", "17.1-sample")
    totals = {name: shown[name] for name in shown if name.startswith(("techniques", "claims_"))}
    assert len(totals) == 6
    assert set(totals.values()) == {0}
    assert sightline("remove", "set", "unknown@1", "--yes").code == 0


NASTY = (
    *(
        "azure:signinlogs AND",
        "T1059/001",
        "foo(",
        "foo)",
        "((",
        '"',
        '"a',
        '""',
        "*",
        "a**",
        "~",
        "?",
        "a~b^",
        "+-!",
    ),
    *(
        "&& ||",
        "[a TO",
        "{a TO b",
        "AND",
        "NOT OR",
        "\\",
        "a\\",
        "C:\\x",
        ":a:",
        "/a",
        "^2",
        "a b\tc",
        "é\u3000*",
        "😀*",
    ),
)


@pytest.mark.parametrize("text", NASTY)
def test_no_text_is_more_than_a_search_can_take(sightline: Sightline, text: str) -> None:
    run = sightline("search", "--", text)
    assert run.code == (2 if text in ('"', '""') else 0), run.err


def test_a_log_source_is_found_by_its_name(sightline: Sightline) -> None:
    for text in ("azure:signinlogs", "Azure:SignIn*", '"azure:signinlogs"'):
        found = answer(sightline, "search", text)
        assert ("azure:signinlogs", "LogSource") in [(row["name"], row["type"]) for row in found]


def test_what_nothing_names_is_12(sightline: Sightline) -> None:
    run = sightline("show", "nonsense")
    assert (run.code, run.out) == (12, "")
    assert run.err.count("\n") == 1


def test_coverage_in_an_environment_names_it_in_every_row(sightline: Sightline) -> None:
    rows = answer(sightline, "coverage", "T1528", "--environment", "soc")
    assert {row["environment"] for row in rows} == {"soc"}
    state = {row["platform"]: (row["state"], row["level"]) for row in rows}
    assert state["Identity Provider"] == ("covered", "L4")
    for by in ("tactic", "platform", "technique", "log-source"):
        listed = answer(sightline, "coverage", "--environment", "soc", "--by", by)
        assert {row["environment"] for row in listed} == {"soc"}
    assert sightline("coverage", "--environment", "other").code == 12
    assert sightline("coverage", "--environment", "soc", "--by", "source").code == 2


def test_coverage_by_log_source(sightline: Sightline) -> None:
    rows = answer(sightline, "coverage", "--by", "log-source")
    assert [(row["log_source"], row["rules"]) for row in rows if row["rules"]] == [("azure:signinlogs", 1)]
    assert all(row["rules"] or row["analytics"] for row in rows)
    own = answer(sightline, "coverage", "T1528", "--by", "log-source")
    assert [(row["technique_id"], row["log_source"], row["rules"], row["placed"]) for row in own] == [
        ("T1528", "sigma:azure//signinlogs", 1, 1)
    ]
    assert sightline("coverage", "T1528", "--by", "log-source", "--platform", "IaaS").code == 2


def test_coverage_by_source_ends_with_its_total(sightline: Sightline) -> None:
    rows = answer(sightline, "coverage", "T1528", "--by", "source")
    told = sightline("coverage", "T1528", "--by", "source").out.splitlines()[-1]
    clouds = {row["cloud"] for row in rows}
    number = sum(row["detections"] for row in rows)
    assert told == f"T1528: {number} detections across {len(clouds)} clouds"


def test_related_techniques_have_a_row_per_method_and_their_place(sightline: Sightline) -> None:
    rows = answer(sightline, "related", "T1528", "--limit", "3")
    contract = {"release", "technique_id", "technique", "method", "score", "shared", "shared_with", "rank"}
    assert contract | {"low_support", "fused_rank", "fused_score"} <= rows[0].keys()
    assert len({row["technique_id"] for row in rows}) <= 3
    one = answer(sightline, "related", "T1528", "--method", "structural")
    assert {row["method"] for row in one} <= {"structural"}


def test_missing_counts_every_kind_and_lists_one(sightline: Sightline) -> None:
    counts = {row["kind"]: row["count"] for row in answer(sightline, "missing")}
    assert counts["covered-without-telemetry"] is None
    here = answer(sightline, "missing", "covered-without-telemetry", "--environment", "soc")
    assert here == []
    rows = answer(sightline, "missing", "technique-without-mitigation")
    assert len(rows) == counts["technique-without-mitigation"]


def test_a_check_on_what_is_missing_ends_with_1(sightline: Sightline) -> None:
    kind = "technique-without-mitigation"
    (row,) = answer(sightline, "missing", kind, "claim-unresolved")[:1]
    count = {each["kind"]: each["count"] for each in answer(sightline, "missing")}[kind]
    assert row["release"] == "enterprise-attack@18.1-sample"
    assert sightline("missing", "--max", f"{kind}={count}").code == 0
    run = sightline("missing", "--max", f"{kind}={count - 1}")
    assert run.code == 1
    assert run.err.startswith(f"sightline: {kind}: {count}, allowed {count - 1}; ")


def test_why_names_the_first_missing_hop(sightline: Sightline) -> None:
    rows = answer(sightline, "why", "T1528", "--environment", "soc", "--platform", "identity provider")
    assert [row["missing"] for row in rows] == ["validated"]
    assert rows[0]["would_close"]


def test_a_question_takes_releases_and_environments_as_the_commands_do(sightline: Sightline) -> None:
    counts = ("query", "lookup.object-counts")
    newest = answer(sightline, *counts)
    assert newest
    for named in ("18.1-sample", "enterprise@18.1-sample", "enterprise-attack@18.1-sample"):
        assert answer(sightline, *counts, "--param", f"release={named}") == newest
    unknown = sightline(*counts, "--param", "release=enterprise-attack@99.9")
    assert (unknown.code, unknown.out) == (12, "")
    assert "loaded: enterprise-attack@18.1-sample, enterprise-attack@17.1-sample" in unknown.err
    assert sightline(*counts, "--param", "release=9.9", "--link").code == 12
    assert sightline(*counts, "--param", "release=").code == 2

    two = ("query", "releases.objects-diff", "--param", "before=17.1-sample", "--param")
    assert answer(sightline, *two, "after=18.1-sample")
    assert sightline(*two, "after=99.9").code == 12

    here = ("query", "coverage.environment", "--param")
    assert answer(sightline, *here, "environment=soc")
    typo = sightline(*here, "environment=typo")
    assert (typo.code, typo.err) == (12, "sightline: typo: no such environment is loaded; loaded: soc\n")


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (
            ("lookup.object-counts", "--release", "18.1-sample", "--param", "release=17.1-sample"),
            "--release and --param release= exclude each other; choose one",
        ),
        (("releases.loaded", "--domain", "ics"), "releases.loaded: takes no release; drop --domain"),
        (
            ("releases.loaded", "--release", "18.1-sample"),
            "releases.loaded: takes no release; drop --release",
        ),
    ],
)
def test_a_release_that_a_question_cannot_use_is_refused(
    sightline: Sightline, words: tuple[str, ...], error: str
) -> None:
    run = sightline("query", *words)
    assert (run.code, run.out, run.err) == (2, "", f"sightline: {error}\n")


def test_a_link_holds_the_key_of_the_release(sightline: Sightline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIGHTLINE_BROWSER", "http://127.0.0.1:7474/browser/")
    run = sightline("query", "lookup.object-counts", "--param", "release=17.1-sample", "--link")
    assert run.code == 0
    assert "enterprise-attack%4017.1-sample" in run.out


def test_an_annotation_is_held_against_the_release_that_it_was_written_for(
    sightline: Sightline, files: Path
) -> None:
    false = "\n    claims: [{field: tactics, expect: 99}]"
    for name, version, object_id, more in (
        ("old", "17.1", "T1528", false),
        ("retired", "18.1", "T1528", f"\n    status: retired{false}"),
        ("wrong", "18.1", "T1528", f"\n    status: draft{false}"),
    ):
        text = ANNOTATIONS.replace("reading-1", name).replace("18.1", version).replace("AN0496", object_id)
        (files / f"{name}.yaml").write_text(text.rstrip() + more + "\n")
        run = sightline("load", "annotations", str(files / f"{name}.yaml"), "--set", name)
        assert run.code == 0, run.err

    def false_in(release: str) -> list[str]:
        found = answer(sightline, "conflicts", "T1528", "--release", release)
        return [row["origin"] for row in found if row["kind"] == "annotation-false"]

    assert (false_in("18.1-sample"), false_in("17.1-sample")) == (["wrong"], ["old"])
    for name in ("old", "retired", "wrong"):
        assert sightline("remove", "set", name, "--kind", "annotations", "--yes").code == 0


def test_conflicts_show_both_sides(sightline: Sightline) -> None:
    rows = answer(sightline, "conflicts", "T1528")
    assert rows
    assert {"kind", "one", "says", "other", "other_says", "contradiction"} <= rows[0].keys()


def test_history_goes_through_the_releases(sightline: Sightline) -> None:
    rows = answer(sightline, "history", "T1528")
    assert [row["release"] for row in rows] == [
        "enterprise-attack@17.1-sample",
        "enterprise-attack@18.1-sample",
    ]
    assert sightline("history", "T9998").code == 12


def test_diff_counts_by_type_and_lists_pairs(sightline: Sightline) -> None:
    words = ("diff", "17.1-sample", "18.1-sample", "--paths", "--evidence")
    found = answer(sightline, *words)
    contract = {"added", "removed", "revoked", "deprecated", "content", "bookkeeping"}
    assert contract <= found["objects"]["Technique"].keys()
    assert found["objects"]["Analytic"]["added"] > 0
    paths = found["paths"]["component_technique"]
    assert paths["kept"] >= 0
    assert {"component_id", "technique_id"} <= (paths["lost"] + paths["gained"])[0].keys()
    assert "objects (" in sightline(*words).out


def test_a_part_of_a_diff_is_rows(sightline: Sightline) -> None:
    pair = ("diff", "17.1-sample", "18.1-sample")
    whole = answer(sightline, *pair, "--names", "--paths")
    assert answer(sightline, *pair, "--section", "names") == whole["names"]
    rows = answer(sightline, *pair, "--section", "paths.component_technique")
    lost = [{"change": "lost", **each} for each in whole["paths"]["component_technique"]["lost"]]
    assert [row for row in rows if row["change"] == "lost"] == lost
    assert "## paths (5)" in sightline(*pair, "--paths", "--format", "md").out
    missing = sightline(*pair, "--section", "hats")
    assert (missing.code, "no such section" in missing.err) == (12, True)


def test_a_field_and_relationships_through_the_releases(sightline: Sightline) -> None:
    rows = answer(sightline, "history", "T1528", "--relationships")
    assert {row["change"] for row in rows} <= {"added", "removed"}
    fields = answer(sightline, "history", "T1528", "--field", "modified")
    assert all(line[:2] in {"- ", "+ ", "  "} for row in fields for line in row["difference"])
    assert sightline("history", "T1528", "--field", "modifed").code == 12
    assert sightline("history", "T1528", "--field", "modified", "--relationships").code == 2


def test_coverage_over_releases_is_that_of_each(sightline: Sightline) -> None:
    rows = answer(sightline, "coverage", "--over", "17.1-sample,18.1-sample", "--by", "tactic")
    for at, release in enumerate(("17.1-sample", "18.1-sample")):
        alone = answer(sightline, "coverage", "--by", "tactic", "--release", release)
        over = {row["id"]: (row["of"][at], row["counts"][at]) for row in rows if row["names"][at]}
        assert over == {row["tactic_id"]: (row["techniques"], row["covered"]) for row in alone}
    both = answer(sightline, "coverage", "T1528", "--over", "17.1-sample,18.1-sample")
    alone = answer(sightline, "coverage", "T1528", "--release", "18.1-sample")
    assert {(row["platform"], row["states"][1]) for row in both if row["states"][1]} == {
        (row["platform"], row["state"]) for row in alone
    }
    assert sightline("coverage", "--over", "18.1-sample").code == 2
    assert sightline("coverage", "T1528", "--evidence", "--over", "17.1-sample,18.1-sample").code == 2


def test_a_diff_takes_the_older_release_first(sightline: Sightline) -> None:
    run = sightline("diff", "18.1-sample", "17.1-sample")
    assert (run.code, run.out) == (2, "")
    assert run.err == (
        "sightline: enterprise-attack@18.1-sample is newer than enterprise-attack@17.1-sample; "
        "give the older release first: diff enterprise-attack@17.1-sample enterprise-attack@18.1-sample\n"
    )


def test_a_reload_says_what_changed_and_a_set_can_be_taken_out(sightline: Sightline, files: Path) -> None:
    more = files / "more"
    more.mkdir()
    (more / "first.yml").write_text(RULE.format(title="First, mended", id=FIRST))
    (more / "second.yml").write_text(RULE.format(title="Second", id=SECOND))
    load = ("load", "sigma", str(more), "--set", "other", "--set-version", "1")
    (row,) = answer(sightline, *load)
    assert (row["key"], row["outcome"], row["added"]) == ("other@1", "loaded", 2)
    (more / "second.yml").unlink()
    (more / "first.yml").write_text(RULE.format(title="First, mended again", id=FIRST))
    assert sightline(*load).code == 3
    run = sightline(*load, "--replace")
    twice = [line for line in run.err.splitlines() if "1 rule is in mine@1 too" in line]
    assert len(twice) == 1
    assert (run.code, [line for line in run.err.splitlines() if line not in twice]) == (
        0,
        [f"sightline: other@1: 1 changed: {FIRST}", f"sightline: other@1: 1 removed: {SECOND}"],
    )
    assert sightline("remove", "set", "other@1").code == 2
    assert sightline("remove", "set", "other@1", "--yes").err == "sightline: removed evidence other@1\n"
    run = sightline("remove", "set", "other@1", "--yes")
    assert run.code == 12
    assert len(answer(sightline, "sets")) == 3


def test_environments_and_annotations_go_by_their_keys(sightline: Sightline, files: Path) -> None:
    (files / "twin.yaml").write_text(ENVIRONMENT.replace("soc", "twin"))
    (files / "twin-readings.yaml").write_text(ANNOTATIONS.replace("reading-1", "reading-2"))
    assert sightline("load", "environment", str(files / "twin.yaml")).code == 0
    words = ("load", "annotations", str(files / "twin-readings.yaml"), "--set", "twin")
    assert sightline(*words).code == 0
    twin = [row for row in answer(sightline, "environments") if row["environment"] == "twin"]
    assert [(row["platforms"], row["collected"]) for row in twin] == [(["Identity Provider", "SaaS"], 1)]
    twin = [row for row in answer(sightline, "annotations") if row["set"] == "twin"]
    assert [(row["authors"], row["annotations"], row["newest"]) for row in twin] == [
        (["team"], 1, "2026-05-23")
    ]
    (listed,) = [row for row in answer(sightline, "sets") if row["set"] == "twin"]
    assert (listed["kind"], listed["version"], listed["stored"]) == ("attack-annotations/1", None, 1)
    run = sightline("remove", "set", "twin", "--yes")
    assert (run.code, run.err) == (
        2,
        "sightline: twin: names environment and annotations; pass --kind\n",
    )
    for kind in ("environment", "annotations"):
        run = sightline("remove", "set", "twin", "--kind", kind, "--yes")
        assert run.err == f"sightline: removed {kind} twin\n"


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        (("query", "lookup.detection-chain", "--param", "attack_id=AN0496"), 1),
        (("show", "AN0496"), 1),
        (("related", "T1528", "--method", "actor"), 1),
        (("related", "T1528"), 5),
    ],
)
def test_an_answer_has_a_link_into_the_browser(
    sightline: Sightline, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], lines: int
) -> None:
    monkeypatch.setenv("SIGHTLINE_BROWSER", "http://127.0.0.1:7474/browser/")
    run = sightline(*words, "--link")
    assert run.code == 0
    links = run.out.splitlines()
    assert len(links) == lines
    for link in links:
        assert link.startswith("http://127.0.0.1:7474/browser/?cmd=edit&arg=%2F%2F")
        assert words[-1].partition("=")[2] in link


NOT_NEEDED = ("pydantic", "rich", "requests", "yaml", "loaders", "pysigma", "stix2")
LISTING = """
import sys
from cli import app
code = app.run(sys.argv[1:])
print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.parametrize("words", [("coverage", "T1528"), ("related", "T1528")])
def test_a_cold_question_imports_nothing_that_it_does_not_use(
    loaded: Target, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    point_to(monkeypatch, loaded)
    run = subprocess.run(
        [sys.executable, "-c", LISTING, *words], capture_output=True, check=True, encoding="utf-8", timeout=60
    )
    assert run.stdout
    assert set(run.stderr.splitlines()[-1].split()) & set(NOT_NEEDED) == set()


def test_an_empty_graph_says_what_to_bring(sightline: Sightline, loaded: Target) -> None:
    with connect(loaded) as graph:
        wipe(graph)
    run = sightline("coverage", "T1528")
    assert (run.code, run.out) == (12, "")
    assert run.err == (
        "sightline: no ATT&CK release is loaded; "
        "load one with `sightline load attack FILE`, or `sightline demo` for a sample\n"
    )
    assert answer(sightline, "sets") == []

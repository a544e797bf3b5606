"""What going from 18.1 to 19.1 does to the Sigma release, and the patch that it needs."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from zipfile import ZipFile

import pytest

from cli import app
from graph.server.connection import Graph
from graph.server.settings import Target
from loaders.formats import FORMATS, RuleFormat, Source
from queries.answers.kinds import count, kind
from queries.answers.over import MeaningsOf, State, states_over
from queries.answers.upgrade import tactics
from queries.answers.upgrade.plan import Upgrade, upgrade
from queries.ask import ask
from queries.params import OfRelease, TwoReleases
from queries.questions.coverage.totals import BY_TECHNIQUE, TechniquesEvidence
from queries.questions.lookup.questions import TECHNIQUE_IDS
from tests.integration.cli.conftest import point_to
from tests.loads import load_rules, remove_set

pytestmark = pytest.mark.integration
BEFORE, AFTER = "enterprise-attack@18.1", "enterprise-attack@19.1"
SIGMA = "sigmahq"
Run = Callable[[Sequence[str]], int]


@pytest.fixture(scope="module")
def found(rules: Graph) -> Upgrade:
    return upgrade(rules, TwoReleases(BEFORE, AFTER), of_set=SIGMA).upgrade


@pytest.fixture
def sightline(rules: Graph, server: Target, monkeypatch: pytest.MonkeyPatch) -> Run:
    assert rules.target == server
    point_to(monkeypatch, server)
    return app.run


def counts(found: Upgrade) -> dict[str, tuple[int | None, int]]:
    return {each.kind: (each.before, each.count) for each in found.counts}


def test_claims_and_tags_are_counted_as_stated(found: Upgrade) -> None:
    number = counts(found)
    assert number["claim-replaced"] == (None, 243)
    assert len({each.evidence_id for each in found.claims}) == 233
    assert number["claim-several"] == number["claim-gone"] == (None, 0)
    assert number[tactics.RENAMED] == (0, 960)
    assert number[tactics.MOVED] == (6, 567)
    assert number[tactics.MISMATCH] == (259, 259)
    assert number[tactics.UNKNOWN] == (0, 0)


@pytest.mark.parametrize(("release", "at"), [(BEFORE, 0), (AFTER, 1)])
def test_tags_are_judged_as_missing_judges_them(rules: Graph, found: Upgrade, release: str, at: int) -> None:
    kinds = [kind(name) for name in tactics.KINDS]
    counted = {row.kind: row.count for row in count(rules, release=release, among=kinds, of_set=SIGMA)}
    assert {name: counts(found)[name][at] for name in tactics.KINDS} == counted


def test_no_technique_loses_coverage_by_its_new_id(rules: Graph, found: Upgrade) -> None:
    assert {each.change for each in found.techniques} == {"new"}
    totals = [sum(each.before for each in found.coverage), sum(each.after for each in found.coverage)]
    assert totals == [
        len(ask(rules, BY_TECHNIQUE, TechniquesEvidence(release, set=SIGMA))) for release in (BEFORE, AFTER)
    ]
    over = states_over(
        [BEFORE, AFTER],
        [
            [
                State(row.technique_id, row.technique, None, None, row.state, row.detect)
                for row in ask(rules, BY_TECHNIQUE, TechniquesEvidence(release, set=SIGMA))
            ]
            for release in (BEFORE, AFTER)
        ],
        MeaningsOf(rules, AFTER),
    )
    assert {row.change for row in over} == {"same", "new"}
    (impaired,) = (row for row in over if row.technique_id == "T1685")
    assert impaired.technique_ids == ("T1562+T1562.001+T1562.006", "T1685")


def over(sightline: Run, capfd: pytest.CaptureFixture[str], *ids: str) -> list[dict[str, object]]:
    assert sightline(["coverage", *ids, "--over", "18.1,19.1", "--set", SIGMA, "--format", "json"]) == 0
    rows: list[dict[str, object]] = json.loads(capfd.readouterr().out)
    return rows


def test_a_technique_that_several_became_has_their_past(
    sightline: Run, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = {row["platform"]: row for row in over(sightline, capfd, "T1685")}
    assert rows["Windows"]["technique_ids"] == ["T1562+T1562.001+T1562.006", "T1685"]
    assert rows["Windows"]["states"] == ["covered", "covered"]
    gone = {platform for platform, row in rows.items() if row["change"] == "gone"}
    assert {rows[platform]["change"] for platform in rows.keys() - gone} == {"same"}, "a rename loses nothing"
    assert gone == {"Identity Provider", "Office Suite"}, "T1685 has fewer platforms than T1562 had"


def test_an_older_id_is_about_that_one_alone(sightline: Run, capfd: pytest.CaptureFixture[str]) -> None:
    rows = {
        (row["technique_id"], row["platform"]): row for row in over(sightline, capfd, "t1562.001", "T1562")
    }
    ids = [row["technique_ids"] for (_, platform), row in rows.items() if platform == "Windows"]
    assert ids == [["T1562", "T1685"]], rows
    assert over(sightline, capfd, "T1528")


def test_what_is_new_is_named(found: Upgrade) -> None:
    assert [each.log_source for each in found.log_sources] == ["auditd:DAEMON", "m365:teams"]
    assert "T1682" in {each.technique_id for each in found.new_techniques}
    assert "T1685" not in {each.technique_id for each in found.new_techniques}, "claims move on to it"


def test_the_patch_is_written_applied_and_read_back(
    rules: Graph, sightline: Run, data: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder, patch = tmp_path / "rules", tmp_path / "patch.json"
    with ZipFile(data / "sigma" / "sigma-rules-r2026-04-01.zip") as archive:
        archive.extractall(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*.yml")}
    words = ("plan", "upgrade", "19.1", "--set", SIGMA, "--patch", str(patch), "--write", str(folder))
    assert sightline([*words, "--section", "counts", "--format", "json"]) == 0
    assert "left as it is" not in capfd.readouterr().err
    written = json.loads(patch.read_text())
    assert (written["from"], written["to"], written["set"]) == (BEFORE, AFTER, "sigmahq@r2026-04-01")
    assert len(written["techniques"]) == 243
    assert len({entry["rule"] for entry in written["techniques"]}) == 233
    assert sum(entry["new"] is None for entry in written["techniques"]) == 3
    entries = [*written["techniques"], *written["tactics"]]
    _lines_are_those_of_the_tags(before, folder, entries)
    _only_tags_changed(before, entries)
    _every_claim_is_of_the_release(rules, folder)


def _lines_are_those_of_the_tags(
    before: dict[Path, bytes], folder: Path, entries: list[dict[str, str]]
) -> None:
    for entry in entries:
        line = before[folder / entry["file"]].splitlines()[int(entry["line"]) - 1].decode()
        assert line.split("#")[0].strip() == f"- {entry['old']}"


def _only_tags_changed(before: dict[Path, bytes], entries: list[dict[str, str]]) -> None:
    gone, come = Counter[bytes](), Counter[bytes]()
    for path, content in before.items():
        old, new = (
            Counter(content.splitlines(keepends=True)),
            Counter(path.read_bytes().splitlines(keepends=True)),
        )
        gone += old - new
        come += new - old
    assert {line.split(b"attack.")[0].strip() for line in [*gone, *come]} == {b"-"}
    assert gone.total() == len(entries)
    assert come.total() == sum(entry["new"] is not None for entry in entries)


def _every_claim_is_of_the_release(rules: Graph, folder: Path) -> None:
    format_ = FORMATS["sigma"].load()
    assert isinstance(format_, RuleFormat)
    claimed = {
        claim.attack_id for rule in format_.rules(Source((str(folder),))).rules for claim in rule.claims
    }
    live = {
        row.attack_id
        for row in ask(rules, TECHNIQUE_IDS, OfRelease(AFTER))
        if row.technique_id == row.attack_id
    }
    assert claimed <= live


ELASTIC = """[metadata]
maturity = "production"
[rule]
name = "{id}"
rule_id = "{id}"
[[rule.threat]]
framework = "MITRE ATT&CK"
[[rule.threat.technique]]
id = "T1562"
name = "Impair Defenses"
reference = "https://attack.mitre.org/techniques/T1562/"
"""
NESTED = """[[rule.threat.technique.subtechnique]]
id = "T1562.008"
name = "Disable or Modify Cloud Logs"
reference = "https://attack.mitre.org/techniques/T1562/008/"
"""


def test_tables_of_elastic_are_written_where_they_stay(
    rules: Graph, sightline: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    top, nested = tmp_path / "rules" / "top.toml", tmp_path / "rules" / "nested.toml"
    top.parent.mkdir()
    top.write_text(ELASTIC.format(id="top"))
    nested.write_text(ELASTIC.format(id="nested") + NESTED)
    patch = tmp_path / "patch.json"
    load_rules(rules, "elastic", str(top.parent), set_name="own-elastic", set_version="1")
    try:
        words = ("plan", "upgrade", "19.1", "--set", "own-elastic", "--patch", str(patch))
        assert sightline([*words, "--write", str(top.parent), "--section", "counts", "--format", "json"]) == 0
    finally:
        remove_set(rules, "own-elastic@1")
    said = capfd.readouterr().err
    assert "1 tags in 1 files written" in said
    assert "left for a person: 1 tags" in said
    written = json.loads(patch.read_text())
    (entry,) = written["techniques"]
    assert (entry["old"], entry["new"], entry["name"], entry["line"]) == (
        "T1562",
        "T1685",
        "Disable or Modify Tools",
        9,
    )
    assert [each["old"] for each in written["for_a_person"]] == ["T1562.008"]
    expected = ELASTIC.format(id="top").replace("T1562", "T1685")
    assert top.read_text() == expected.replace("Impair Defenses", "Disable or Modify Tools")
    assert nested.read_text() == ELASTIC.format(id="nested") + NESTED


def test_a_count_above_what_is_allowed_ends_with_1(sightline: Run, capfd: pytest.CaptureFixture[str]) -> None:
    words = ("plan", "upgrade", "19.1", "--from", "18.1", "--set", SIGMA)
    assert sightline([*words, "--max", "claim-replaced=243"]) == 0
    assert sightline([*words, "--max", "claim-replaced=242"]) == 1
    assert "claim-replaced: 243, allowed 242" in capfd.readouterr().err
    assert sightline([*words, "--check", "--section", "counts"]) == 1
    assert sightline([*words, "--max", "claim-replacd=1"]) == 2

"""What a check finds in rules, held against small releases, and on the real ones."""

from collections import Counter
from pathlib import Path

import pytest

from graph.errors import NotFoundError, UsageError
from loaders.checking.base import base_of, since
from loaders.checking.check import checked, officials, rule_formats
from loaders.checking.finding import CODES, Finding
from loaders.checking.official import Shelf, shelf
from tests.bundles import Body, bundle, matrix, thing, tie
from tests.real_data import RealFile

HEAD = """title: {title}
id: {id}
status: test
logsource: {{product: windows, category: process_creation}}
detection:
  selection: {{a: b}}
  condition: selection
tags:
"""
ID = "00000000-0000-4000-8000-00000000000{}"
CHAIN = "mitre-attack"


def tactic(name: str, attack_id: str, shortname: str) -> Body:
    return thing(
        "x-mitre-tactic", name, attack_id, x_mitre_shortname=shortname, x_mitre_domains=["enterprise-attack"]
    )


def technique(
    name: str, attack_id: str, *tactics: str, platforms: tuple[str, ...] = ("Windows",), **more: object
) -> Body:
    phases = [{"kill_chain_name": CHAIN, "phase_name": each} for each in tactics]
    return thing(
        "attack-pattern", name, attack_id, kill_chain_phases=phases, x_mitre_platforms=list(platforms), **more
    )


def older() -> bytes:
    evasion, execution = tactic("Evasion", "TA0005", "defense-evasion"), tactic("Run", "TA0002", "execution")
    return bundle(
        matrix("enterprise-attack", evasion, execution),
        evasion,
        execution,
        technique("Hide", "T1001", "defense-evasion"),
        technique("Move", "T1002", "execution"),
        technique("Old", "T1003", "execution"),
        version="18.1",
    )


def newer() -> bytes:
    evasion, execution = tactic("Evasion", "TA0005", "stealth"), tactic("Run", "TA0002", "execution")
    old, new = technique("Old", "T1003", "execution", revoked=True), technique("New", "T1685", "stealth")
    return bundle(
        matrix("enterprise-attack", evasion, execution),
        evasion,
        execution,
        technique("Hide", "T1001", "stealth"),
        technique("Move", "T1002", "stealth"),
        technique("Given up", "T1004", "execution", x_mitre_deprecated=True),
        technique("Phones", "T1005", "execution", platforms=("Linux",)),
        old,
        new,
        tie("revoked-by", old, new),
        version="19.1",
    )


@pytest.fixture
def attack(tmp_path: Path) -> Shelf:
    for name, content in {"old.json": older(), "new.json": newer()}.items():
        (tmp_path / name).write_bytes(content)
    return shelf(officials([str(tmp_path / "old.json"), str(tmp_path / "new.json")]))


def rules_in(folder: Path, **rules: tuple[str, ...]) -> str:
    folder.mkdir(exist_ok=True)
    for place, (name, tags) in enumerate(rules.items(), 1):
        lines = "".join(f"  - {tag}\n" for tag in tags)
        (folder / f"{name}.yml").write_text(HEAD.format(title=name, id=ID.format(place)) + lines)
    return str(folder)


def found(path: str, attack: Shelf | None) -> tuple[Finding, ...]:
    return checked([path], "sigma", attack, {}).findings


@pytest.mark.parametrize(
    ("tags", "code", "message", "todo", "line"),
    [
        (("attack.t1003",), "revoked-technique", "T1003 is replaced by T1685 New", "claim T1685", 9),
        (("attack.t1004",), "deprecated-technique", "T1004 Given up is deprecated", "drop it", 9),
        (("attack.t9999",), "unknown-technique", "T9999 is not in enterprise-attack@19.1", "", 9),
        (("attack.t0806",), "unknown-technique", "T0806 is not in", "is of ICS: hold the rules against", 9),
        (("attack.t1001", "attack.t1005"), "off-platform", "T1005 Phones is not of Windows", "Linux", 10),
        (
            ("attack.t1001", "attack.defense-evasion"),
            "rule-tactic-renamed",
            "is TA0005 stealth here",
            "stealth",
            10,
        ),
        (
            ("attack.t1002", "attack.execution"),
            "rule-tactic-moved",
            "in enterprise-attack@18.1",
            "stealth",
            10,
        ),
        (("attack.impact", "attack.t1001"), "rule-tactic-mismatch", "no technique of the rule", "stealth", 9),
        (
            ("attack.t1001", "attack.stelth"),
            "rule-tactic-unknown",
            "no release has",
            "did you mean stealth?",
            10,
        ),
        (("attack.t1001", "t1002"), "unknown-tag", "is not an ATT&CK tag", "attack.t1002", 10),
        (("attack.t1001", "attack.t1001"), "repeated-tag", "appears twice", "", 10),
    ],
)
def test_a_flaw_has_its_code_its_line_and_what_to_do(  # noqa: PLR0917  a row of the table
    tmp_path: Path, attack: Shelf, tags: tuple[str, ...], code: str, message: str, todo: str, line: int
) -> None:
    (one,) = found(rules_in(tmp_path / "rules", one=tags), attack)
    assert (one.code, one.line, one.level) == (code, line, CODES[code].level)
    assert message in one.message
    assert todo in (one.todo or "")
    assert one.file.endswith("one.yml")


def test_the_column_is_that_of_the_tag(tmp_path: Path, attack: Shelf) -> None:
    (one,) = found(rules_in(tmp_path / "rules", one=("attack.t1001", '"attack.t1003"')), attack)
    assert (one.line, one.column) == (10, 6)


def test_an_older_release_names_what_a_newer_id_replaces(tmp_path: Path, attack: Shelf) -> None:
    before = shelf(attack.every, "18.1")
    (one,) = found(rules_in(tmp_path / "rules", one=("attack.t1685",)), before)
    assert one.code == "newer-technique"
    assert one.todo == "in enterprise-attack@18.1 it is T1003"
    with pytest.raises(NotFoundError, match=r"given: enterprise-attack@19\.1, enterprise-attack@18\.1"):
        shelf(attack.every, "17.1")


def test_the_structure_of_rules_is_checked_without_attack(tmp_path: Path) -> None:
    folder = Path(rules_in(tmp_path / "rules", one=("attack.t1001",), two=("attack.t1001",)))
    two = folder / "two.yml"
    two.write_text(
        two.read_text().replace(ID.format(2), ID.format(1)).replace("  condition: selection\n", "")
    )
    (folder / "three.yml").write_text(
        two.read_text().replace(f"id: {ID.format(1)}\n", "").replace("windows", "windoze")
    )
    codes = Counter(each.code for each in found(str(folder), None))
    assert codes == {"repeated-id": 1, "detects-nothing": 2, "no-id": 1, "unknown-log-source": 1}


def test_the_same_id_in_two_paths_is_found(tmp_path: Path) -> None:
    first, second = (
        rules_in(tmp_path / "a", one=("attack.t1001",)),
        rules_in(tmp_path / "b", one=("attack.t1001",)),
    )
    (one,) = checked([first, second], "sigma", None, {}).findings
    assert one.code == "repeated-id"
    assert first in one.message


def test_since_a_base_only_what_is_new_is_found(tmp_path: Path, attack: Shelf) -> None:
    old = checked([rules_in(tmp_path / "old", a=("attack.t1003",), b=("attack.t1002",))], "sigma", attack, {})
    new_path = rules_in(tmp_path / "new", a=("attack.t1001", "attack.t1003"), b=("attack.t9999",))
    new = checked([new_path], "sigma", attack, {})
    news = since(base_of("old", old, attack), new, attack)
    assert [(each.code, each.subject) for each in news] == [
        ("unknown-technique", "T9999"),
        ("technique-lost", "T1002"),
        ("technique-gained", "T1001"),
    ]
    assert since(base_of("new", new, attack), new, attack) == ()


def test_a_fingerprint_stays_when_lines_move(tmp_path: Path, attack: Shelf) -> None:
    folder = Path(rules_in(tmp_path / "rules", one=("attack.t1003",)))
    (before,) = found(str(folder), attack)
    (folder / "one.yml").write_text("# moved\n\n" + (folder / "one.yml").read_text())
    (after,) = found(str(folder), attack)
    assert (after.line, after.fingerprint) == ((before.line or 0) + 2, before.fingerprint)


def test_every_format_of_rules_is_checked() -> None:
    assert rule_formats() == ["sigma", "elastic", "splunk", "sentinel"]
    with pytest.raises(UsageError, match="available: sigma, elastic"):
        checked(["."], "ctid", None, {})


def test_the_numbers_of_the_april_rules_on_19(data: RealFile) -> None:
    """The counts are those of issue 13, made independently."""
    bundles = [f"{data / 'attack' / f'enterprise-attack-{each}.json.gz'}={each}" for each in ("18.1", "19.1")]
    rules = data / "sigma" / "sigma-rules-r2026-04-01.zip"
    whole = checked([str(rules)], "sigma", shelf(officials(bundles)), {})
    assert len(whole.rules) == 3748
    by_rule = Counter(code for code, _ in {(each.code, each.rule) for each in whole.findings})
    assert by_rule["rule-tactic-renamed"] == 960
    assert by_rule["rule-tactic-moved"] == 567
    assert by_rule["rule-tactic-mismatch"] == 259
    assert by_rule["revoked-technique"] == 233
    assert sum(each.code == "revoked-technique" for each in whole.findings) == 243
    assert all(each.line and each.column for each in whole.findings)


def test_a_tactic_of_sentinel_is_found_in_its_list(tmp_path: Path, attack: Shelf) -> None:
    text = (
        "id: a\nname: One\ndescription: Defense evasion, told\nquery: SigninLogs\ntags: [x]\ntactics:\n"
        "  - Execution\n  - DefenseEvasion\nrelevantTechniques: [T1002]\n"
    )
    (tmp_path / "a.yaml").write_text(text)
    whole = checked([str(tmp_path / "a.yaml")], "sentinel", attack, {})
    places = {each.subject: (each.line, each.column) for each in whole.findings if "tactic" in each.code}
    assert places == {"execution": (7, 5), "defense-evasion": (8, 5)}


@pytest.mark.parametrize(
    ("word", "archive"),
    [
        ("elastic", "elastic-detection-rules-2026-08-21.zip"),
        ("splunk", "splunk-security-content-2024-10-24.zip"),
        ("sentinel", "sentinel-sample-35.zip"),
    ],
)
def test_other_publishers_rules_are_checked_with_their_places(
    data: RealFile, word: str, archive: str
) -> None:
    bundles = [f"{data / 'attack' / 'enterprise-attack-19.1.json.gz'}=19.1"]
    whole = checked([str(data / "rules" / archive)], word, shelf(officials(bundles)), {})
    about = [each for each in whole.findings if each.code == "revoked-technique"]
    assert about or word == "sentinel"
    assert all(each.line for each in about)
    of_tactics = [each for each in whole.findings if each.code.startswith("rule-tactic-")]
    assert all(each.line and each.line > 1 and each.column for each in of_tactics)

"""Techniques replaced in rules of Elastic: id, name and reference of a table, and nothing else."""

import tomllib
from zipfile import ZipFile

import pytest

from loaders.rewriting.patch import Entry
from loaders.rewriting.toml_edits import edited_toml
from loaders.rewriting.uncertain import UncertainError
from tests.real_data import real_data

ID = "00000000-0000-4000-8000-000000000001"
HEAD = f'[rule] # why\nrule_id = "{ID}"\nnote = """\nid = "T1562" is in a text\n"""\n'
TOP = """[[rule.threat]]
framework = "MITRE ATT&CK"

  [[ rule.threat.technique ]] # indented
  name = "Impair Defenses" # before the id
  id = 'T1562'
  reference = "https://attack.mitre.org/techniques/T1562/"
[rule.threat.tactic]
id = "TA0005"
name = "Defense Evasion"
"""
SUB = """[[rule.threat]]
framework = "MITRE ATT&CK"
[[rule.threat.technique]]
id = "T1059"
name = "Command and Scripting Interpreter"
reference = "https://attack.mitre.org/techniques/T1059/"
[[rule.threat.technique.subtechnique]]
id = "T1059.001"
name = "PowerShell"
reference = "https://attack.mitre.org/techniques/T1059/001"
"""


def entry(old: str, new: str | None, name: str | None = "A new name", rule: str = ID) -> Entry:
    return Entry("a.toml", 1, rule, old, new, "", name)


def after(text: str, *entries: Entry) -> str:
    return edited_toml("a.toml", text.encode(), entries).decode()


MOVED = entry("T1562", "T1685", "Disable or Modify Tools")
WRITTEN = (
    ("'T1562'", "'T1685'"),
    ('"Impair Defenses"', '"Disable or Modify Tools"'),
    ("/T1562/", "/T1685/"),
)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_technique_changes_under_each_tactic(ending: str, times: int) -> None:
    changed = TOP
    for old, new in WRITTEN:
        changed = changed.replace(old, new)
    text, expected = (part.replace("\n", ending) for part in (HEAD + TOP * times, HEAD + changed * times))
    assert after(text, MOVED) == expected


def test_a_subtechnique_becomes_another_one_of_its_technique() -> None:
    done = after(HEAD + SUB, entry("T1059.001", "T1059.099"))
    expected = SUB.replace("T1059.001", "T1059.099").replace("PowerShell", "A new name")
    assert done == HEAD + expected.replace("T1059/001", "T1059/099")


@pytest.mark.parametrize(
    ("text", "change", "said"),
    [
        (HEAD + SUB, entry("T1059.001", "T1685"), "does not belong"),
        (HEAD + SUB, entry("T1059.001", "T1685.001"), "does not belong"),
        (HEAD + TOP, entry("T1562", "T1685.001"), "does not belong"),
        (HEAD + SUB, entry("T1059", "T1685"), "T1059 is not in it"),
        (HEAD + TOP, entry("T1562", None), "is to go with its table"),
        (HEAD + TOP, entry("T1562", "T1685", 'a "b"'), "cannot be written in its quotes"),
        (HEAD + TOP, entry("T1562", "T1685", rule="other"), "the rule other is not in it"),
        (HEAD + TOP.replace("techniques/T1562", "techniques/T9"), MOVED, "is not its own"),
        (HEAD + TOP.replace("'T1562'", '"T\\u0031562"'), MOVED, "the id of T1562 is written in a way"),
        (HEAD + TOP.replace('"Impair Defenses"', '"""Impair\nDefenses"""'), MOVED, "the name of T1562"),
        (
            HEAD + '[[rule.threat]]\ntechnique = [{id = "T1562", name = "x"}]\n',
            MOVED,
            "are not tables with headers",
        ),
        (HEAD + TOP + 'x = """\n[[rule.threat.technique]]\n"""\n', MOVED, "are not tables with headers"),
        (HEAD + "x = \n", MOVED, "has flaws"),
    ],
)
def test_what_is_not_certain_is_refused(text: str, change: Entry, said: str) -> None:
    with pytest.raises(UncertainError, match=said):
        after(text, change)


@pytest.mark.data
def test_real_rules_change_in_three_lines_for_each_table() -> None:
    archive = ZipFile(real_data() / "rules" / "elastic-detection-rules-2026-08-21.zip")
    changed, parents = 0, 0
    for name in archive.namelist():
        data = archive.read(name) if name.endswith(".toml") else b""
        if b'id = "T1562"' not in data:
            continue
        done = _changed(name, data)
        if done is None:
            parents += 1
            continue
        before, new = data.splitlines(keepends=True), done.splitlines(keepends=True)
        differ = [old for old, now in zip(before, new, strict=True) if old != now]
        assert [line.split(b"=")[0].strip() for line in differ] == [b"id", b"name", b"reference"], name
        changed += 1
    assert (changed, parents) == (16, 144)


def _changed(name: str, data: bytes) -> bytes | None:
    """Return the file with T1685 for T1562; None where T1562 is only the parent of sub-techniques."""
    rule = str(tomllib.loads(data.decode())["rule"]["rule_id"])
    try:
        return edited_toml(name, data, [entry("T1562", "T1685", "Disable or Modify Tools", rule)])
    except UncertainError:
        return None

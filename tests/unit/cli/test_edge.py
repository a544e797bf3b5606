"""Words in; an answer, a line on stderr and an exit code out."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path

import pytest
import rfc8785

from cli import tree
from tests.unit.cli.conftest import Sightline


def test_json_is_the_rows_with_their_fields_in_order(sightline: Sightline) -> None:
    run = sightline("pairs", "--format", "json")
    rows = json.loads(run.out)
    assert (run.code, run.err) == (0, "")
    assert [list(row) for row in rows] == [["release", "technique_id", "platform", "score"]] * 2
    assert rows[1] == {
        "release": "enterprise-attack@18.1",
        "technique_id": "T1528",
        "platform": None,
        "score": 0.5,
    }


def test_one_object_is_an_object(sightline: Sightline) -> None:
    answer = json.loads(sightline("card", "--format", "json").out)
    assert answer["platforms"] == ["SaaS", "IaaS"]
    assert answer["related"][0]["technique_id"] == "T1528"


@pytest.mark.parametrize(
    "words",
    [
        ("--release", "18.1", "--format", "json", "--envelope", "pairs"),
        ("pairs", "--release", "18.1", "--format", "json", "--envelope"),
        ("--release", "17.1", "--format", "csv", "pairs", "--release=18.1", "--format=json", "--envelope"),
        ("--envelope", "pairs", "--release", "18.1"),
    ],
)
def test_shared_options_stand_before_or_after_the_name(sightline: Sightline, words: tuple[str, ...]) -> None:
    answer = json.loads(sightline(*words).out)
    rows = answer.pop("rows")
    assert answer.pop("answer")["parameters"] == {"release": "18.1"}
    assert len(answer.pop("digest")) == 64
    assert answer.pop("about")["tool"].startswith("sightline ")
    assert answer == {"release": "18.1", "environment": None, "platforms": [], "of": 2}
    assert len(rows) == 2


def test_a_kept_answer_is_what_the_envelope_prints(sightline: Sightline, tmp_path: Path) -> None:
    printed = json.loads(
        sightline("pairs", "T1528", "--envelope", "--save", str(tmp_path / "answer.json")).out
    )
    kept = json.loads((tmp_path / "answer.json").read_text("utf-8"))
    assert kept == printed
    assert kept["answer"] == {
        "command": "pairs",
        "parameters": {"ids": ["T1528"], "release": "newest"},
        "questions": [],
        "loaded": {"releases": [], "sets": [], "environments": [], "annotations": []},
    }
    whole = {"answer": kept["answer"], "rows": kept["rows"]}
    assert kept["digest"] == hashlib.sha256(rfc8785.dumps(whole)).hexdigest()
    assert [path.name for path in tmp_path.iterdir()] == ["answer.json"]


def test_keeping_changes_nothing_on_stdout(sightline: Sightline, tmp_path: Path) -> None:
    assert sightline("card", "--save", str(tmp_path / "card.json")) == sightline("card")


@pytest.mark.parametrize("name", ["words", "exact"])
def test_text_is_not_kept(sightline: Sightline, tmp_path: Path, name: str) -> None:
    run = sightline(name, "--save", str(tmp_path / "answer.json"))
    assert (run.code, run.err) == (2, "sightline: --save keeps rows and objects, not text; drop --save\n")


def test_an_answer_that_cannot_be_written_is_told_in_one_line(sightline: Sightline, tmp_path: Path) -> None:
    run = sightline("pairs", "--save", str(tmp_path / "none" / "answer.json"))
    assert run.code == 2
    assert run.err.endswith("answer.json: cannot write here: No such file or directory; name another file\n")


def test_an_option_that_the_command_lacks_is_refused(sightline: Sightline) -> None:
    run = sightline("--release", "18.1", "card")
    assert run.code == 2
    assert run.err == "sightline: card takes no --release; see `sightline card --help`\n"


def test_an_empty_answer_says_where_it_looked(sightline: Sightline) -> None:
    run = sightline("pairs", "T1", "--format", "json")
    assert (run.code, run.out) == (0, "[]\n")
    assert run.err == "sightline: nothing found; looked at newest, 2 pairs\n"
    assert sightline("pairs", "T1", "-q").err == ""


def test_not_found_is_one_line_and_12(sightline: Sightline) -> None:
    run = sightline("missing", "-q")
    assert (run.code, run.out) == (12, "")
    assert run.err == "sightline: T9999: no such technique; did you mean T1999?\n"


def test_a_bug_is_one_line_and_70(sightline: Sightline) -> None:
    run = sightline("broken")
    assert run.code == 70
    assert run.err.count("\n") == 1
    assert "\x1b" not in run.err
    assert "a bug in Sightline: KeyError" in run.err
    assert "sample.py:" in run.err


def test_a_bug_has_a_traceback_for_those_who_ask(sightline: Sightline) -> None:
    assert "Traceback" in sightline("broken", "-v").err


def test_ctrl_c_is_130(sightline: Sightline) -> None:
    run = sightline("interrupted")
    assert (run.code, run.err) == (130, "sightline: interrupted\n")


def test_a_check_that_found_something_is_1(sightline: Sightline) -> None:
    run = sightline("check", "--format", "csv")
    assert (run.code, run.out) == (1, "kind\ngap\n")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("paris",), "no command 'paris'; did you mean pairs?"),
        (("nonsense",), "no command 'nonsense'; see `sightline --help`"),
        (("remove", "them"), "no command 'them'; see `sightline remove --help`"),
        (("card", "--nonsense"), "No such option: --nonsense; see `sightline card --help`"),
        (("pairs", "--format"), "Option '--format' requires an argument; see `sightline --help`"),
        (("card", "-q", "-v"), "--quiet and --verbose exclude each other; choose one"),
        (("pairs", "--envelope", "--format", "csv"), "--envelope is for JSON; add --format json"),
    ],
)
def test_words_that_do_not_fit_are_one_line_and_2(
    sightline: Sightline, words: tuple[str, ...], line: str
) -> None:
    run = sightline(*words)
    assert (run.code, run.out, run.err) == (2, "", f"sightline: {line}\n")


def test_an_unknown_format_names_the_known_ones(sightline: Sightline) -> None:
    run = sightline("pairs", "--format", "xml")
    assert run.code == 2
    assert run.err.count("\n") == 1
    assert all(name in run.err for name in ("table", "json", "csv", "md"))


@pytest.mark.parametrize("words", [(), ("remove",), ("--help",), ("-h",), ("remove", "-h")])
def test_help_is_an_answer(sightline: Sightline, words: tuple[str, ...]) -> None:
    run = sightline(*words)
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("Usage: sightline")


def test_the_version_is_that_of_the_distribution(sightline: Sightline) -> None:
    run = sightline("--version")
    assert (run.code, run.out, run.err) == (0, f"sightline {version(tree.DISTRIBUTION)}\n", "")


def test_help_imports_no_command(sightline: Sightline) -> None:
    assert "absent" in sightline().out  # its module does not exist


def test_text_and_bytes_are_written_as_they_are(sightline: Sightline) -> None:
    assert sightline("words").out == "MATCH (n)\n\tRETURN n \\x07\n"


def test_what_would_ask_needs_yes_where_nobody_is(sightline: Sightline) -> None:
    run = sightline("remove", "it")
    assert (run.code, run.err) == (2, "sightline: Remove it? not a terminal; pass --yes to confirm\n")
    assert sightline("remove", "it", "--yes", "-v").err == "sightline: about to\nsightline: removed\n"

"""`load` is made of the entries of FORMATS: a format brings its argument, its options and its help."""

import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from cli.commands import load
from cli.topics import TOPICS, Family
from loaders.formats import FORMATS, Entry, Takes
from tests.unit.cli.conftest import Sightline

ROOT = Path(__file__).parents[3]


def help_of(entry: Entry) -> str:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command("any")(load.command_for("any", entry))
    return CliRunner().invoke(app, ["--help"]).output


def test_a_format_brings_its_own_options_and_help() -> None:
    shown = help_of(Entry("tests.formats.toy:TOY", "Load toys."))
    for words in (
        "Load toys.",
        "A line is a rule.",
        "--loud",
        "capital",
        "--set NAME",
        "--replace",
        "FILE <list[str]>",
    ):
        assert words in shown
    assert "--aliases" not in shown
    assert "--release" not in shown


@pytest.mark.parametrize("word", FORMATS)
def test_every_entry_makes_a_command_with_its_options_only(word: str) -> None:
    form, shown = FORMATS[word].load(), help_of(FORMATS[word])
    assert form.takes in Takes
    options = {option.name for option in form.options}
    assert options == {each for each in OWN if f"--{each} " in shown}


OWN = {option.name for entry in FORMATS.values() for option in entry.load().options}


def test_the_family_lists_every_entry_without_importing_it() -> None:
    family = TOPICS["Load data"]["load"]
    assert isinstance(family, Family)
    assert {word: place.summary for word, place in family.members.items()} == {
        word: entry.summary for word, entry in FORMATS.items()
    }
    code = (
        "import sys; from cli.tree import application; application(); "
        "sys.exit(str([name for name in sys.modules if name.startswith('loaders')]) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stderr == "[]\n"


def test_what_is_no_format_is_no_command() -> None:
    with pytest.raises(AttributeError, match="no format is called nothing"):
        load.nothing  # noqa: B018


@pytest.mark.parametrize("option", ["--set", "--set-version"])
def test_an_empty_name_or_version_is_refused(real_sightline: Sightline, tmp_path: Path, option: str) -> None:
    rule = tmp_path / "rule.yml"
    rule.write_text("title: x\n", encoding="utf-8")
    run = real_sightline("load", "sigma", str(rule), option, "")
    assert (run.code, run.out) == (2, "")
    assert f"{option} is empty" in run.err

"""The list of commands tells the truth about the commands."""

import inspect
import re
from collections.abc import Iterator

import pytest
from typer.core import TyperCommand

from cli import options
from cli.topics import TOPICS, Family, Place
from cli.tree import application
from docs.generate import ROOT
from graph.holding.writer import DEFAULT_WAIT
from tests.unit.cli.conftest import Sightline


def places() -> Iterator[tuple[str, Place]]:
    for members in TOPICS.values():
        for name, member in members.items():
            if isinstance(member, Family):
                yield from ((f"{name} {each}", place) for each, place in member.members.items())
            else:
                yield name, member


ALL = dict(places())
REFERENCE = (ROOT / "docs" / "cli.md").read_text("utf-8")


def command_of(name: str) -> TyperCommand:
    group = application()
    context = group.make_context("sightline", [], resilient_parsing=True)
    *families, last = name.split()
    for word in families:
        group = group.get_command(context, word)  # type: ignore[assignment]  # a family is a group
    command = group.get_command(context, last)
    assert isinstance(command, TyperCommand)
    return command


@pytest.mark.parametrize("name", ALL)
def test_a_command_is_where_the_list_says_and_does_what_it_says(name: str) -> None:
    command = command_of(name)
    assert (command.help or "").splitlines()[0] == ALL[name].summary
    assert ALL[name].summary.endswith(".")


@pytest.mark.parametrize("name", ALL)
def test_a_command_stands_in_the_file_or_folder_of_its_first_word(name: str) -> None:
    word = name.split(maxsplit=1)[0]
    assert re.fullmatch(rf"cli\.commands\.{word}(\.\w+)*:{name.rsplit(maxsplit=1)[-1]}_?", ALL[name].function)


def test_every_file_of_commands_is_a_word_of_the_help() -> None:
    files = {path.name.removesuffix(".py") for path in (ROOT / "cli" / "commands").iterdir()}
    assert files - {"__init__", "__pycache__"} == {name.split()[0] for name in ALL}


@pytest.mark.parametrize("name", ALL)
def test_every_option_is_explained(name: str) -> None:
    command = command_of(name)
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name} {parameter.name}"


@pytest.mark.parametrize("name", ALL)
def test_a_command_has_the_shared_options(name: str) -> None:
    flags = {flag for parameter in command_of(name).params for flag in parameter.opts}
    shared = inspect.signature(options.shared).parameters
    named = {"--uri", "--format", "--envelope", "--save", "--color", "--quiet", "--verbose"}
    assert len(flags & named) == len(shared) - 1


def test_waiting_is_what_the_writer_does() -> None:
    assert options.WAIT == DEFAULT_WAIT


@pytest.mark.parametrize("name", ["", *ALL])
def test_help_answers(real_sightline: Sightline, name: str) -> None:
    run = real_sightline(*name.split(), "--help")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("Usage: sightline")


@pytest.mark.parametrize("name", ["", *ALL])
def test_the_reference_has_what_help_prints(
    real_sightline: Sightline, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    printed = "\n".join(line.rstrip() for line in real_sightline(*name.split(), "--help").out.splitlines())
    assert f"```text\n{printed}\n```\n" in REFERENCE

"""The recording of answers: every command is in it or has a reason, and what a run brings about is masked."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from cli.topics import TOPICS, Family, Place
from tools import answers
from tools.answers import COMMANDS, NOT_RECORDED, Places


def commands(members: Mapping[str, Place | Family], path: str = "") -> Iterator[str]:
    for name, member in members.items():
        if isinstance(member, Family):
            yield from commands(member.members, f"{path}{name} ")
        else:
            yield f"{path}{name}"


def test_every_command_is_recorded_or_has_a_reason() -> None:
    every = {name for members in TOPICS.values() for name in commands(members)}
    assert every == set(COMMANDS) | set(NOT_RECORDED)
    assert not set(COMMANDS) & set(NOT_RECORDED)


def test_what_a_run_brings_about_is_masked(tmp_path: Path) -> None:
    places = Places(tmp_path / "shared" / "data", tmp_path / "scratch")
    now = datetime.now(UTC).isoformat()
    text = f"{tmp_path}/scratch/page.html {tmp_path}/shared/formats/a.yaml bolt://127.0.0.1:4711 {now} 2024-10-31"
    assert (
        places.masked(text) == "SCRATCH/page.html SHARED/formats/a.yaml bolt://127.0.0.1:PORT TIME 2024-10-31"
    )


def test_a_call_is_run_in_this_process() -> None:
    code, out = answers.call(["--version"])
    assert (code, out.startswith("sightline ")) == (0, True)


def test_files_of_rows_have_names_of_their_own() -> None:
    names = [f"sightline {command} {text}" for command, calls in COMMANDS.items() for text in calls]
    assert len({answers.file_name(name) for name in names}) == len(names)

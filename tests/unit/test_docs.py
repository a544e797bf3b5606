"""Documentation fails the tests when it lies."""

import re
from pathlib import Path

import pytest

from cli.topics import TOPICS, Family
from docs.generate import ROOT, pages

COMMANDS = {name: member for members in TOPICS.values() for name, member in members.items()}
LANDING: set[str] = set()
"""Commands that the documentation names before they are there."""
_NAMED = re.compile(r"(?:`|^\$ |^)sightline ([a-z]+)(?: ([a-z]+))?", re.MULTILINE)
PROSE = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_generated_pages_are_up_to_date() -> None:
    stale = [path.name for path, text in pages() if not path.exists() or path.read_text() != text]
    assert stale == [], "run `make docs`"


def named_in(path: Path) -> set[tuple[str, str]]:
    """The first two words after `sightline`, wherever a command stands in code."""
    return {(match[1], match[2] or "") for match in _NAMED.finditer(path.read_text("utf-8"))}


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_a_command_in_the_documentation_is_there(path: Path) -> None:
    for first, second in named_in(path):
        assert first in COMMANDS.keys() | LANDING
        member = COMMANDS.get(first)
        if isinstance(member, Family) and second:
            assert second in member.members


def test_the_readme_leads_to_the_reference_of_all_commands() -> None:
    assert "docs/cli.md" in (ROOT / "README.md").read_text("utf-8")
    reference = (ROOT / "docs" / "cli.md").read_text("utf-8")
    for name, member in COMMANDS.items():
        for path in [f"{name} {each}" for each in member.members] if isinstance(member, Family) else [name]:
            assert f"\n### sightline {path}\n" in reference

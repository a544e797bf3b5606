"""Documentation fails the tests when it lies."""

import re
from pathlib import Path

import pytest

from cli.topics import TOPICS, Family
from docs.generate import ROOT, pages
from tests.unit.plain_words import BANNED, ODD, PLAIN, documents, messages
from tests.unit.test_house import texts, tracked

COMMANDS = {name: member for members in TOPICS.values() for name, member in members.items()}
_NAMED = re.compile(r"(?:`|^\$ |^)sightline ([a-z]+)(?: ([a-z]+))?", re.MULTILINE)
PROSE = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("C*.md"))]
_TOP = sorted({path.relative_to(ROOT).parts[0] for path in tracked() if path.parent != ROOT})
_PATH = re.compile(rf"(?<![\w./@{{-])(?:{'|'.join(map(re.escape, _TOP))})/[\w./-]*\w")
_FILE = re.compile(r"\.(?:md|py|csv|toml|yml|yaml|lock|cypher)\Z")
_LINK = re.compile(r"\]\((?!https?:|#)([^)#\s]+)")
_HEADING = re.compile(r"(docs/[\w/-]+\.md),? (?:under )?\"([^\"\n]+)\"")


def test_generated_pages_are_up_to_date() -> None:
    stale = [path.name for path, text in pages() if not path.exists() or path.read_text() != text]
    assert stale == [], "run `make docs`"


def named_in(path: Path) -> set[tuple[str, str]]:
    """The first two words after `sightline`, wherever a command is in code."""
    return {(match[1], match[2] or "") for match in _NAMED.finditer(path.read_text("utf-8"))}


@pytest.mark.parametrize("path", PROSE, ids=lambda path: path.name)
def test_a_command_in_the_documentation_is_there(path: Path) -> None:
    for first, second in named_in(path):
        assert first in COMMANDS
        member = COMMANDS.get(first)
        if isinstance(member, Family) and second:
            assert second in member.members


def test_the_readme_leads_to_the_reference_of_all_commands() -> None:
    assert "docs/cli.md" in (ROOT / "README.md").read_text("utf-8")
    reference = (ROOT / "docs" / "cli.md").read_text("utf-8")
    for name, member in COMMANDS.items():
        for path in [f"{name} {each}" for each in member.members] if isinstance(member, Family) else [name]:
            assert f"\n### sightline {path}\n" in reference


def test_a_path_that_a_text_names_is_there() -> None:
    """In prose every path below a folder of ours; in code those of files."""
    absent = [
        f"{path}: {named}"
        for path, text in texts({".md", ".py", ".cypher", ".toml", ".yml", ""})
        for named in _PATH.findall(text)
        if (path.suffix == ".md" or _FILE.search(named)) and not (ROOT / named).exists()
    ]
    assert absent == []


def test_a_link_of_a_document_leads_to_a_file() -> None:
    absent = [
        f"{path}: {link}"
        for path, text in texts({".md"})
        for link in _LINK.findall(text)
        if not (ROOT / path.parent / link).exists()
    ]
    assert absent == []


def headings(path: Path) -> set[str]:
    return {line.lstrip("#").strip() for line in path.read_text("utf-8").splitlines() if line.startswith("#")}


def test_a_heading_that_a_text_quotes_is_there() -> None:
    quoted = [
        (path, ROOT / named, heading)
        for path, text in texts({".md", ".py", ".cypher"})
        for named, heading in _HEADING.findall(" ".join(text.split()))
    ]
    assert quoted
    assert [f"{path}: {heading}" for path, named, heading in quoted if heading not in headings(named)] == []


def test_every_decision_is_in_the_index() -> None:
    index = (ROOT / "docs" / "adr" / "README.md").read_text("utf-8")
    records = sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))
    for record in records:
        title = record.read_text("utf-8").splitlines()[0].partition(": ")[2]
        assert f"| [{record.name[:4]}]({record.name}) | {title} |" in index


def test_messages_are_plain() -> None:
    assert [f"{place}: {text}" for place, text in messages() if BANNED.search(text)] == []


def test_documents_are_plain() -> None:
    assert [f"{place}: {text}" for place, text in documents() if BANNED.search(text)] == []


@pytest.mark.parametrize("text", ODD)
def test_an_odd_phrase_is_found(text: str) -> None:
    assert BANNED.search(text)


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_one_is_not(text: str) -> None:
    assert not BANNED.search(text)

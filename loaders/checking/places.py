"""Where in its file something that a rule says is written."""

import re
from collections.abc import Sequence
from functools import cached_property

from graph.record import sha256_hex
from loaders.checking.against_attack import Judgement
from loaders.evidence.read_rules import AnyRule
from loaders.reading.one_file import SourceFile
from loaders.reading.sources import read_tree
from loaders.reading.yaml_text import YamlDocument, documents

Place = tuple[int | None, int | None]
_LINE = re.compile(r"line (\d+)(?: column (\d+))?")


def stated(pointer: str) -> Place:
    """Return line and column that a problem's pointer states."""
    found = _LINE.fullmatch(pointer)
    if found is None:
        return None, None
    return int(found[1]), int(found[2]) if found[2] else None


class Texts:
    """The files of a source, read again when the first place is asked for."""

    def __init__(self, path: str, suffixes: tuple[str, ...]) -> None:
        self._path = path
        self._suffixes = suffixes

    @cached_property
    def _files(self) -> dict[str, SourceFile]:
        found = read_tree(self._path, self._suffixes)
        return {entry.path: entry for entry in found if isinstance(entry, SourceFile)}

    def place(self, rule: AnyRule, judgement: Judgement) -> Place:
        """Return where a rule states what a judgement is about: its claim's line, its tactic's, else its own."""
        file = self._files.get(rule.path)
        if file is None:
            return rule.line, None
        line = self._line(file, rule, judgement)
        lines = file.data.decode("utf-8", "replace").splitlines()
        words = _words(judgement)
        if line is None and judgement.tactic is not None:
            line = _first_with(lines, words, rule.line or 1)
        if line is None or line > len(lines):
            return rule.line, None
        return line, _column(lines[line - 1], words)

    def _line(self, file: SourceFile, rule: AnyRule, judgement: Judgement) -> int | None:
        pointer = _pointer(rule, judgement)
        line, _ = stated(pointer)
        if line is not None or not pointer.startswith("/"):
            return line
        for document in documents(file):
            if isinstance(document, YamlDocument) and sha256_hex(document.raw) == rule.sha256:
                return document.locate(pointer)
        return None


def _pointer(rule: AnyRule, judgement: Judgement) -> str:
    """Return where the claim is stated; a tactic that is among the tags is at the place of its tag."""
    if judgement.claim is not None:
        return judgement.claim.origin.pointer
    words = _words(judgement)
    positions = [place for place, tag in enumerate(rule.tags) if words.search(tag)]
    return f"/tags/{positions[0]}" if positions else ""


def _words(judgement: Judgement) -> re.Pattern[str]:
    """Return what finds the words in a line: a tactic's are joined in several ways."""
    if judgement.tactic is not None:
        parts = [re.escape(part) for part in judgement.tactic.split("-")]
        return re.compile(rf"(?<![\w-])(?:attack\.)?{'[-_ ]'.join(parts)}(?![\w-])", re.IGNORECASE)
    claim = judgement.claim
    written = (claim.raw_value or claim.attack_id) if claim is not None else ""
    return re.compile(rf"(?<!\w){re.escape(written)}(?!\w)", re.IGNORECASE)


def _first_with(lines: Sequence[str], words: re.Pattern[str], start: int) -> int | None:
    return next((at for at in range(start, len(lines) + 1) if words.search(lines[at - 1])), None)


def _column(line: str, words: re.Pattern[str]) -> int | None:
    found = words.search(line)
    return found.start() + 1 if found else None

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
        pointer = judgement.claim.origin.pointer if judgement.claim is not None else ""
        line, _ = stated(pointer)
        if line is not None:
            return line
        for document in documents(file):
            if isinstance(document, YamlDocument) and sha256_hex(document.raw) == rule.sha256:
                at = pointer if judgement.claim is not None else _pointer_of_tactic(document, judgement)
                return document.locate(at) if at.startswith("/") else None
        return None


def _pointer_of_tactic(document: YamlDocument, judgement: Judgement) -> str:
    """Return where a rule names a tactic: among the tags of Sigma or the tactics of Sentinel; "" for neither."""
    words = _words(judgement)
    for name in ("tags", "tactics"):
        listed = document.value.get(name)
        for position, each in enumerate(listed if isinstance(listed, list) else ()):
            if isinstance(each, str) and words.search(each):
                return f"/{name}/{position}"
    return ""


def _words(judgement: Judgement) -> re.Pattern[str]:
    """Return what finds the words in a line: a tactic's are joined in several ways."""
    if judgement.tactic is not None:
        parts = [re.escape(part) for part in judgement.tactic.split("-")]
        return re.compile(rf"(?<![\w-])(?:attack\.)?{'[-_ ]?'.join(parts)}(?![\w-])", re.IGNORECASE)
    claim = judgement.claim
    written = (claim.raw_value or claim.attack_id) if claim is not None else ""
    return re.compile(rf"(?<!\w){re.escape(written)}(?!\w)", re.IGNORECASE)


def _first_with(lines: Sequence[str], words: re.Pattern[str], start: int) -> int | None:
    return next((at for at in range(start, len(lines) + 1) if words.search(lines[at - 1])), None)


def _column(line: str, words: re.Pattern[str]) -> int | None:
    found = words.search(line)
    return found.start() + 1 if found else None

"""Tactics that rules name and no release has: what a load notes about them."""

from collections.abc import Collection, Sequence
from typing import Protocol

from loaders.reading.problems import Problem, Severity
from loaders.tables.tactics import is_tactic, nearest_tactic, told


class NamesTactics(Protocol):
    """A rule, as far as this asks."""

    @property
    def path(self) -> str:
        """The file."""

    @property
    def line(self) -> int | None:
        """Where it begins in its file."""

    @property
    def sha256(self) -> str:
        """Of its record."""

    @property
    def tactics(self) -> tuple[str, ...]:
        """Shortnames."""


def unknown_tactics(rules: Sequence[NamesTactics], known: Collection[str]) -> list[Problem]:
    """Return a note for each tactic that no loaded release has, at the first rule that names it.

    Args:
        rules: of the set.
        known: shortnames of the loaded releases; without any there is nothing to compare with.
    """
    first: dict[str, NamesTactics] = {}
    counts: dict[str, int] = {}
    for rule in rules:
        for tag in dict.fromkeys(rule.tactics):
            if known and tag not in known:
                first.setdefault(tag, rule)
                counts[tag] = counts.get(tag, 0) + 1
    return [_note(tag, rule, counts[tag], known) for tag, rule in first.items()]


def _note(tag: str, rule: NamesTactics, count: int, known: Collection[str]) -> Problem:
    rules = "1 rule" if count == 1 else f"{count} rules"
    near = nearest_tactic(tag, known)
    hint = f"it is {told(tag)}" if is_tactic(tag) else f"did you mean {near}?" if near else "correct it"
    message = f"no loaded release has a tactic {tag!r} ({rules}); {hint}"
    return Problem(rule.path, f"line {rule.line}", "unknown-tactic", message, Severity.NOTE, rule.sha256)

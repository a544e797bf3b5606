"""Tactic tags that name no tactic: what a load notes about them."""

from collections.abc import Collection, Sequence

from loaders.formats.sigma.rule import Rule
from loaders.reading.problems import Problem, Severity
from loaders.tables.tactics import is_tactic, nearest_tactic, told


def unknown_tactics(rules: Sequence[Rule], known: Collection[str]) -> list[Problem]:
    """Return a note for each tactic tag that no loaded release has, at the first rule that carries it.

    Args:
        rules: of the set.
        known: shortnames of the loaded releases; without any there is nothing to compare with.
    """
    first: dict[str, Rule] = {}
    counts: dict[str, int] = {}
    for rule in rules:
        for tag in dict.fromkeys(rule.tactics):
            if known and tag not in known:
                first.setdefault(tag, rule)
                counts[tag] = counts.get(tag, 0) + 1
    return [_note(tag, rule, counts[tag], known) for tag, rule in first.items()]


def _note(tag: str, rule: Rule, count: int, known: Collection[str]) -> Problem:
    rules = "1 rule" if count == 1 else f"{count} rules"
    near = nearest_tactic(tag, known)
    hint = f"it is {told(tag)}" if is_tactic(tag) else f"did you mean {near}?" if near else "correct it"
    message = f"no loaded release has a tactic {tag!r} ({rules}); {hint}"
    return Problem(rule.path, f"line {rule.line}", "unknown-tactic", message, Severity.NOTE, rule.sha256)

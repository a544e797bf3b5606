"""What a load did, for a person and for a script."""

from dataclasses import dataclass
from enum import StrEnum

from loaders.reading.problems import Problem, Severity


class Outcome(StrEnum):
    """What became of the input."""

    LOADED = "loaded"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    """The same content is there already: nothing was done."""
    CHECKED = "checked"
    """`--dry-run`: nothing was written."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What one load did.

    Attributes:
        key: of the release or set.
        outcome: what became of it.
        items: pieces in the input.
        stored: pieces that are in the graph.
        reported: pieces that are not, each with a problem.
        nodes: nodes made.
        relationships: relationships made.
        content_root: Merkle root over the records, in hex.
        problems: everything odd, notes on stored pieces included.
    """

    key: str
    outcome: Outcome
    items: int
    stored: int
    reported: int
    nodes: int
    relationships: int
    content_root: str
    problems: tuple[Problem, ...] = ()


def skipped(problems: tuple[Problem, ...]) -> int:
    """Return how many pieces the problems say were not stored."""
    return sum(each.severity is not Severity.NOTE for each in problems)

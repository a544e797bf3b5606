"""What a load did, for a person and for a script."""

from dataclasses import dataclass

from graph.holding.change import Change, Outcome
from loaders.reading.problems import Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadReport:
    """What loading one release, set, environment or file of annotations did.

    Attributes:
        key: of it.
        source: where it was read from, as the user named it.
        outcome: what became of the input.
        items: pieces in the input.
        stored: pieces that are in the graph.
        nodes: nodes made.
        relationships: relationships made.
        content_root: Merkle root over the records, in hex.
        problems: everything odd, notes on stored pieces included.
        change: of its parts, against what was loaded under the key before; None where they are not told apart.
        current: whether a set is now the newest of its name; true for everything else.
        newer: key of the newer set of its name that is loaded, if there is one.
        ended: keys of the sets that were in use until this load.
        remarks: what the format has to say besides, a line each.
    """

    key: str
    source: str
    outcome: Outcome
    items: int
    stored: int
    nodes: int
    relationships: int
    content_root: str
    problems: tuple[Problem, ...] = ()
    change: Change | None = None
    current: bool = True
    newer: str | None = None
    ended: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def reported(self) -> int:
        """Pieces that are not in the graph, each with a problem."""
        return self.items - self.stored

    def counted(self, severity: Severity) -> int:
        """Return how many of the problems are of that severity."""
        return sum(problem.severity is severity for problem in self.problems)


def skipped(problems: tuple[Problem, ...]) -> int:
    """Return how many pieces the problems say were not stored."""
    return sum(each.severity is not Severity.NOTE for each in problems)

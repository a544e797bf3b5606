"""Something that was read, ready to be loaded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.holding.kind import Kind, Whole
from graph.holding.lookup import Reads
from loaders.reading.problems import Problem
from loaders.report import skipped


def no_notes(graph: Reads, whole: Whole) -> Sequence[Problem]:
    """Return nothing: what asks the graph nothing has no notes."""
    del graph, whole
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loadable:
    """A release, set, environment or file of annotations that was read, and is loaded whole or not at all.

    Attributes:
        kind: which it is.
        key: that it is loaded under.
        source: where it was read from, as the user named it.
        whole: returns its rows; it may ask what only the graph knows, and refuse.
        items: pieces in the input.
        stored: pieces that are in the rows.
        problems: everything odd about the input.
        notes: returns what is odd about it in this graph: reported, not stored.
        remarks: what the format has to say besides, a line each.
    """

    kind: Kind
    key: str
    source: str
    whole: Callable[[Reads], Whole]
    items: int
    stored: int
    problems: tuple[Problem, ...] = ()
    notes: Callable[[Reads, Whole], Sequence[Problem]] = no_notes
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        lost = skipped(self.problems)
        if self.stored + lost != self.items:
            raise AssertionError(f"{self.items} items in, {self.stored} stored and {lost} reported")

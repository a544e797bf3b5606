"""Environments: what is loaded."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from graph.holding.change import Reselected
from graph.holding.kind import Kind, Texts
from graph.holding.lookup import Reads
from graph.holding.removal import sweep

if TYPE_CHECKING:
    from graph.holding.writer import Writer

SEEING = frozenset({"collected", "partial"})
"""Statuses of a log source with which rules that read it see, and analytics are visible (docs/semantics.md)."""


@dataclass(frozen=True, slots=True)
class LoadedEnvironment:
    """What the graph knows of an environment.

    Attributes:
        key: its name.
        content_root: Merkle root over its record, in hex.
        selectors: each entry of `enabled` as JSON, in the order of the file.
        selected: how many pieces of evidence each of them matched.
        placements: each placement as JSON.
        results: each result as JSON.
    """

    key: str
    content_root: str
    selectors: tuple[str, ...]
    selected: tuple[int, ...]
    placements: tuple[str, ...]
    results: tuple[str, ...] = ()


def loaded_environments(graph: Reads) -> list[LoadedEnvironment]:
    """Return every environment, by name."""
    found = graph.read(
        "MATCH (e:Environment) RETURN e.key AS key, e.content_root AS content_root, e.selectors AS selectors, "
        "e.selected AS selected, e.placements AS placements, coalesce(e.results, []) AS results ORDER BY key",
        {},
    )
    return [
        LoadedEnvironment(
            key=str(row["key"]),
            content_root=str(row["content_root"]),
            selectors=tuple(cast("list[str]", row["selectors"])),
            selected=tuple(cast("list[int]", row["selected"])),
            placements=tuple(cast("list[str]", row["placements"])),
            results=tuple(cast("list[str]", row["results"])),
        )
        for row in found
    ]


def settle(writer: "Writer", texts: Texts) -> tuple[Reselected, ...]:
    """Delete the platforms and log sources that nothing reaches any more."""
    del texts
    sweep(writer)
    return ()


ENVIRONMENT = Kind(
    word="environment",
    label="Environment",
    listed="`sightline environments` lists them",
    otherwise="use --replace to replace it",
    settle=settle,
)

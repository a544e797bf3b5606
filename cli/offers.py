"""The words that the shell is offered: of the catalog, and of what a server has loaded."""

from collections.abc import Callable, Iterable, Iterator

from graph.holding.environments import loaded_environments
from graph.server.connection import Graph, connect
from graph.server.settings import find_target
from queries.answers.kinds import kinds as every_kind
from queries.ask import ask
from queries.catalog import CATALOG
from queries.params import Nothing, OfIdentifier
from queries.questions.releases.holding import HOLDING
from queries.questions.releases.questions import SETS

PATIENCE = 1.0
"""Seconds for a server to answer; a shell that hangs at a key is worse than one that offers nothing."""


def questions() -> Iterable[str]:
    """Return the names of the built-in questions."""
    return CATALOG


def kinds() -> Iterable[str]:
    """Return the kinds of missing relationships."""
    return [each.name for each in every_kind()]


def releases() -> Iterable[str]:
    """Return the loaded releases, by key, and those of enterprise by number too."""

    def names(graph: Graph) -> Iterator[str]:
        for each in ask(graph, HOLDING, OfIdentifier("")):
            yield each.release
            yield each.release.removeprefix("enterprise-attack@")

    return _loaded(names)


def environments() -> Iterable[str]:
    """Return the loaded environments."""
    return _loaded(lambda graph: [each.key for each in loaded_environments(graph)])


def sets() -> Iterable[str]:
    """Return the names of the evidence sets in use."""
    return _loaded(lambda graph: [each.name for each in ask(graph, SETS, Nothing()) if each.current])


def removable() -> Iterable[str]:
    """Return the keys of all sets, annotation files and environments."""
    return [*_loaded(lambda graph: [each.set for each in ask(graph, SETS, Nothing())]), *environments()]


def _loaded(names: Callable[[Graph], Iterable[str]]) -> list[str]:
    with connect(find_target(None), patience=PATIENCE) as graph:
        return list(names(graph))

"""Two releases that a person names, the older one first."""

from typing import TYPE_CHECKING

from graph.errors import NotFoundError, UsageError
from graph.holding.lookup import LoadedRelease, loaded_releases
from queries.answers.choice import choose
from queries.params import TwoReleases

if TYPE_CHECKING:
    from graph.server.connection import Graph


def two_releases(
    graph: "Graph", older: str | None, newer: str, domain: str | None = None, *, example: str = "diff"
) -> TwoReleases:
    """Return the keys of two releases of one domain.

    Args:
        graph: the open graph.
        older: as the person named it; None for the newest loaded one before the newer.
        newer: as the person named it.
        domain: of both, where the names state none.
        example: the words of the command, for what is said where the order is swapped.

    Raises:
        NotFoundError: one is not loaded, or none is older.
        UsageError: they are of two domains, one is the bundled sample, or the newer one is named first.
    """
    known = {each.key: each for each in loaded_releases(graph)}
    after = known[choose(graph, newer, domain=domain)]
    if older is None:
        return TwoReleases(_before(after, list(known.values())), after.key)
    before = known[choose(graph, older, domain=domain or _domain_of(older, after))]
    _check(before, after, example)
    return TwoReleases(before.key, after.key)


def _domain_of(named: str, other: LoadedRelease) -> str | None:
    """Return the domain of the other release, where a name states none."""
    return None if "@" in named else other.domain


def _before(after: LoadedRelease, known: list[LoadedRelease]) -> str:
    older = [
        each
        for each in known
        if each.domain == after.domain and each.sample == after.sample and each.order < after.order
    ]
    if not older:
        raise NotFoundError("no older release is loaded", where=after.key, todo="load one, or pass --from")
    return max(older, key=lambda each: each.order).key


def _check(before: LoadedRelease, after: LoadedRelease, example: str) -> None:
    """Refuse two releases of which the second does not come after the first."""
    both = f"{before.key} and {after.key}"
    if before.domain != after.domain:
        raise UsageError(f"{both} are of two domains", todo="name two of one")
    if before.sample != after.sample:
        raise UsageError(
            f"{both}: only one is the bundled sample", todo="name two samples or two whole releases"
        )
    if before.order > after.order:
        raise UsageError(
            f"{before.key} is newer than {after.key}",
            todo=f"give the older release first: {example} {after.key} {before.key}",
        )

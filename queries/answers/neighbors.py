"""The neighbors of an object, each once."""

from collections.abc import Iterable
from dataclasses import replace

from queries.questions.lookup.questions import Neighbor


def distinct(neighbors: Iterable[Neighbor]) -> list[Neighbor]:
    """Return each neighbor by a relationship once, with what each record of that relationship says."""
    found: dict[tuple[str, str, str | None], Neighbor] = {}
    for each in neighbors:
        at = (each.relationship, each.direction, each.stix_id)
        known = found.get(at)
        found[at] = replace(known, description=_both(known.description, each.description)) if known else each
    return [*found.values()]


def _both(first: str | None, second: str | None) -> str | None:
    texts = [each for each in (first, second) if each]
    if first and second and second in first.split("\n\n"):
        return first
    return "\n\n".join(texts) or None

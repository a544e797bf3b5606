"""What publishing something did, as values: no driver is needed to speak of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of the input."""

    LOADED = "loaded"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"
    """The same content is there already: nothing was done."""
    CHECKED = "checked"
    """`--dry-run`: nothing was written."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a load changes in what is loaded under its key: ids of its parts, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @classmethod
    def between(cls, before: Mapping[str, str], after: Mapping[str, str]) -> "Change":
        """Return how the records (id -> SHA-256) differ."""
        return cls(
            added=tuple(sorted(after.keys() - before.keys())),
            changed=tuple(sorted(id_ for id_ in after.keys() & before.keys() if after[id_] != before[id_])),
            removed=tuple(sorted(before.keys() - after.keys())),
        )


@dataclass(frozen=True, slots=True)
class Reselected:
    """A selector of an environment that matches another number of pieces of evidence now.

    Attributes:
        environment: its name.
        number: place of the selector in the environment's file, from 0.
        before: pieces that it matched.
        now: pieces that it matches.
    """

    environment: str
    number: int
    before: int
    now: int

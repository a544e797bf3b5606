"""What a verification says: one verdict, the checks that led to it, and what was only stated."""

from dataclasses import dataclass

INTACT, CONSISTENT, ANCHORED, REPLAYED, REFUSED = "intact", "consistent", "anchored", "replayed", "refused"
UNSEEN = "visible text not checked"
"""Verdict on a page whose answers are intact, and whose text this version cannot make again."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked: `where` is the place in the document, `""` for all of it."""

    what: str
    holds: bool
    where: str = ""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a document says and no check ties to anything."""

    what: str
    value: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found.

    Attributes:
        verdict: one of the words above.
        checks: in the order in which they were made; the last one fails where the verdict is `refused`.
        stated: what was not checked.
    """

    verdict: str
    checks: tuple[Check, ...]
    stated: tuple[Stated, ...] = ()

    @property
    def failure(self) -> Check | None:
        """The check that failed."""
        return next((check for check in self.checks if not check.holds), None)


class RefusedError(Exception):
    """A check that fails, at a place of the document."""

    def __init__(self, what: str, where: str = "") -> None:
        super().__init__(what, where)
        self.check = Check(what, holds=False, where=where)

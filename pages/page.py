"""What a page is before it is drawn: a head, sections made of parts, and what it was answered from."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from pages.parts import (
    Cell,
    Facts,
    Faq,
    Grid,
    Paragraphs,
    Points,
    RecordPart,
    References,
    RuleText,
    Tile,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graph.record import Json
    from pages.picture import Drawing

Part: TypeAlias = "Grid | Paragraphs | Facts | Points | RuleText | RecordPart | Faq | References | Drawing"


class Voice(StrEnum):
    """Whose word a section is; the three never mix."""

    OFFICIAL = "official"
    EVIDENCE = "evidence"
    YOURS = "yours"
    OURS = "ours"


@dataclass(frozen=True, slots=True)
class PageSubject:
    """What a page is about.

    Attributes:
        kind: of page, such as `technique`.
        release: key of the release that answers.
        identifier: the ATT&CK id, the key of a set, the name of an environment.
        environment: the one that is asked about beside the library, if one is.
        of_set: name or key of the one set whose evidence counts; None for all that are in use.
    """

    kind: str
    release: str
    identifier: str
    environment: str | None = None
    of_set: str | None = None

    @property
    def only(self) -> "Mapping[str, Json]":
        """The set as a parameter of a command; nothing where all count."""
        return {"of_set": self.of_set} if self.of_set else {}

    @property
    def told(self) -> str | None:
        """The set in words; None where all count."""
        return f"only the evidence of {self.of_set}" if self.of_set else None

    def counts(self, key: str) -> bool:
        """Tell whether the evidence of the set with this key counts, if it is in use."""
        return self.of_set in (None, key, key.rpartition("@")[0])

    @property
    def command(self) -> str:
        """The command that makes the page."""
        if self.kind in OF_A_SITE:
            return "export site"
        return f"export {self.kind.lower()}" if self.kind in OF_ALL else "export page"


MATRIX, WORKBOOK = "Matrix", "Workbook"
OF_ALL = frozenset({MATRIX, WORKBOOK})
"""Kinds that have all techniques of a release, and a command of their own."""
OF_A_SITE = frozenset({"Start", "Gaps", "Conflicts", "Releases", "Sets", "Contents"})
"""Kinds of pages that are there in a site only."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page under a title; `name` is unique on the page, a place to link to."""

    name: str
    title: str
    layer: Voice
    parts: tuple[Part, ...]
    lead: str = ""
    columns: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of one subject.

    Attributes:
        trail: what the subject belongs to, from the release on.
        word: what kind of thing it is.
        tiles: the numbers that are worth seeing first.
        facts: about the subject itself.
        official: whether the page has text of MITRE's, which its terms ask a notice for.
    """

    subject: PageSubject
    title: str
    word: str
    trail: tuple[Cell, ...]
    summary: str
    facts: tuple[Facts, ...] = ()
    tiles: tuple[Tile, ...] = ()
    sections: tuple[Section, ...] = ()
    official: bool = True

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
    """

    kind: str
    release: str
    identifier: str
    environment: str | None = None

    @property
    def command(self) -> str:
        """The command that makes the page."""
        if self.kind == MATRIX:
            return "export matrix"
        return "export site" if self.kind in OF_A_SITE else "export page"


MATRIX = "Matrix"
"""Kind of the page that has all techniques, which a site has too."""
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

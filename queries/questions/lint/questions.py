"""The questions about texts, with the types of what they return."""

from dataclasses import dataclass

from queries.params import OfRelease
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class TextOfObject:
    """An object with its names and its text."""

    stix_id: str
    type: str
    attack_id: str
    name: str | None
    live: bool
    aliases: tuple[str, ...]
    platforms: tuple[str, ...]
    description: str | None


@dataclass(frozen=True, slots=True)
class UseInWords:
    """A relationship of use between active objects, and how it is described."""

    user_id: str
    used_id: str
    stix_id: str
    description: str | None


@dataclass(frozen=True, slots=True)
class AnalyticText:
    """An analytic; `reads` are pairs of a log source, as written, and a channel."""

    stix_id: str
    attack_id: str | None
    name: str | None
    platforms: tuple[str, ...]
    description: str | None
    mutable_elements: tuple[str, ...]
    reads: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Attributed:
    """A campaign, and a group behind it."""

    campaign_id: str
    group_id: str


OBJECTS = Question("lint.objects", OfRelease, TextOfObject)
USES = Question("lint.uses", OfRelease, UseInWords)
ANALYTICS = Question("lint.analytics", OfRelease, AnalyticText)
ATTRIBUTED = Question("lint.attributed", OfRelease, Attributed)

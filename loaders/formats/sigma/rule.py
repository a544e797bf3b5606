"""A Sigma rule as a record."""

from dataclasses import dataclass
from enum import StrEnum

from loaders.evidence.model import Evidence
from loaders.tables.sigma_sources import SigmaLogSource


class Family(StrEnum):
    """What kind of rule it is, after the key that carries its logic."""

    DETECTION = "detection"
    CORRELATION = "correlation"
    FILTER = "filter"


@dataclass(frozen=True, slots=True)
class Related:
    """A rule's statement about another: `similar`, `derived`, `obsolete`, `merged` or `renamed`; as written."""

    id: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Evidence):
    """A rule; the fields of `Evidence` hold its id, title, status, description, platforms and claims.

    Attributes:
        family: detection, correlation or filter.
        line: where its document begins in its file, from 1.
        name: by which correlation and filter rules refer to it.
        level: informational to critical, as written.
        author, license, date, modified: as written; dates as `YYYY-MM-DD`.
        log_sources: what it reads: its own one; for a correlation rule those of the rules it counts.
        event_ids: the Windows events that its detection names; sorted.
        tags: every tag, as written.
        tactics: shortnames of its tactic tags.
        names: ids of groups, software and data sources that its tags name.
        references: addresses.
        related: other rules it states a relation to.
        refers_to: ids or names of the rules that a correlation or filter rule is about, as written.
        about: ids of the rules of the set that `refers_to` means.
        useless: why it can detect nothing, such as `has no condition`; None where it can.
    """

    family: Family
    line: int
    name: str | None = None
    level: str | None = None
    author: str | None = None
    license: str | None = None
    date: str | None = None
    modified: str | None = None
    log_sources: tuple[SigmaLogSource, ...] = ()
    event_ids: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    tactics: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    refers_to: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    useless: str | None = None

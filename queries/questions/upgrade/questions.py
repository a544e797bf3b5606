"""The questions about what a release does to evidence, with the types of what they take and return."""

from dataclasses import dataclass

from queries.params import EvidenceIn, OfRelease, TwoReleases
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class EvidenceBetween:
    """Two releases, and evidence: of one set (its name or key) or all; enabled in an environment or all loaded."""

    before: str
    after: str
    set: str | None = None
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class SourcesBetween:
    """Two releases, and an environment in which log sources are declared, if any."""

    before: str
    after: str
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class MovedClaim:
    """A claim whose technique the newer release revoked or deprecated.

    `line` is where the evidence begins in its file, `origin_pointer` where the claim is in its record.
    """

    before: str
    after: str
    set: str
    kind: str
    evidence_id: str
    title: str | None
    path: str | None
    line: int | None
    sha256: str | None
    counted: bool
    technique_id: str
    technique: str
    successors: tuple[str, ...]
    successor: str | None
    named: bool
    as_written: str | None
    origin_pointer: str | None


@dataclass(frozen=True, slots=True)
class LostPlatform:
    """A claim of evidence that runs on none of the platforms that its technique has in the newer release."""

    before: str
    after: str
    set: str
    evidence_id: str
    title: str | None
    path: str | None
    technique_id: str
    technique_id_after: str
    technique: str
    platforms: tuple[str, ...]
    technique_platforms_before: tuple[str, ...]
    technique_platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaggedRule:
    """A rule that names tactics; `tags` are as written, `line` is where it begins in its file."""

    set: str
    kind: str
    evidence_id: str
    title: str | None
    path: str | None
    line: int | None
    sha256: str
    tactics: tuple[str, ...]
    tags: tuple[str, ...]
    technique_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Achieved:
    """Tactics (STIX ids) of what an identifier means: in two releases, in others of the domain, in other domains."""

    attack_id: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    others: tuple[str, ...]
    foreign: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TacticName:
    """A tactic of a loaded release; `tactic` is its STIX id, or its short name where releases 1 and 2 give none."""

    release: str
    of_domain: bool
    tactic: str
    tactic_id: str | None
    shortname: str


@dataclass(frozen=True, slots=True)
class NewTechnique:
    """A technique of the newer release that the older one does not have."""

    before: str
    after: str
    technique_id: str
    technique: str
    tactics: tuple[str, ...]
    platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewLogSource:
    """A log source that analytics name since the newer release; `status` is the environment's."""

    before: str
    after: str
    log_source: str
    analytics: int
    technique_ids: tuple[str, ...]
    status: str | None


CLAIMS = Question("upgrade.claims", EvidenceBetween, MovedClaim)
OFF_PLATFORM = Question("upgrade.off-platform", EvidenceBetween, LostPlatform)
TAGGED_RULES = Question("upgrade.tagged-rules", EvidenceIn, TaggedRule)
ACHIEVED = Question("upgrade.achieved", TwoReleases, Achieved)
TACTICS = Question("upgrade.tactics", OfRelease, TacticName)
NEW_TECHNIQUES = Question("upgrade.new-techniques", TwoReleases, NewTechnique)
NEW_LOG_SOURCES = Question("upgrade.new-log-sources", SourcesBetween, NewLogSource)

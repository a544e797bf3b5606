"""Coverage in an environment: what does detect a technique here, and what is missing."""

from dataclasses import dataclass

from queries.params import InEnvironment
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class TechniqueHere:
    """An environment; a technique, or None for all of them; one set of what is enabled, by name or key, or None."""

    release: str
    environment: str
    attack_id: str | None = None
    set: str | None = None


@dataclass(frozen=True, slots=True)
class OneTechniqueHere:
    """An environment and a technique."""

    release: str
    environment: str
    attack_id: str


@dataclass(frozen=True, slots=True)
class PlatformCoverageHere:
    """A technique on one platform of an environment, or its enabled evidence without such a platform.

    Attributes:
        state: as design/semantics.md orders them for an environment.
        level: `L0` to `L5`; None where nothing can be said or the platform is not run.
        visible_part: collected part of the log sources of the best analytic, 0 to 1.
        partial: the state rests on log sources that are collected in part only.
        detect: enabled pieces with a collected log source; `blind` are those without, `validated` the tested ones.
    """

    release: str
    environment: str
    technique_id: str
    technique: str
    tactic_ids: tuple[str, ...]
    platform: str | None
    placement: str
    state: str
    level: str | None
    visible_part: float | None
    partial: bool
    detect: int
    blind: int
    validated: int
    protect: int
    respond: int
    mitigate: int
    migrated: int
    guidance: int


@dataclass(frozen=True, slots=True)
class EvidenceAsked:
    """An environment and a technique; one set of what is enabled, by name or key, or None."""

    release: str
    environment: str
    attack_id: str
    set: str | None = None


@dataclass(frozen=True, slots=True)
class EnabledEvidence:
    """A claim on a technique by evidence that an environment has enabled, once for each platform where it is placed.

    `sees` tells whether a log source that the rule reads is collected, None where the evidence is not a rule;
    `validated_on` when a test of it passed; the other fields are those of the library's evidence.
    """

    release: str
    environment: str
    technique_id: str
    platform: str | None
    placement: str
    category: str | None
    kind: str
    id: str
    title: str | None
    set: str
    via: str
    hops: tuple[str, ...]
    sees: bool | None
    validated_on: str | None
    confidence: float | None
    effectiveness: str | None
    status: str | None
    as_of: str | None
    pieces: int
    counted: bool
    source: str | None
    comment: str | None


@dataclass(frozen=True, slots=True)
class MissingHop:
    """The first step that is not there on the way to a proven detection; None when all are there.

    `would_close` lists every way to take it, the cheapest first. `platform` is None where ATT&CK states none.
    """

    release: str
    environment: str
    technique_id: str
    technique: str
    platform: str | None
    missing: str | None
    guidance: bool
    log_source_known: bool
    collected: bool
    rule_exists: bool
    enabled: bool
    validated: bool
    would_close: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TechniquesHere:
    """A release, an environment, and the identifiers of the only techniques that count; None for all."""

    release: str
    environment: str
    techniques: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class LogSourceHere:
    """A declared log source; what is `alone` would be lost with it.

    Attributes:
        rules_alone: enabled rules that no other collected log source feeds.
        techniques: those that the rules claim to detect.
        visible: techniques that an analytic shows whose log sources, this one among them, are all collected.
        visible_alone: those of them that no other analytic shows.
    """

    release: str
    environment: str
    log_source: str
    status: str
    rules: int
    rules_alone: int
    techniques: int
    analytics: int
    visible: int
    visible_alone: int


@dataclass(frozen=True, slots=True)
class PlatformHere:
    """A platform of an environment, as written, and what the release calls it; none if it has no such platform."""

    release: str
    environment: str
    platform: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RulesFor:
    """A technique in an environment, one set of rules in use (its name or key) or all, and how many rules."""

    release: str
    environment: str
    attack_id: str
    set: str | None = None
    limit: int = 5


@dataclass(frozen=True, slots=True)
class NearestRule:
    """A loaded rule that would detect a technique of an environment, or comes near.

    Attributes:
        near: claims, family or log.
        sees: what it reads is collected.
        log_sources: what it reads, in names of the graph; `collected` is the part that is.
    """

    release: str
    environment: str
    technique_id: str
    near: str
    sees: bool
    enabled: bool
    evidence_id: str
    title: str | None
    set: str
    status: str | None
    level: str | None
    log_sources: tuple[str, ...]
    collected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnvironmentEntry:
    """An entry of an environment and how much it concerns; what does not apply to its kind is None.

    Attributes:
        kind: platform, log source, enabled, placements or result.
        entry: as it is written; a switch or result as JSON.
        as_read: names in the graph, where they are others.
    """

    release: str
    environment: str
    kind: str
    entry: str
    as_read: tuple[str, ...]
    status: str | None
    rules: int | None
    analytics: int | None
    evidence: int | None
    techniques: int | None


ENVIRONMENT = Question("coverage.environment", TechniqueHere, PlatformCoverageHere)
ENABLED_EVIDENCE = Question("coverage.enabled-evidence", EvidenceAsked, EnabledEvidence)
WHY = Question("coverage.why", OneTechniqueHere, MissingHop)
ENVIRONMENT_BY_LOG_SOURCE = Question("coverage.environment-by-log-source", TechniquesHere, LogSourceHere)
ENVIRONMENT_PLATFORMS = Question("coverage.environment-platforms", InEnvironment, PlatformHere)
ENVIRONMENT_ENTRIES = Question("coverage.environment-entries", InEnvironment, EnvironmentEntry)
NEAREST_RULES = Question("coverage.nearest-rules", RulesFor, NearestRule)

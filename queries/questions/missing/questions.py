"""The questions about what is missing, with the types of what they take and return."""

from dataclasses import dataclass
from typing import Any

from queries.params import InEnvironment, Nothing, OfRelease
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class MissingOf:
    """An official object that lacks something; `detail` says more, depending on the kind."""

    release: str
    kind: str
    attack_id: str | None
    name: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class UnresolvedClaims:
    """A claimed identifier without a meaning in the release."""

    release: str
    kind: str
    attack_id: str
    reason: str
    claims: int
    evidence: int
    sets: tuple[str, ...]
    known_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MigratedClaims:
    """A revoked identifier whose claims count for its successor, by `hops`."""

    release: str
    kind: str
    attack_id: str
    successor_id: str
    successor: str
    hops: tuple[str, ...]
    claims: int
    evidence: int
    sets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OffPlatformClaim:
    """A claim whose evidence runs on none of the technique's platforms."""

    release: str
    kind: str
    attack_id: str
    name: str
    evidence_id: str
    title: str | None
    set: str
    platforms: tuple[str, ...]
    technique_platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UntaggedRule:
    """A rule that claims nothing."""

    kind: str
    evidence_id: str
    title: str | None
    set: str
    path: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MismatchedRule:
    """A rule whose `tactics` (the mismatched ones) no technique of its own achieves."""

    release: str
    kind: str
    evidence_id: str
    title: str | None
    set: str
    path: str | None
    tactics: tuple[str, ...]
    techniques: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnknownLogSource:
    """A rule's log source that ATT&CK does not name, and up to five of its rules."""

    release: str
    kind: str
    log_source: str | None
    set: str
    rules: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SpellingVariants:
    """A log source with several spellings, most used first; `analytics` counts them in the same order."""

    release: str
    kind: str
    log_source: str
    spellings: tuple[str, ...]
    analytics: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BarePlatform:
    """A platform on which nothing is claimed, and how many techniques it has."""

    release: str
    kind: str
    platform: str
    techniques: int


@dataclass(frozen=True, slots=True)
class BlindRule:
    """An enabled rule that reads nothing of what is collected; `needs` are its log sources."""

    release: str
    environment: str
    kind: str
    attack_id: str
    name: str
    evidence_id: str
    title: str | None
    set: str
    needs: tuple[str, ...]


OFFICIAL = tuple(
    Question(f"missing.{kind}", OfRelease, MissingOf)
    for kind in (
        "technique-without-mitigation",
        "technique-without-detection",
        "technique-unused",
        "technique-platform-without-analytic",
        "analytic-without-log-source",
        "analytic-outside-technique-platforms",
        "strategy-without-analytic",
        "component-without-analytic",
        "component-without-log-source",
        "log-source-not-declared-by-component",
        "revoked-without-successor",
        "live-touches-dead",
        "dangling-reference",
        "technique-in-text-only",
    )
)
CLAIM_UNRESOLVED = Question("missing.claim-unresolved", OfRelease, UnresolvedClaims)
CLAIM_MIGRATED = Question("missing.claim-migrated", OfRelease, MigratedClaims)
CLAIM_OFF_PLATFORM = Question("missing.claim-off-platform", OfRelease, OffPlatformClaim)
RULE_WITHOUT_TECHNIQUE = Question("missing.rule-without-technique", Nothing, UntaggedRule)
RULE_TACTIC_MISMATCH = Question("missing.rule-tactic-mismatch", OfRelease, MismatchedRule)
RULE_WITHOUT_ATTACK_LOG_SOURCE = Question(
    "missing.rule-without-attack-log-source", OfRelease, UnknownLogSource
)
LOG_SOURCE_SPELLING_VARIANTS = Question("missing.log-source-spelling-variants", OfRelease, SpellingVariants)
PLATFORM_WITHOUT_EVIDENCE = Question("missing.platform-without-evidence", OfRelease, BarePlatform)
COVERED_WITHOUT_TELEMETRY = Question("missing.covered-without-telemetry", InEnvironment, BlindRule)

QUESTIONS: tuple[Question[Any, Any], ...] = (
    *OFFICIAL,
    CLAIM_UNRESOLVED,
    CLAIM_MIGRATED,
    CLAIM_OFF_PLATFORM,
    RULE_WITHOUT_TECHNIQUE,
    RULE_TACTIC_MISMATCH,
    RULE_WITHOUT_ATTACK_LOG_SOURCE,
    LOG_SOURCE_SPELLING_VARIANTS,
    PLATFORM_WITHOUT_EVIDENCE,
    COVERED_WITHOUT_TELEMETRY,
)

"""The rows of the questions about what is missing."""

from dataclasses import dataclass


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
    """A claimed identifier without a meaning in the release; `replaces` what it replaces in a newer one (`newer`)."""

    release: str
    kind: str
    attack_id: str
    reason: str
    claims: int
    evidence: int
    sets: tuple[str, ...]
    known_in: tuple[str, ...]
    replaces: tuple[str, ...]


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
    """A rule with tactic tags that no technique of its own achieves under that name in the release.

    Attributes:
        tactics: those tags.
        techniques: what the rule claims, in this release.
        means: the tactic that each of the tags is here, such as `TA0005 stealth`; empty text where it is none.
    """

    release: str
    kind: str
    evidence_id: str
    title: str | None
    set: str
    path: str | None
    tactics: tuple[str, ...]
    techniques: tuple[str, ...]
    means: tuple[str, ...]


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
    """A platform on which nothing is claimed, and how many techniques it has; None where ATT&CK states none."""

    release: str
    kind: str
    platform: str | None
    techniques: int


@dataclass(frozen=True, slots=True)
class UntestedRule:
    """A rule without a test; `techniques` are what it claims, in this release."""

    release: str
    kind: str
    evidence_id: str
    title: str | None
    set: str
    path: str | None
    techniques: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BareTests:
    """A technique with tests on a platform and no rule there; `examples` are the ids of up to five of them."""

    release: str
    kind: str
    attack_id: str
    name: str
    platform: str
    tests: int
    examples: tuple[str, ...]


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

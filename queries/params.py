"""What many questions are given, as frozen dataclasses whose fields are the placeholders of the file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nothing:
    """A question about the whole graph."""


@dataclass(frozen=True, slots=True)
class OfRelease:
    """A question about one release, such as `enterprise-attack@18.1`."""

    release: str


@dataclass(frozen=True, slots=True)
class OfObject:
    """A question about one identifier in one release."""

    release: str
    attack_id: str


@dataclass(frozen=True, slots=True)
class OfIdentifier:
    """A question about one identifier, ATT&CK's or STIX's, over all releases."""

    attack_id: str


@dataclass(frozen=True, slots=True)
class TwoReleases:
    """A question about what happened between two releases of one domain."""

    before: str
    after: str


@dataclass(frozen=True, slots=True)
class InEnvironment:
    """A release, and an environment by its name."""

    release: str
    environment: str


@dataclass(frozen=True, slots=True)
class EvidenceOf:
    """Evidence of one set (its name or key), or of all; what an environment has enabled, or everything loaded."""

    set: str | None = None
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class EvidenceIn:
    """A release, and evidence as in `EvidenceOf`."""

    release: str
    set: str | None = None
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class EnabledIn:
    """A release, an environment, and one set of what is enabled there, or all of them."""

    release: str
    environment: str
    set: str | None = None


@dataclass(frozen=True, slots=True)
class OfLogSource:
    """A log source, by its canonical name or any spelling, in a release."""

    release: str
    log_source: str

"""Objects that ATT&CK published, whole: fields of every type, then those of its own."""

from dataclasses import dataclass, field

from queries.answers.show.parts import (
    LAST,
    Also,
    AnalyticRef,
    ElsewhereRef,
    EvidenceRef,
    InRelease,
    LogSourceRef,
    MutableElement,
    NoteRef,
    Ref,
    Reference,
    RelatedRef,
)
from queries.questions.lookup.questions import AnnotationNote

Refs = tuple[Ref, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What every shown object has.

    Attributes:
        also: other objects of the same identifier; the live one is the one shown.
        mentioned: objects that its description links, and `mentioned_by` those whose description links it.
        mentioned_elsewhere: what its description links and its release does not have, with the loaded release of
            another domain that has it.
        annotations: somebody's reading of it; never ATT&CK's word.
        notes: those that the bundle has on it, as ATT&CK Workbench exports them.
        sha256: of its record; `file_sha256` of the file that carried it, `published_as` what MITRE published as
            that file, byte for byte; None for other files.
    """

    attack_id: str | None
    name: str | None
    type: str
    release: str
    version: str | None
    created: str | None
    modified: str | None
    live: bool
    revoked: bool
    deprecated: bool
    revoked_by: Refs
    description: str | None
    url: str | None
    also: tuple[Also, ...] = field(metadata=LAST)
    mentioned: Refs = field(metadata=LAST)
    mentioned_by: Refs = field(metadata=LAST)
    mentioned_elsewhere: tuple[ElsewhereRef, ...] = field(metadata=LAST)
    annotations: tuple[AnnotationNote, ...] = field(metadata=LAST)
    notes: tuple[NoteRef, ...] = field(metadata=LAST)
    releases: tuple[InRelease, ...] = field(metadata=LAST)
    references: tuple[Reference, ...] = field(metadata=LAST)
    stix_id: str | None = field(metadata=LAST)
    sha256: str = field(metadata=LAST)
    file_sha256: str | None = field(metadata=LAST)
    published_as: str | None = field(metadata=LAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Technique(Shown):
    """A technique or sub-technique."""

    tactics: Refs
    platforms: tuple[str, ...]
    parent: Ref | None
    children: Refs
    strategies: Refs
    analytics: tuple[AnalyticRef, ...]
    data_components: Refs
    log_sources: tuple[LogSourceRef, ...]
    mitigations: Refs
    used_by: Refs
    targets: Refs
    detections: tuple[EvidenceRef, ...]
    rules: tuple[EvidenceRef, ...]
    capabilities: tuple[EvidenceRef, ...]
    related: tuple[RelatedRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Analytic(Shown):
    """An analytic, with the strategy, techniques and tactics that it belongs to."""

    platforms: tuple[str, ...]
    strategies: Refs
    techniques: Refs
    tactics: Refs
    log_sources: tuple[LogSourceRef, ...]
    data_components: Refs
    mutable_elements: tuple[MutableElement, ...]
    mitigations: Refs


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy(Shown):
    """A detection strategy."""

    techniques: Refs
    tactics: Refs
    analytics: tuple[AnalyticRef, ...]
    data_components: Refs
    log_sources: tuple[LogSourceRef, ...]
    mitigations: Refs


@dataclass(frozen=True, slots=True, kw_only=True)
class Component(Shown):
    """A data component; up to 17 it belongs to a data source and detects techniques itself."""

    data_source: Refs
    techniques: Refs
    tactics: Refs
    analytics: tuple[AnalyticRef, ...]
    log_sources: tuple[LogSourceRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSource(Shown):
    """A data source of the releases up to 17, and its components."""

    platforms: tuple[str, ...]
    data_components: Refs


@dataclass(frozen=True, slots=True, kw_only=True)
class Tactic(Shown):
    """A tactic and its techniques."""

    shortname: str | None
    techniques: Refs


@dataclass(frozen=True, slots=True, kw_only=True)
class Mitigation(Shown):
    """A mitigation and the techniques that it addresses."""

    techniques: Refs


@dataclass(frozen=True, slots=True, kw_only=True)
class User(Shown):
    """A group, campaign or software: what it uses, and who uses or runs it."""

    aliases: tuple[str, ...]
    kind: str | None
    platforms: tuple[str, ...]
    first_seen: str | None
    last_seen: str | None
    techniques: Refs
    software: Refs
    used_by: Refs
    attributed_to: Refs
    campaigns: Refs


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset(Shown):
    """An asset of ICS, and the techniques that target it."""

    platforms: tuple[str, ...]
    techniques: Refs


@dataclass(frozen=True, slots=True, kw_only=True)
class Other(Shown):
    """An object of any other type, and its neighbors by relationship."""

    neighbors: Refs

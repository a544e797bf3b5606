"""What `show` shows: one object whole, with everything around it."""

from dataclasses import dataclass

from queries.lookup.questions import AnnotationNote, EvidenceItem, ResolvedClaim


@dataclass(frozen=True, slots=True)
class Named:
    """Another object, in short."""

    type: str
    attack_id: str | None
    name: str | None
    live: bool = True


@dataclass(frozen=True, slots=True)
class InRelease:
    """The object as one loaded release has it."""

    release: str
    version: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation of the source record."""

    source_name: str
    url: str | None = None
    description: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class MutableElement:
    """What a defender tunes in an analytic."""

    field: str
    description: str


@dataclass(frozen=True, slots=True)
class ReadSource:
    """A log source as an analytic names it, and the component that it looks for in there."""

    name: str
    canonical: str
    channel: str | None
    component_id: str | None
    component: str | None


@dataclass(frozen=True, slots=True)
class AnalyticSummary:
    """An analytic of a technique."""

    attack_id: str
    name: str
    platforms: tuple[str, ...]
    log_sources: tuple[str, ...]
    data_components: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence; `platforms` are those of the technique where it applies."""

    category: str
    id: str
    title: str | None
    set: str
    platforms: tuple[str, ...]
    placement: str
    confidence: float | None
    effectiveness: str | None
    status: str | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class RelatedTechnique:
    """A technique of the fused ranking, and the methods that name it with their ranks, such as `actor 1`."""

    technique_id: str
    technique: str
    fused_rank: int
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ties:
    """The objects that one kind of relationship joins, such as `used_by`."""

    relation: str
    objects: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class TechniqueView:
    """A technique whole; evidence is that of current sets."""

    release: str
    type: str
    attack_id: str | None
    stix_id: str | None
    name: str | None
    description: str | None
    url: str | None
    version: str | None
    created: str | None
    modified: str | None
    live: bool
    revoked_by: tuple[Named, ...]
    tactics: tuple[str, ...]
    platforms: tuple[str, ...]
    parent: Named | None
    children: tuple[Named, ...]
    strategies: tuple[Named, ...]
    analytics: tuple[AnalyticSummary, ...]
    data_components: tuple[Named, ...]
    log_sources: tuple[str, ...]
    mitigations: tuple[Named, ...]
    used_by: tuple[Named, ...]
    detections: tuple[Piece, ...]
    rules: tuple[Piece, ...]
    capabilities: tuple[Piece, ...]
    related: tuple[RelatedTechnique, ...]
    annotations: tuple[AnnotationNote, ...]
    releases: tuple[InRelease, ...]
    references: tuple[Reference, ...]
    sha256: str
    file_sha256: str | None
    others: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class AnalyticView:
    """An analytic whole, with the way to its tactic."""

    release: str
    type: str
    attack_id: str | None
    stix_id: str | None
    name: str | None
    description: str | None
    url: str | None
    platforms: tuple[str, ...]
    version: str | None
    created: str | None
    modified: str | None
    live: bool
    strategies: tuple[Named, ...]
    techniques: tuple[Named, ...]
    tactics: tuple[Named, ...]
    log_sources: tuple[ReadSource, ...]
    data_components: tuple[Named, ...]
    mutable_elements: tuple[MutableElement, ...]
    mitigations: tuple[Named, ...]
    annotations: tuple[AnnotationNote, ...]
    releases: tuple[InRelease, ...]
    references: tuple[Reference, ...]
    sha256: str
    file_sha256: str | None
    others: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class ObjectView:
    """An object of any other type whole; `ties` are its relationships by kind, `log_sources` a component's."""

    release: str
    type: str
    attack_id: str | None
    stix_id: str | None
    name: str | None
    description: str | None
    url: str | None
    version: str | None
    created: str | None
    modified: str | None
    live: bool
    kind: str | None
    shortname: str | None
    platforms: tuple[str, ...]
    aliases: tuple[str, ...]
    first_seen: str | None
    last_seen: str | None
    ties: tuple[Ties, ...]
    log_sources: tuple[ReadSource, ...]
    annotations: tuple[AnnotationNote, ...]
    releases: tuple[InRelease, ...]
    references: tuple[Reference, ...]
    sha256: str
    file_sha256: str | None
    others: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A piece of evidence whole, and what it claims in the release."""

    release: str
    evidence: EvidenceItem
    claims: tuple[ResolvedClaim, ...]
    sha256: str
    file_sha256: str | None
    others: tuple[str, ...]

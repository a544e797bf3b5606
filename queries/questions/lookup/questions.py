"""The questions about single objects, with the types of what they take and return."""

from dataclasses import dataclass

from queries.params import OfIdentifier, OfObject, OfRelease
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class SearchText:
    """Words to look for, as a Lucene query; evidence and log sources are found in every release.

    `written` are the words as a person typed them: what is called exactly that comes first.
    """

    release: str
    text: str
    limit: int = 25
    written: str = ""


@dataclass(frozen=True, slots=True)
class OfEvidence:
    """A piece of evidence: its publisher's identifier or its key."""

    id: str


@dataclass(frozen=True, slots=True)
class OfEvidenceInRelease:
    """A piece of evidence, and the release in which its claims are read."""

    release: str
    id: str


@dataclass(frozen=True, slots=True)
class BetweenObjects:
    """Two identifiers of one release, and how many of the shortest paths to return."""

    release: str
    from_id: str
    to_id: str
    limit: int = 3


@dataclass(frozen=True, slots=True)
class WithPrefix:
    """The first characters of an identifier."""

    prefix: str


@dataclass(frozen=True, slots=True)
class Found:
    """Something that a search found; `score` is Lucene's, twice that for official objects, within one answer only.

    `match` says what has the words: `id`, `name` (a title too), `alias`, `part` of a log source's name, or `text`.
    """

    attack_id: str | None
    type: str
    name: str | None
    score: float
    release: str | None
    live: bool | None
    match: str


@dataclass(frozen=True, slots=True)
class AttackObject:
    """An official object; fields that its type does not have are None or empty."""

    release: str
    type: str
    attack_id: str | None
    stix_id: str | None
    name: str | None
    description: str | None
    url: str | None
    created: str | None
    modified: str | None
    version: str | None
    live: bool
    revoked: bool
    deprecated: bool
    platforms: tuple[str, ...]
    aliases: tuple[str, ...]
    domains: tuple[str, ...]
    shortname: str | None
    kind: str | None
    is_subtechnique: bool | None
    detection: str | None
    first_seen: str | None
    last_seen: str | None
    mutable_elements: tuple[str, ...]
    mutable_element_notes: tuple[str, ...]
    sha256: str
    file_sha256: str | None
    published_as: str | None


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A related object; `direction` is out or in, as seen from the object that was asked for."""

    release: str
    of_stix_id: str | None
    relationship: str
    direction: str
    type: str
    attack_id: str | None
    stix_id: str | None
    name: str | None
    live: bool
    description: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One reference of an analytic, with the way to it from the tactic."""

    release: str
    tactic_ids: tuple[str, ...]
    tactics: tuple[str, ...]
    technique_id: str
    technique: str
    strategy_id: str
    strategy: str
    analytic_id: str
    analytic: str
    platforms: tuple[str, ...]
    component_id: str | None
    component: str | None
    log_source: str | None
    canonical: str | None
    channel: str | None


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The bytes of an object's record as text, and their SHA-256."""

    release: str
    type: str
    attack_id: str | None
    stix_id: str | None
    live: bool
    sha256: str
    file_sha256: str | None
    source_name: str | None
    media: str
    text: str
    published_as: str | None


@dataclass(frozen=True, slots=True)
class RawEvidence:
    """The bytes of the record of a piece of evidence as text, and their SHA-256."""

    set: str
    type: str
    id: str
    path: str | None
    sha256: str
    media: str
    text: str


@dataclass(frozen=True, slots=True)
class OfRelationship:
    """A relationship object of a release by its STIX id."""

    release: str
    stix_id: str


@dataclass(frozen=True, slots=True)
class RawRelationship:
    """The bytes of a relationship object as text, and their SHA-256."""

    release: str
    type: str
    from_id: str | None
    to_id: str | None
    stix_id: str
    sha256: str
    file_sha256: str | None
    published_as: str | None
    media: str
    text: str


@dataclass(frozen=True, slots=True)
class OfRecord:
    """An environment or annotation by its key, or a record by the first digits of its SHA-256."""

    id: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class HeldRecord:
    """The bytes of a record as text, and their SHA-256; `type` says what `id` names."""

    type: str
    id: str
    sha256: str
    media: str
    text: str


@dataclass(frozen=True, slots=True)
class ReleaseObject:
    """An object of a release with its names; `aliases` repeats the name where its publisher does."""

    release: str
    type: str
    attack_id: str | None
    stix_id: str
    name: str | None
    aliases: tuple[str, ...]
    live: bool


@dataclass(frozen=True, slots=True)
class ObjectCount:
    """Objects of one type in a release."""

    release: str
    type: str
    objects: int
    live: int
    revoked: int
    deprecated: int


@dataclass(frozen=True, slots=True)
class RelationshipCount:
    """Relationships of one kind in a release, embedded and derived ones included."""

    release: str
    source_type: str
    relationship: str
    target_type: str
    count: int


@dataclass(frozen=True, slots=True)
class PathBetween:
    """A shortest path: `hops` relationships between `hops + 1` objects."""

    release: str
    hops: int
    ids: tuple[str, ...]
    names: tuple[str, ...]
    relationships: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier that some loaded release knows."""

    attack_id: str


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """A rule, detection or capability; fields that its kind does not have are None or empty.

    Attributes:
        log_sources: all that a rule reads, in its publisher's words.
        rule_type: kind of rule in its publisher's word.
        building_block: whether it is only an input of other rules.
        license: as the rule states it.
        tests: how many tests try it out; `tested_by` made them, the newest dated one is of the day `tested_on`.
    """

    set: str
    current: bool
    type: str
    key: str
    id: str
    title: str | None
    description: str | None
    status: str | None
    counted: bool
    platforms: tuple[str, ...]
    level: str | None
    author: str | None
    date: str | None
    modified: str | None
    logsource: str | None
    family: str | None
    tags: tuple[str, ...]
    path: str | None
    sha256: str
    file_sha256: str | None
    compiles_to: tuple[str, ...]
    fails_in: tuple[str, ...]
    log_sources: tuple[str, ...]
    rule_type: str | None
    building_block: bool
    license: str | None
    tests: int
    tested_by: tuple[str, ...]
    tested_on: str | None


@dataclass(frozen=True, slots=True)
class ResolvedClaim:
    """A claim and what it means in a release; without a meaning there, `technique_id` is None."""

    release: str
    key: str
    claimed_id: str
    technique_id: str | None
    technique: str | None
    via: str | None
    hops: tuple[str, ...]
    category: str
    effectiveness: str | None
    confidence: float | None
    basis: str | None
    status: str | None
    as_of: str | None
    comment: str | None
    count: int
    counted: bool
    origin_file: str | None
    origin_pointer: str | None
    origin_sha256: str | None


@dataclass(frozen=True, slots=True)
class AnnotationNote:
    """Somebody's reading of an object; never ATT&CK's word."""

    key: str
    attack_id: str
    release: str | None
    author: str
    created: str
    reviewed: str | None
    status: str | None
    confidence: str | None
    summary: str | None
    executive_level: str | None
    executive_text: str | None
    technical_view: str | None
    likely_telemetry: tuple[str, ...]
    detection_direction: tuple[str, ...]
    mitigation_priorities: tuple[str, ...]
    limits: str | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class AnnotationCitation:
    """An identifier or log source that a section of an annotation refers to."""

    key: str
    section: str
    cited: str
    is_log_source: bool


@dataclass(frozen=True, slots=True)
class LinkElsewhere:
    """A link of a description that leaves the release, and the object of another domain that it means.

    `linked_release`, `name` and `live` are None where no loaded release of another domain has the object.
    """

    release: str
    of_stix_id: str | None
    linked_id: str
    type: str
    linked_release: str | None
    name: str | None
    live: bool | None


@dataclass(frozen=True, slots=True)
class LogSourceUse:
    """A log source under its canonical name, the names it is written by, and what reads it."""

    release: str
    log_source: str
    names: tuple[str, ...]
    analytics: int
    techniques: int


@dataclass(frozen=True, slots=True)
class ComponentLogSource:
    """A log source in which a component can be seen, and the analytics that look for it there."""

    release: str
    component_id: str | None
    component: str
    log_source: str
    canonical: str
    channel: str | None
    analytics: int


@dataclass(frozen=True, slots=True)
class Surrounding:
    """Something around an object; `field` is tactics, techniques, log_sources, data_components and so on."""

    release: str
    attack_id: str
    field: str
    id: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class TacticColumn:
    """A tactic and its place in the matrix, from 0."""

    release: str
    tactic_id: str
    tactic: str
    shortname: str
    position: int | None
    techniques: int


@dataclass(frozen=True, slots=True)
class TechniqueId:
    """An identifier of a technique and the active technique that it means; None where it means none."""

    release: str
    attack_id: str
    name: str | None
    revoked: bool
    technique_id: str | None
    technique: str | None
    platforms: tuple[str, ...]
    tactics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TacticName:
    """An active tactic: its STIX id stays when its shortname changes."""

    release: str
    stix_id: str
    tactic_id: str
    shortname: str


@dataclass(frozen=True, slots=True)
class PlatformOfRelease:
    """A platform, and how many live techniques have it; None for those for which ATT&CK states no platform."""

    release: str
    platform: str | None
    techniques: int


@dataclass(frozen=True, slots=True)
class PlatformName:
    """A name that only other releases have, and what the release calls that platform."""

    release: str
    name: str
    platform: str | None


SEARCH = Question("lookup.search", SearchText, Found)
OBJECT = Question("lookup.object", OfObject, AttackObject)
NEIGHBORS = Question("lookup.neighbors", OfObject, Neighbor)
LINKS_ELSEWHERE = Question("lookup.links-elsewhere", OfObject, LinkElsewhere)
DETECTION_CHAIN = Question("lookup.detection-chain", OfObject, ChainLink)
RAW = Question("lookup.raw", OfObject, RawRecord)
RAW_EVIDENCE = Question("lookup.raw-evidence", OfEvidence, RawEvidence)
RAW_RELATIONSHIP = Question("lookup.raw-relationship", OfRelationship, RawRelationship)
RAW_HELD = Question("lookup.raw-held", OfRecord, HeldRecord)
OBJECTS = Question("lookup.objects", OfRelease, ReleaseObject)
OBJECT_COUNTS = Question("lookup.object-counts", OfRelease, ObjectCount)
RELATIONSHIP_COUNTS = Question("lookup.relationship-counts", OfRelease, RelationshipCount)
PATH = Question("lookup.path", BetweenObjects, PathBetween)
IDENTIFIERS = Question("lookup.identifiers", WithPrefix, Identifier)
EVIDENCE = Question("lookup.evidence", OfEvidence, EvidenceItem)
EVIDENCE_CLAIMS = Question("lookup.evidence-claims", OfEvidenceInRelease, ResolvedClaim)
ANNOTATIONS = Question("lookup.annotations", OfIdentifier, AnnotationNote)
ANNOTATION_CITATIONS = Question("lookup.annotation-citations", OfIdentifier, AnnotationCitation)
LOG_SOURCES = Question("lookup.log-sources", OfRelease, LogSourceUse)
SURROUNDINGS = Question("lookup.surroundings", OfObject, Surrounding)
COMPONENT_LOG_SOURCES = Question("lookup.component-log-sources", OfObject, ComponentLogSource)
TECHNIQUE_IDS = Question("lookup.technique-ids", OfRelease, TechniqueId)
TACTIC_NAMES = Question("lookup.tactic-names", OfRelease, TacticName)
TACTICS = Question("lookup.tactics", OfRelease, TacticColumn)
PLATFORMS = Question("lookup.platforms", OfRelease, PlatformOfRelease)
PLATFORM_NAMES = Question("lookup.platform-names", OfRelease, PlatformName)

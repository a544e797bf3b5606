"""The questions about what is loaded and how releases differ, with the types of what they take and return."""

from dataclasses import dataclass

from queries.params import Nothing, OfIdentifier, OfRelease, TwoReleases
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class LoadedRelease:
    """A release in the graph; `published_as` where its file is the one that MITRE published, byte for byte."""

    release: str
    domain: str
    version: str
    sample: bool
    objects: int
    relationships: int
    problems: int
    loaded_at: str
    fingerprint: str
    content_root: str
    notes: int
    skipped: int
    rejected: int
    source_name: str | None
    file_sha256: str | None
    published_as: str | None
    source_url: str | None
    fetched_on: str | None
    git_commit: str | None


@dataclass(frozen=True, slots=True)
class LoadedSet:
    """A set of evidence, of which only current ones count in answers, or the annotations of a file.

    The bundled sample's set counts on sample releases only.
    """

    set: str
    name: str
    version: str | None
    kind: str
    publisher: str | None
    domain: str | None
    attack_version: str | None
    current: bool
    stored: int
    claims: int
    problems: int
    loaded_at: str
    content_root: str
    notes: int
    skipped: int
    rejected: int
    sample: bool
    source_name: str | None
    file_sha256: str | None
    source_url: str | None
    fetched_on: str | None
    git_commit: str | None
    alias_files: tuple[str, ...]
    tables_root: str | None


@dataclass(frozen=True, slots=True)
class HeldEnvironment:
    """An environment: of the `log_sources` that it declares, so many are `collected`, partial ones among them."""

    environment: str
    platforms: tuple[str, ...]
    log_sources: int
    collected: int
    enabled: int
    validated: int
    loaded_at: str
    content_root: str


@dataclass(frozen=True, slots=True)
class AnnotationFile:
    """The annotations of one file; `oldest` and `newest` are the days on which they were written."""

    set: str
    authors: tuple[str, ...]
    annotations: int
    objects: int
    reviewed: int
    oldest: str
    newest: str
    release: str
    loaded_at: str
    content_root: str


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One object in one release; `change` and `fields` are against the next older loaded release.

    `successors` take the place of one that was revoked; it takes the place of its `predecessors`.
    """

    release: str
    type: str
    stix_id: str
    attack_id: str | None
    name: str | None
    version: str | None
    modified: str | None
    revoked: bool
    deprecated: bool
    sha256: str
    change: str | None
    fields: tuple[str, ...]
    sample: bool
    successors: tuple[str, ...]
    predecessors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfStixId:
    """A question about one object of STIX."""

    stix_id: str


@dataclass(frozen=True, slots=True)
class RelationshipHeld:
    """A relationship of an object with another one in one release."""

    release: str
    relationship: str
    outgoing: bool
    type: str
    other_key: str
    attack_id: str | None
    name: str | None


@dataclass(frozen=True, slots=True)
class RecordHeld:
    """What a release states of an object: its record as JSON."""

    release: str
    attack_id: str | None
    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class TypeChanges:
    """Objects of one type, counted by what happened to them."""

    before: str
    after: str
    type: str
    added: int
    removed: int
    revoked: int
    deprecated: int
    content: int
    schema: int
    bookkeeping: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class TwoReleasesOfTypes:
    """Two releases, and the labels to look at; none means all."""

    before: str
    after: str
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedObject:
    """An object that was added, removed, revoked, deprecated or rewritten (`content`)."""

    before: str
    after: str
    change: str
    type: str
    attack_id: str | None
    stix_id: str | None
    name: str | None
    version_before: str | None
    version: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DifferingObject:
    """An object that was added, removed, revoked, deprecated, or differs: `content`, `schema` or `bookkeeping`.

    A field is in `fields` twice where both releases have it.
    """

    change: str
    type: str
    attack_id: str | None
    stix_id: str | None
    name: str | None
    version_before: str | None
    version: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SilentChange:
    """An object with another content under the same date or version."""

    before: str
    after: str
    type: str
    attack_id: str | None
    name: str | None
    same_date: bool | None
    same_version: bool | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationshipChanges:
    """Published relationships of one kind.

    Of the `kept`, the `redirected` join other objects, and the `reworded` have another description.
    """

    before: str
    after: str
    type: str
    source_type: str
    target_type: str
    added: int
    removed: int
    redirected: int
    kept: int
    reworded: int


@dataclass(frozen=True, slots=True)
class ComponentTechnique:
    """A component that detects a technique, `via` a published relationship or an analytic."""

    release: str
    component_stix_id: str
    component_id: str | None
    component: str
    technique_stix_id: str
    technique_id: str
    technique: str
    via: str


@dataclass(frozen=True, slots=True)
class ComponentTechniqueChange:
    """A pair of component and technique that was kept, lost or gained."""

    before: str
    after: str
    change: str
    component_stix_id: str
    component_id: str | None
    component: str
    technique_id: str
    technique: str


@dataclass(frozen=True, slots=True)
class ChainChange:
    """A way from a technique over an analytic to a log source and a channel that was kept, lost or gained."""

    change: str
    technique_id: str
    technique: str
    analytic_id: str | None
    log_source: str
    channel: str | None


@dataclass(frozen=True, slots=True)
class MitigationChange:
    """A pair of mitigation and technique that was kept, lost or gained."""

    change: str
    mitigation_id: str | None
    mitigation: str
    technique_id: str
    technique: str


@dataclass(frozen=True, slots=True)
class TacticChange:
    """A tactic that was added, renamed or removed."""

    change: str
    tactic_id: str | None
    name_before: str | None
    name: str | None
    shortname_before: str | None
    shortname: str | None


@dataclass(frozen=True, slots=True)
class ReplacedTechnique:
    """A technique that was revoked; `successor` is the name of the one that takes its place, if it is one."""

    technique_id: str
    technique: str
    successors: tuple[str, ...]
    successor: str | None


@dataclass(frozen=True, slots=True)
class MovedTechnique:
    """A technique with other tactics or platforms, or (without a technique) a tactic that is called otherwise now.

    Tactics are named by the short names that they have in the release where the technique has them.
    """

    before: str
    after: str
    technique_id: str | None
    technique: str | None
    tactics_gained: tuple[str, ...]
    tactics_lost: tuple[str, ...]
    platforms_gained: tuple[str, ...]
    platforms_lost: tuple[str, ...]
    renamed_tactic_id: str | None
    renamed_from: str | None
    renamed_to: str | None


@dataclass(frozen=True, slots=True)
class StaleEvidence:
    """An identifier that evidence claims and that the newer release does not resolve directly."""

    before: str
    after: str
    technique_id: str
    technique: str
    successor_id: str | None
    successor: str | None
    hops: tuple[str, ...]
    sets: tuple[str, ...]
    claims: int


LOADED = Question("releases.loaded", Nothing, LoadedRelease)
ANNOTATIONS = "attack-annotations/1"
"""The `kind` of a file of annotations among the sets."""
SETS = Question("releases.sets", Nothing, LoadedSet)
ENVIRONMENTS = Question("releases.environments", Nothing, HeldEnvironment)
ANNOTATION_FILES = Question("releases.annotations", Nothing, AnnotationFile)
HISTORY = Question("releases.history", OfIdentifier, HistoryEntry)
RELATIONSHIP_HISTORY = Question("releases.relationship-history", OfStixId, RelationshipHeld)
RECORD_HISTORY = Question("releases.record-history", OfStixId, RecordHeld)
OBJECTS_DIFF = Question("releases.objects-diff", TwoReleases, TypeChanges)
CHANGED_OBJECTS = Question("releases.changed-objects", TwoReleasesOfTypes, ChangedObject)
DIFFERING_OBJECTS = Question("releases.differing-objects", TwoReleases, DifferingObject)
SILENT_CHANGES = Question("releases.silent-changes", TwoReleases, SilentChange)
RELATIONSHIPS_DIFF = Question("releases.relationships-diff", TwoReleases, RelationshipChanges)
COMPONENT_TECHNIQUES = Question("releases.component-techniques", OfRelease, ComponentTechnique)
COMPONENT_TECHNIQUE_DIFF = Question(
    "releases.component-technique-diff", TwoReleases, ComponentTechniqueChange
)
CHAIN_DIFF = Question("releases.chain-diff", TwoReleases, ChainChange)
MITIGATION_DIFF = Question("releases.mitigation-diff", TwoReleases, MitigationChange)
TACTICS_DIFF = Question("releases.tactics-diff", TwoReleases, TacticChange)
REPLACED_TECHNIQUES = Question("releases.replaced-techniques", TwoReleases, ReplacedTechnique)
MOVED_TECHNIQUES = Question("releases.moved-techniques", TwoReleases, MovedTechnique)
STALE_EVIDENCE = Question("releases.stale-evidence", TwoReleases, StaleEvidence)

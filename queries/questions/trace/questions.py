"""The questions that a trace is made of: relationships with the hashes of the records that state them."""

from dataclasses import dataclass

from queries.spec import Question


@dataclass(frozen=True, slots=True)
class OfThing:
    """An official object or a piece of evidence, and the release in which it is followed."""

    release: str
    id: str


@dataclass(frozen=True, slots=True)
class ClaimsOn:
    """Techniques of a release; all evidence, or the piece with the key `evidence`, or what an environment enables."""

    release: str
    techniques: tuple[str, ...]
    evidence: str | None = None
    environment: str | None = None
    all_sets: bool = False


@dataclass(frozen=True, slots=True)
class OfTechniques:
    """Techniques of a release."""

    release: str
    techniques: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadersHere:
    """Analytics and rules by their keys, and the environment that may collect what they read."""

    keys: tuple[str, ...]
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class RecordsOf:
    """Records by their SHA-256, and the keys of the releases and sets that may have them."""

    hashes: tuple[str, ...]
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfKeys:
    """Releases and sets by their keys."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfKey:
    """One release or set by its key."""

    key: str


@dataclass(frozen=True, slots=True)
class TracedClaim:
    """A claim, and the records that lead from it to the technique.

    Attributes:
        evidence: key of the piece of evidence; `id` is its publisher's.
        counted: whether coverage counts it; `not_counted` why not.
        origin_file, origin_pointer, origin_sha256: where the claim is, and the record that states it.
        ids: of the objects from the claimed one to the technique; one where it is the claimed one.
        records: their SHA-256.
        by: SHA-256 of the revocations between them.
    """

    release: str
    technique_id: str
    set: str
    kind: str
    evidence: str
    id: str
    title: str | None
    platforms: tuple[str, ...]
    category: str | None
    counted: bool
    not_counted: str | None
    claimed_id: str
    via: str
    origin_file: str
    origin_pointer: str
    origin_sha256: str
    ids: tuple[str, ...]
    records: tuple[str, ...]
    by: tuple[str, ...]
    technique_platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TracedStart:
    """A technique that a thing leads to; `type` and `key` are of the thing, and `technique_id` None without one."""

    type: str
    key: str
    technique_id: str | None


@dataclass(frozen=True, slots=True)
class TracedGuidance:
    """An analytic of a strategy, or up to release 17 a component, that detects a technique; `by` which record."""

    release: str
    technique_id: str
    technique_sha256: str
    strategy_id: str | None
    strategy_sha256: str | None
    type: str
    start_id: str | None
    stix_id: str
    start_sha256: str
    by: str
    platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TracedTelemetry:
    """A log source that an analytic or rule reads.

    Attributes:
        log_source: as the analytic, or the table's row, writes it.
        confidence: of the table's row, on rules.
        stated: the log source that the rule itself names, which the table's row translates.
        component: key of the component that the analytic looks for there.
        status: of the log source in the environment.
    """

    reader: str
    reader_sha256: str
    log_source: str
    log_source_key: str
    canonical: str
    channel: str | None
    confidence: str | None
    stated: str | None
    component: str | None
    component_id: str | None
    component_sha256: str | None
    status: str | None


@dataclass(frozen=True, slots=True)
class TracedTactic:
    """A technique and one of its tactics; without one, or without a record of it, that is None."""

    release: str
    technique_id: str
    technique: str
    technique_sha256: str
    tactic_id: str | None
    tactic: str | None
    tactic_sha256: str | None


@dataclass(frozen=True, slots=True)
class TracedRecord:
    """A record, and which of the named releases and sets have it."""

    sha256: str
    media: str
    text: str
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TracedSource:
    """A release or set, the file that it was read from, and where that came from."""

    key: str
    kind: str
    domain: str | None
    publisher: str | None
    source_name: str
    file_sha256: str | None
    content_root: str
    published_as: str | None = None
    source_url: str | None = None
    fetched_on: str | None = None
    git_commit: str | None = None


@dataclass(frozen=True, slots=True)
class OwnTable:
    """A user's table of log sources that a set was loaded with, as the file that it is.

    Attributes:
        place: in the order in which the tables were given, from 0.
        file: as the user named it.
    """

    set: str
    place: int
    file: str
    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A record of a release or set."""

    sha256: str
    text: str


TECHNIQUES = Question("trace.techniques", OfThing, TracedStart)
CLAIMS = Question("trace.claims", ClaimsOn, TracedClaim)
TACTICS = Question("trace.tactics", OfTechniques, TracedTactic)
GUIDANCE = Question("trace.guidance", OfTechniques, TracedGuidance)
TELEMETRY = Question("trace.telemetry", ReadersHere, TracedTelemetry)
RECORDS = Question("trace.records", RecordsOf, TracedRecord)
SOURCES = Question("trace.sources", OfKeys, TracedSource)
OWN_TABLES = Question("trace.own-tables", OfKeys, OwnTable)
LEAVES = Question("trace.leaves", OfKey, Leaf)

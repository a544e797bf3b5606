"""Coverage of one technique: by platform, by evidence, by source."""

from dataclasses import dataclass

from queries.params import OfObject
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class TechniqueEvidence:
    """A technique in a release; whether sets that a newer version replaced count too; one set, by name or key."""

    release: str
    attack_id: str
    all_sets: bool = False
    set: str | None = None


@dataclass(frozen=True, slots=True)
class PlatformCoverage:
    """A technique on one platform, or its evidence without a platform of the technique's.

    Attributes:
        placement: `placed` for a platform's row; `unstated` for the one row of a technique for which ATT&CK states
            no platform; else `unplaced` or `off_platform`. `platform` is None on all but the first.
        state: the best that holds, as design/semantics.md orders them.
        level: `L0` to `L5` in an environment, None in the library.
        detect, protect, respond, mitigate: pieces of evidence of that category that apply here.
        migrated: those of them that claim an identifier which this one replaces.
        guidance: ATT&CK's analytics for the platform, up to 17 the components that detect the technique.
    """

    release: str
    technique_id: str
    technique: str
    platform: str | None
    placement: str
    state: str
    level: str | None
    detect: int
    protect: int
    respond: int
    mitigate: int
    migrated: int
    guidance: int


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A claim on a technique, once for each platform where it is placed.

    `confidence` is 0 to 1 as stated; `effectiveness` a word; `status` the publisher's; `pieces` how many findings
    it stands for; `counted` is False where coverage leaves it out; `compiles_to` names the SIEM dialects to which a
    rule was compiled; `tested_by` made tests for it, the newest dated one of the day `tested_on`; `license` is the
    rule's own.
    """

    release: str
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
    confidence: float | None
    basis: str | None
    effectiveness: str | None
    status: str | None
    as_of: str | None
    pieces: int
    counted: bool
    source: str | None
    comment: str | None
    origin_file: str | None
    origin_pointer: str | None
    compiles_to: tuple[str, ...]
    license: str | None
    tested_by: tuple[str, ...]
    tested_on: str | None


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """Findings of one cloud product for a technique; `confidence_*` are over the `rated` ones, 0 to 1."""

    release: str
    technique_id: str
    source: str
    cloud: str | None
    kind: str | None
    detections: int
    rated: int
    confidence_mean: float | None
    confidence_min: float | None
    confidence_max: float | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class LogSourceCoverage:
    """Rules for a technique that read one log.

    Attributes:
        log_source: the rules' own, as `sigma:product/category/service`; several that they read joined by `, `.
        attack_log_sources: ATT&CK's names for it; empty where none is known.
        rules: so many; `placed`, `unplaced` and `off_platform` are parts of it, and so are `stable`, `test` and
            `other_status`.
        compiled: those that compile to at least one of `dialects`.
    """

    release: str
    technique_id: str
    log_source: str
    attack_log_sources: tuple[str, ...]
    rules: int
    placed: int
    unplaced: int
    off_platform: int
    platforms: tuple[str, ...]
    stable: int
    test: int
    other_status: int
    compiled: int
    dialects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RepeatedRules:
    """How many rules of a technique these sets, all of them in use, hold alike; each counts once."""

    release: str
    technique_id: str
    rules: int
    sets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaitingClaims:
    """Claims on an identifier that only the releases `known_in` have, where it replaces the technique."""

    release: str
    technique_id: str
    technique: str
    claimed_id: str
    claimed: str
    claims: int
    evidence: int
    known_in: tuple[str, ...]
    sets: tuple[str, ...]


TECHNIQUE = Question("coverage.technique", TechniqueEvidence, PlatformCoverage)
EVIDENCE = Question("coverage.evidence", TechniqueEvidence, EvidenceRow)
REPEATED = Question("coverage.repeated", OfObject, RepeatedRules)
WAITING = Question("coverage.waiting", OfObject, WaitingClaims)
TECHNIQUE_BY_SOURCE = Question("coverage.technique-by-source", TechniqueEvidence, SourceCoverage)
TECHNIQUE_BY_LOG_SOURCE = Question("coverage.technique-by-log-source", TechniqueEvidence, LogSourceCoverage)

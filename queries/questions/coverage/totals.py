"""Coverage of a whole release: by tactic, platform, technique, source and set."""

from dataclasses import dataclass

from queries.spec import Question


@dataclass(frozen=True, slots=True)
class ReleaseEvidence:
    """A release; whether sets that a newer version replaced count too; only one set, by its name or key.

    Attributes:
        techniques: identifiers of the only techniques that count; None for all.
    """

    release: str
    all_sets: bool = False
    set: str | None = None
    techniques: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class TacticsEvidence:
    """As `ReleaseEvidence`; and the only platform that counts, or None for all."""

    release: str
    all_sets: bool = False
    set: str | None = None
    techniques: tuple[str, ...] | None = None
    platform: str | None = None


@dataclass(frozen=True, slots=True)
class SetEvidence:
    """A release, one set by its name or key, or None for all that are in use; the only techniques that count."""

    release: str
    set: str | None = None
    techniques: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class TechniquesEvidence:
    """A release; one parent technique to stay with; whether replaced sets count too; one set, by name or key.

    Attributes:
        techniques: identifiers of the only techniques that count; None for all.
    """

    release: str
    parent_id: str | None = None
    all_sets: bool = False
    set: str | None = None
    techniques: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PairState:
    """The state of one technique on one of its platforms; `platform` is None where ATT&CK states none."""

    release: str
    technique_id: str
    technique: str
    tactics: tuple[str, ...]
    platform: str | None
    state: str


@dataclass(frozen=True, slots=True)
class PlatformTotal:
    """The techniques of one platform by state; `pairs` is the sum of the five.

    `platform` is None for the techniques for which ATT&CK states none.
    """

    release: str
    platform: str | None
    pairs: int
    covered: int
    unplaced: int
    protect_only: int
    guidance_only: int
    none: int


@dataclass(frozen=True, slots=True)
class TacticTotal:
    """The techniques of one tactic by state; `techniques` is the sum of the six.

    `pairs` counts (technique, platform), `pairs_covered` those with a detection claimed on that platform.
    """

    release: str
    tactic_id: str
    tactic: str
    techniques: int
    covered: int
    unplaced: int
    off_platform: int
    protect_only: int
    guidance_only: int
    none: int
    pairs: int
    pairs_covered: int


@dataclass(frozen=True, slots=True)
class TechniqueTotal:
    """The state of one technique, its best platform's, and its evidence by category."""

    release: str
    technique_id: str
    technique: str
    tactics: tuple[str, ...]
    state: str
    platforms: int
    platforms_covered: int
    detect: int
    protect: int
    respond: int
    mitigate: int
    migrated: int


@dataclass(frozen=True, slots=True)
class SourceTotal:
    """Findings of one cloud product; `confidence_*` are over the `rated` ones, 0 to 1."""

    release: str
    source: str
    cloud: str | None
    kind: str | None
    techniques: int
    detections: int
    rated: int
    confidence_mean: float | None
    confidence_min: float | None
    confidence_max: float | None
    as_of: str | None


@dataclass(frozen=True, slots=True)
class SetTotal:
    """What one set claims; the three `claims_*` are its detect claims by placement."""

    release: str
    set: str
    current: bool
    evidence: int
    techniques: int
    techniques_detected: int
    techniques_placed: int
    claims_placed: int
    claims_unplaced: int
    claims_off_platform: int


@dataclass(frozen=True, slots=True)
class LogSourceTotal:
    """A log source by its canonical name: rules that read it, techniques they claim, analytics that read it."""

    release: str
    log_source: str
    rules: int
    techniques: int
    analytics: int


BY_TACTIC = Question("coverage.by-tactic", TacticsEvidence, TacticTotal)
BY_PLATFORM = Question("coverage.by-platform", ReleaseEvidence, PlatformTotal)
BY_TECHNIQUE = Question("coverage.by-technique", TechniquesEvidence, TechniqueTotal)
BY_SOURCE = Question("coverage.by-source", ReleaseEvidence, SourceTotal)
BY_SET = Question("coverage.by-set", ReleaseEvidence, SetTotal)
BY_LOG_SOURCE = Question("coverage.by-log-source", SetEvidence, LogSourceTotal)
PAIRS = Question("coverage.pairs", ReleaseEvidence, PairState)

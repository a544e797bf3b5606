"""What techniques need to be visible, and what goes blind when a log source stops."""

from dataclasses import dataclass

from queries.spec import Question


@dataclass(frozen=True, slots=True)
class NeedsOf:
    """A release, and an environment by its name or None for one that collects nothing yet."""

    release: str
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class OfEnvironment:
    """An environment by its name."""

    environment: str


@dataclass(frozen=True, slots=True)
class WithoutLogSource:
    """An environment, and one of its log sources by the canonical name."""

    release: str
    environment: str
    log_source: str


@dataclass(frozen=True, slots=True)
class AnalyticNeeds:
    """An analytic of a technique, with the canonical names of the log sources that it reads, at least one.

    Attributes:
        platforms: those of the analytic that the technique has and the environment runs; at least one.
        lacking: those of `log_sources` that are not collected; empty where the technique is visible by it.
    """

    release: str
    environment: str | None
    technique_id: str
    technique: str
    analytic_id: str
    platforms: tuple[str, ...]
    log_sources: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeclaredLogSource:
    """A log source of an environment by its canonical name, and all the names it goes by."""

    environment: str
    log_source: str
    status: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blinded:
    """A technique that enabled rules would no longer detect; `detections_left` is the evidence that still would."""

    release: str
    environment: str
    log_source: str
    technique_id: str
    technique: str
    rules_blind: int
    detections_left: int
    rules: tuple[str, ...]


VISIBILITY_NEEDS = Question("coverage.visibility-needs", NeedsOf, AnalyticNeeds)
DECLARED_LOG_SOURCES = Question("coverage.declared-log-sources", OfEnvironment, DeclaredLogSource)
BLIND_WITHOUT = Question("coverage.blind-without", WithoutLogSource, Blinded)

"""Where coverage is thin: techniques that rest on little or nothing, and what would help most."""

from dataclasses import dataclass

from queries.params import OfObject, OfRelease
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class OfUser:
    """A group, campaign or software, and whether the software that it uses counts too."""

    release: str
    attack_id: str
    with_software: bool = True


@dataclass(frozen=True, slots=True)
class OfTactic:
    """A tactic of a release by its short name, such as `credential-access`."""

    release: str
    tactic: str


@dataclass(frozen=True, slots=True)
class TopOfRelease:
    """A release, and how many answers to return."""

    release: str
    limit: int = 25


@dataclass(frozen=True, slots=True)
class TopOfEnvironment:
    """A release, an environment, and how many answers to return."""

    release: str
    environment: str
    limit: int = 25


@dataclass(frozen=True, slots=True)
class ThinCoverage:
    """A technique and all the evidence that claims to detect it; up to five titles."""

    release: str
    technique_id: str
    technique: str
    evidence: int
    statuses: tuple[str, ...]
    sets: tuple[str, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UsedTechnique:
    """A technique that somebody uses; `placed` of `detect` pieces of evidence run on a platform of its own."""

    release: str
    user_id: str
    user: str
    technique_id: str
    technique: str
    state: str
    placed: int
    detect: int
    analytics: int
    through: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetingTechnique:
    """A technique that targets an asset; counts as in `UsedTechnique`."""

    release: str
    asset_id: str
    asset: str
    technique_id: str
    technique: str
    state: str
    placed: int
    detect: int
    analytics: int


@dataclass(frozen=True, slots=True)
class UndetectedTechnique:
    """A technique of a tactic without any detection claim."""

    release: str
    tactic: str
    technique_id: str
    technique: str
    platforms: tuple[str, ...]
    users: int
    analytics: int


@dataclass(frozen=True, slots=True)
class PopularTechnique:
    """A technique without any detection claim and who uses it; up to five examples."""

    release: str
    technique_id: str
    technique: str
    platforms: tuple[str, ...]
    users: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnlockingLogSource:
    """A log source, and the techniques that it alone would make visible."""

    release: str
    environment: str
    log_source: str
    techniques: int
    technique_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """How many groups, campaigns and software are known to use a technique."""

    release: str
    technique_id: str
    technique: str
    groups: int
    campaigns: int
    software: int


SINGLE_PIECE = Question("coverage.single-piece", OfRelease, ThinCoverage)
EXPERIMENTAL_ONLY = Question("coverage.experimental-only", OfRelease, ThinCoverage)
MIGRATED_ONLY = Question("coverage.migrated-only", OfRelease, ThinCoverage)
POSTURE_ONLY = Question("coverage.posture-only", OfRelease, ThinCoverage)
OF_USER = Question("coverage.of-user", OfUser, UsedTechnique)
OF_ASSET = Question("coverage.of-asset", OfObject, TargetingTechnique)
USED = Question("coverage.used", OfRelease, Usage)
UNDETECTED_OF_TACTIC = Question("coverage.undetected-of-tactic", OfTactic, UndetectedTechnique)
UNDETECTED_POPULAR = Question("coverage.undetected-popular", TopOfRelease, PopularTechnique)
UNLOCKING_LOG_SOURCES = Question("coverage.unlocking-log-sources", TopOfEnvironment, UnlockingLogSource)

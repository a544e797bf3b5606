"""What else belongs together: groups, software, techniques used together, what a log source or a control reaches."""

from dataclasses import dataclass

from queries.params import OfLogSource, OfObject, OfRelease
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class Incident:
    """Techniques that were seen together, and how many rows."""

    release: str
    attack_ids: tuple[str, ...]
    limit: int = 25


@dataclass(frozen=True, slots=True)
class Belonging:
    """A technique that belongs with a set of others.

    Attributes:
        score: sum of the likeness (cosine) of those of the nearest users that use it.
        users: how many of them do; `nearest` names the first three.
    """

    release: str
    technique_id: str
    technique: str
    score: float
    users: int
    nearest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """A release, how many users a technique must have at least, and how many pairs to return."""

    release: str
    at_least: int = 3
    limit: int = 50


@dataclass(frozen=True, slots=True)
class OfObjectLimited:
    """An identifier in a release, and how many answers to return."""

    release: str
    attack_id: str
    limit: int = 25


@dataclass(frozen=True, slots=True)
class Trace:
    """A log source or component in which techniques show; their names are in the order of their ids."""

    release: str
    id: str
    trace: str
    weight: float
    technique_ids: tuple[str, ...]
    techniques: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UsedTogether:
    """A technique that all its `users` use together with the other one, which has `others_users`."""

    release: str
    technique_id: str
    technique: str
    other_id: str
    other: str
    users: int
    used_by: tuple[str, ...]
    others_users: int


@dataclass(frozen=True, slots=True)
class SharingPairs:
    """A release, how many users a pair must share at least, and how many pairs to return."""

    release: str
    at_least: int = 2
    limit: int = 100


@dataclass(frozen=True, slots=True)
class SharingPair:
    """Two techniques with the same users; score is `shared` / `out_of`, low_support where one has under three."""

    release: str
    technique_id: str
    technique: str
    other_id: str
    other: str
    score: float
    shared: int
    out_of: int
    low_support: bool


@dataclass(frozen=True, slots=True)
class Alike:
    """A group or software that uses the same techniques; score is `shared` / `out_of`."""

    release: str
    attack_id: str
    name: str
    score: float
    shared: int
    out_of: int
    shared_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An analytic that reads the log source, and how many other log sources it reads too."""

    release: str
    log_source: str
    technique_id: str
    technique: str
    analytic_id: str
    platforms: tuple[str, ...]
    channels: tuple[str, ...]
    other_log_sources: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """A technique that the mitigation addresses; with no `other_mitigations` it is the only one."""

    release: str
    mitigation_id: str
    mitigation: str
    technique_id: str
    technique: str
    other_mitigations: int
    how: str | None


TRACES = Question("related.traces", OfRelease, Trace)
EVERY_PAIR = Question("related.every-pair", SharingPairs, SharingPair)
USED_TOGETHER = Question("related.used-together", Pairs, UsedTogether)
GROUPS = Question("related.groups", OfObjectLimited, Alike)
SOFTWARE = Question("related.software", OfObjectLimited, Alike)
LOG_SOURCE_SHOWS = Question("related.log-source-shows", OfLogSource, Shown)
MITIGATION_STOPS = Question("related.mitigation-stops", OfObject, Stopped)
SEEN_TOGETHER = Question("related.seen-together", Incident, Belonging)

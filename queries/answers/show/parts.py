"""The parts of a shown object: what is related to it, each in few fields.

Fields marked as details are in JSON only; in a card they would hide the rest. Those marked as last stand at
the end of a card.
"""

from dataclasses import dataclass, field

DETAIL = {"detail": True}
LAST = {"last": True}


@dataclass(frozen=True, slots=True)
class Ref:
    """Another object; `how` is what the relationship's publisher says of it."""

    attack_id: str | None
    name: str | None
    type: str
    how: str | None = field(default=None, metadata=DETAIL)


@dataclass(frozen=True, slots=True)
class ElsewhereRef:
    """An object that the release does not have; without name and release where no other loaded domain has it."""

    attack_id: str
    name: str | None
    type: str
    release: str | None


@dataclass(frozen=True, slots=True)
class NoteRef:
    """A note that the release itself has on the object: ATT&CK Workbench exports them."""

    name: str | None
    text: str | None
    stix_id: str | None = field(metadata=DETAIL)


@dataclass(frozen=True, slots=True)
class LogSourceRef:
    """A log source that an analytic reads, and the component that it shows."""

    log_source: str
    component_id: str | None
    channel: str | None
    canonical: str | None = field(metadata=DETAIL)


@dataclass(frozen=True, slots=True)
class AnalyticRef:
    """An analytic and the platforms it is for."""

    attack_id: str
    name: str
    platforms: tuple[str, ...]
    strategy_id: str


@dataclass(frozen=True, slots=True)
class EvidenceRef:
    """A piece of evidence that claims the technique; without platforms it is unplaced or off_platform."""

    id: str
    title: str | None
    category: str | None
    placement: str
    platforms: tuple[str, ...]
    status: str | None
    confidence: float | None
    effectiveness: str | None
    as_of: str | None
    set: str
    via: str = field(metadata=DETAIL)


@dataclass(frozen=True, slots=True)
class RelatedRef:
    """A related technique, its place over all methods, and the methods that name it."""

    technique_id: str
    technique: str
    fused_rank: int
    fused_score: float
    methods: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InRelease:
    """The object in one loaded release; `change` is against the next older one."""

    release: str
    version: str | None
    change: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation, as the publisher's record has it."""

    source_name: str | None
    external_id: str | None
    url: str | None
    description: str | None = field(metadata=DETAIL)


@dataclass(frozen=True, slots=True)
class MutableElement:
    """A field of an analytic that whoever uses it adapts, and why."""

    field: str
    description: str | None


@dataclass(frozen=True, slots=True)
class Also:
    """Another object of the same identifier."""

    type: str
    stix_id: str | None
    name: str | None
    live: bool

"""Evidence, sets and their claims, whole."""

from dataclasses import dataclass, field, fields
from typing import Any

from queries.answers.show.parts import DETAIL, LAST
from queries.ask import Asked, ask
from queries.params import Nothing
from queries.questions.coverage.totals import BY_SET, ReleaseEvidence
from queries.questions.evidence.questions import RELATED_RULES, OfRule
from queries.questions.lookup.questions import (
    EVIDENCE,
    EVIDENCE_CLAIMS,
    EvidenceItem,
    OfEvidence,
    OfEvidenceInRelease,
)
from queries.questions.releases.questions import SETS


@dataclass(frozen=True, slots=True)
class ClaimRef:
    """A claim, and what it means in the release asked; without a meaning there, `technique_id` is None."""

    claimed_id: str
    technique_id: str | None
    technique: str | None
    category: str | None
    effectiveness: str | None
    confidence: float | None
    status: str | None
    as_of: str | None
    counted: bool
    via: str | None
    hops: tuple[str, ...] = field(metadata=DETAIL)
    basis: str | None = field(metadata=DETAIL)
    comment: str | None = field(metadata=DETAIL)
    count: int = field(metadata=DETAIL)
    origin_file: str | None = field(metadata=DETAIL)
    origin_pointer: str | None = field(metadata=DETAIL)
    origin_sha256: str | None = field(metadata=DETAIL)


@dataclass(frozen=True, slots=True)
class RuleRef:
    """A rule that this one names, or that names this one."""

    direction: str
    relation: str | None
    evidence_id: str
    title: str | None
    set: str
    status: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvidence:
    """A rule, detection or capability; `also` are the sets that hold another piece of the same identifier.

    `release` is the one in which the claims are read, None where no release is loaded.
    """

    id: str
    title: str | None
    type: str
    set: str
    current: bool
    counted: bool
    release: str | None
    status: str | None
    level: str | None
    description: str | None
    platforms: tuple[str, ...]
    logsource: str | None
    log_sources: tuple[str, ...]
    family: str | None
    rule_type: str | None
    building_block: bool
    author: str | None
    date: str | None
    modified: str | None
    tags: tuple[str, ...]
    compiles_to: tuple[str, ...]
    fails_in: tuple[str, ...]
    tests: int
    tested_by: tuple[str, ...]
    tested_on: str | None
    claims: tuple[ClaimRef, ...]
    related: tuple[RuleRef, ...]
    also: tuple[str, ...]
    path: str | None = field(metadata=LAST)
    key: str = field(metadata=LAST)
    sha256: str = field(metadata=LAST)
    file_sha256: str | None = field(metadata=LAST)
    license: str | None = field(metadata=LAST)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSet:
    """A set, and what it says of the techniques of one release."""

    key: str
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
    notes: int
    skipped: int
    rejected: int
    loaded_at: str
    release: str | None
    techniques: int | None
    techniques_detected: int | None
    techniques_placed: int | None
    claims_placed: int | None
    claims_unplaced: int | None
    claims_off_platform: int | None
    content_root: str = field(metadata=LAST)
    sample: bool = field(metadata=LAST)
    alias_files: tuple[str, ...] = field(metadata=LAST)
    tables_root: str | None = field(metadata=LAST)
    source_name: str | None = field(metadata=LAST)
    file_sha256: str | None = field(metadata=LAST)
    source_url: str | None = field(metadata=LAST)
    fetched_on: str | None = field(metadata=LAST)
    git_commit: str | None = field(metadata=LAST)


def shown_set(graph: Asked, key: str, release: str | None) -> ShownSet | None:
    """Return the set of that key with its totals in `release`; None if it is not loaded."""
    found = next((each for each in ask(graph, SETS, Nothing()) if each.set == key), None)
    if found is None:
        return None
    rows = ask(graph, BY_SET, ReleaseEvidence(release, all_sets=True)) if release else []
    totals = next((row for row in rows if row.set == key), None)
    of_set: dict[str, Any] = {
        each.name: getattr(found, each.name) for each in fields(found) if each.name != "set"
    }
    counted = ("techniques", "techniques_detected", "techniques_placed")
    placed = ("claims_placed", "claims_unplaced", "claims_off_platform")
    # A set that claims nothing of the release has no row there: that is 0, while None is no release to ask.
    nothing = None if release is None else 0
    of_release: dict[str, Any] = {name: getattr(totals, name, nothing) for name in (*counted, *placed)}
    return ShownSet(key=key, release=release, **of_set, **of_release)


def shown_evidence(graph: Asked, text: str, release: str | None) -> ShownEvidence | None:
    """Return the evidence that `text` names, that of a current set before others; None if there is none."""
    every = ask(graph, EVIDENCE, OfEvidence(text))
    if not every:
        return None
    found = every[0]
    own = {each.name: getattr(found, each.name) for each in fields(found)}
    return ShownEvidence(
        **own,
        release=release,
        claims=_claims(graph, found, release) if release else (),
        related=_rules(graph, found),
        also=tuple(each.set for each in every[1:]),
    )


def _claims(graph: Asked, found: EvidenceItem, release: str) -> tuple[ClaimRef, ...]:
    names = [each.name for each in fields(ClaimRef)]
    rows = ask(graph, EVIDENCE_CLAIMS, OfEvidenceInRelease(release, found.key))
    return tuple(ClaimRef(**{name: getattr(row, name) for name in names}) for row in rows)


def _rules(graph: Asked, found: EvidenceItem) -> tuple[RuleRef, ...]:
    if found.type != "Rule":
        return ()
    names = [each.name for each in fields(RuleRef)]
    rows = [row for row in ask(graph, RELATED_RULES, OfRule(found.id)) if row.key == found.key]
    return tuple(RuleRef(**{name: getattr(row, name) for name in names}) for row in rows)

"""What going to a release does to evidence, counted by kind and whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from queries.answers.upgrade import coverage as states
from queries.answers.upgrade import tactics
from queries.ask import Asked, ask
from queries.params import TwoReleases
from queries.questions.upgrade import questions as q

CLAIMED = ("covered", "unplaced", "off_platform", "enabled_blind")
"""States of a technique that some evidence claims to detect."""


@dataclass(frozen=True, slots=True)
class UpgradeKind:
    """A kind of thing that an upgrade does.

    Attributes:
        name: stable.
        reason: what it is, in a sentence.
        todo: what to do; "" where nothing is to be done.
    """

    name: str
    reason: str
    todo: str


KINDS = (
    UpgradeKind(
        "claim-replaced", "A claim moves on to the one successor of its technique.", "write it with --patch"
    ),
    UpgradeKind("claim-several", "The technique of a claim has several successors.", "choose one"),
    UpgradeKind(
        "claim-gone", "The technique of a claim has no successor.", "drop it, or claim what took its place"
    ),
    UpgradeKind(
        "claim-off-platform",
        "The technique of a claim loses the platform of its evidence.",
        "claim another technique",
    ),
    UpgradeKind(
        tactics.RENAMED,
        "Rules name a tactic by a name that the release does not have.",
        "write it with --patch",
    ),
    UpgradeKind(
        tactics.MOVED, "Rules name a tactic that their techniques left.", "write it with --patch, or choose"
    ),
    UpgradeKind(
        tactics.MISMATCH, "Rules name a tactic that none of their techniques achieves.", "correct it"
    ),
    UpgradeKind(tactics.UNKNOWN, "Rules name a tactic that no release has.", "correct it"),
    UpgradeKind("technique-worse", "The coverage of a technique gets worse.", "see `techniques`"),
    UpgradeKind("technique-gone", "A technique has no successor.", "see `techniques`"),
    UpgradeKind("technique-better", "The coverage of a technique gets better.", ""),
    UpgradeKind("technique-unclaimed", "Nobody claims to detect a new technique.", "write a rule"),
    UpgradeKind("log-source-new", "Analytics name a log source that none named before.", "collect it"),
)
"""In the order of answers. Counts of claims are of claims, of `rule-` kinds rules, of others what they name."""


@dataclass(frozen=True, slots=True)
class UpgradeCount:
    """How much there is of a kind: in the older release, where that can be asked, and in the newer one."""

    kind: str
    before: int | None
    count: int
    reason: str
    todo: str


@dataclass(frozen=True, slots=True)
class ClaimMove:
    """A claim whose technique is revoked or deprecated, with what takes its place.

    Attributes:
        successors: one is where the claim moves on to.
        named: whether the evidence claims that one already.
    """

    kind: str
    set: str
    evidence_id: str
    title: str | None
    path: str | None
    counted: bool
    technique_id: str
    technique: str
    successors: tuple[str, ...]
    named: bool


@dataclass(frozen=True, slots=True)
class Upgrade:
    """What going from one release to another does.

    Attributes:
        set, environment: what it was narrowed to.
        counts: by kind.
        coverage, techniques: of the library or the set: techniques by state, and those whose state changes.
        environment_coverage, environment_techniques: the same in the environment.
        claims: those that do not stay as they are.
        tactics: tags that do not fit in one of the releases, rule by rule.
        off_platform: claims whose technique loses the platform of the evidence.
        new_techniques: those of the scope that nobody claims.
        log_sources: what analytics newly name.
    """

    before: str
    after: str
    set: str | None
    environment: str | None
    counts: tuple[UpgradeCount, ...]
    coverage: tuple[states.StateCount, ...]
    environment_coverage: tuple[states.StateCount, ...]
    techniques: tuple[states.StateChange, ...]
    environment_techniques: tuple[states.StateChange, ...]
    claims: tuple[ClaimMove, ...]
    tactics: tuple[tactics.TacticTag, ...]
    off_platform: tuple[q.LostPlatform, ...]
    new_techniques: tuple[q.NewTechnique, ...]
    log_sources: tuple[q.NewLogSource, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """An upgrade, with the rows that a patch is made of."""

    upgrade: Upgrade
    moved: tuple[q.MovedClaim, ...]
    judged: tuple[tactics.JudgedRule, ...]


def upgrade(
    graph: Asked, releases: TwoReleases, *, of_set: str | None = None, environment: str | None = None
) -> Found:
    """Return what going from one release to another does to the evidence in use.

    Args:
        graph: the open graph.
        releases: of one domain, the older one before.
        of_set: name or key of the only set that is looked at.
        environment: where only enabled evidence counts.

    Raises:
        SightlineError: as `ask` raises it.
    """
    between = q.EvidenceBetween(releases.before, releases.after, of_set, environment)
    moved = ask(graph, q.CLAIMS, between)
    judged = tactics.judged_rules(graph, releases, of_set=of_set, environment=environment)
    library = states.of_library(graph, releases.before, releases.after, of_set=of_set)
    here = _here(graph, releases, environment, of_set)
    parts = _Parts(
        claims=tuple(map(_move, moved)),
        tags=tuple(tag for each in judged for tag in each.tags),
        off_platform=tuple(ask(graph, q.OFF_PLATFORM, between)),
        library=library,
        here=here,
        new=_unclaimed(graph, releases, here or library),
        log_sources=tuple(
            ask(graph, q.NEW_LOG_SOURCES, q.SourcesBetween(releases.before, releases.after, environment))
        ),
    )
    return Found(_whole(between, parts), tuple(moved), tuple(judged))


@dataclass(frozen=True, slots=True)
class _Parts:
    """What an upgrade is put together from."""

    claims: tuple[ClaimMove, ...]
    tags: tuple[tactics.TacticTag, ...]
    off_platform: tuple[q.LostPlatform, ...]
    library: states.Compared
    here: states.Compared | None
    new: tuple[q.NewTechnique, ...]
    log_sources: tuple[q.NewLogSource, ...]


def _here(
    graph: Asked, releases: TwoReleases, environment: str | None, of_set: str | None
) -> states.Compared | None:
    if environment is None:
        return None
    return states.of_environment(
        graph, releases.before, releases.after, environment=environment, of_set=of_set
    )


def _unclaimed(graph: Asked, releases: TwoReleases, compared: states.Compared) -> tuple[q.NewTechnique, ...]:
    """Return the new techniques that nobody claims; in an environment those with a platform that it runs."""
    return tuple(
        each
        for each in ask(graph, q.NEW_TECHNIQUES, releases)
        if compared.now.get(each.technique_id) not in (*CLAIMED, "not_applicable")
    )


def _move(row: q.MovedClaim) -> ClaimMove:
    kinds = {0: "claim-gone", 1: "claim-replaced" if row.successor else "claim-gone"}
    return ClaimMove(
        kind=kinds.get(len(row.successors), "claim-several"),
        set=row.set,
        evidence_id=row.evidence_id,
        title=row.title,
        path=row.path,
        counted=row.counted,
        technique_id=row.technique_id,
        technique=row.technique,
        successors=row.successors,
        named=row.named,
    )


def _whole(between: q.EvidenceBetween, parts: _Parts) -> Upgrade:
    return Upgrade(
        before=between.before,
        after=between.after,
        set=between.set,
        environment=between.environment,
        counts=tuple(_counts(parts)),
        coverage=parts.library.states,
        environment_coverage=parts.here.states if parts.here else (),
        techniques=parts.library.changes,
        environment_techniques=parts.here.changes if parts.here else (),
        claims=parts.claims,
        tactics=parts.tags,
        off_platform=parts.off_platform,
        new_techniques=parts.new,
        log_sources=parts.log_sources,
    )


def _counts(parts: _Parts) -> Iterable[UpgradeCount]:
    changes = (parts.here or parts.library).changes
    found: dict[str, tuple[int | None, int]] = {
        kind: (None, sum(each.kind == kind for each in parts.claims))
        for kind in ("claim-replaced", "claim-several", "claim-gone")
    }
    found |= {kind: _rules(parts.tags, kind) for kind in tactics.KINDS}
    found |= {
        f"technique-{change}": (None, sum(each.change == change for each in changes))
        for change in (states.WORSE, states.GONE, states.BETTER)
    }
    found["claim-off-platform"] = None, len(parts.off_platform)
    found["technique-unclaimed"] = None, len(parts.new)
    found["log-source-new"] = None, len(parts.log_sources)
    for kind in KINDS:
        yield UpgradeCount(kind.name, *found[kind.name], kind.reason, kind.todo)


def _rules(tags: Sequence[tactics.TacticTag], kind: str) -> tuple[int, int]:
    """Return how many rules have a tactic of a kind, before and after."""
    before = {(each.set, each.evidence_id) for each in tags if each.kind_before == kind}
    after = {(each.set, each.evidence_id) for each in tags if each.kind == kind}
    return len(before), len(after)

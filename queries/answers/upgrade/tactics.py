"""Tactic tags of rules, judged on two releases by the four kinds of docs/semantics.md."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from queries.ask import Asked, ask
from queries.params import EvidenceIn, OfRelease, TwoReleases
from queries.questions.upgrade import questions as q

UNKNOWN, RENAMED, MOVED, MISMATCH = (
    "rule-tactic-unknown",
    "rule-tactic-renamed",
    "rule-tactic-moved",
    "rule-tactic-mismatch",
)
KINDS = (UNKNOWN, RENAMED, MOVED, MISMATCH)
"""In the order in which they are tried; the names are those of `missing`."""

_Tactics = frozenset[str]
_NOTHING: _Tactics = frozenset()


@dataclass(frozen=True, slots=True)
class TacticTag:
    """A tactic that a rule names and that does not fit its techniques, in one of the two releases at least.

    Attributes:
        kind_before, kind: which of the four kinds it is in each release; None where it fits or nothing is known.
        tactic: its shortname, as the rule names it.
        successors: shortnames that take its place in the newer release: of a renamed one its name, of a moved one
            what the techniques that moved achieve instead.
        achieved: shortnames of what the rule's techniques achieve in the newer release.
    """

    set: str
    kind_before: str | None
    kind: str | None
    evidence_id: str
    title: str | None
    path: str | None
    tactic: str
    successors: tuple[str, ...]
    achieved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgedRule:
    """A rule, and what is to be said of its tactics."""

    rule: q.TaggedRule
    tags: tuple[TacticTag, ...]


def judged_rules(
    graph: Asked, releases: TwoReleases, *, of_set: str | None = None, environment: str | None = None
) -> list[JudgedRule]:
    """Return the rules that have a tactic which does not fit in one of two releases, by file.

    Raises:
        SightlineError: as `ask` raises it.
    """
    rules = ask(graph, q.TAGGED_RULES, EvidenceIn(releases.after, of_set, environment))
    judge = _Judge(
        releases,
        ask(graph, q.TACTICS, OfRelease(releases.after)),
        {row.attack_id: row for row in ask(graph, q.ACHIEVED, releases)},
    )
    judged = (JudgedRule(rule, tuple(judge.tags(rule))) for rule in rules)
    return [each for each in judged if each.tags]


class _Judge:
    """What tactics are called in every release, and what identifiers achieve in them."""

    def __init__(
        self, releases: TwoReleases, names: Sequence[q.TacticName], achieved: Mapping[str, q.Achieved]
    ) -> None:
        self._releases = releases
        self._achieved = achieved
        self._bears = {
            release: _by_name(row for row in names if row.release == release)
            for release in (releases.before, releases.after)
        }
        self._of_domain = _by_name(row for row in names if row.of_domain)
        self._anywhere = _by_name(names)
        self._now = {row.tactic: row.shortname for row in names if row.release == releases.after}

    def tags(self, rule: q.TaggedRule) -> Iterator[TacticTag]:
        """Yield the rule's tactics that do not fit."""
        known = [self._achieved[each] for each in rule.technique_ids if each in self._achieved]
        for tactic in dict.fromkeys(rule.tactics):
            before = self._kind(tactic, known, self._releases.before)
            kind = self._kind(tactic, known, self._releases.after)
            if before or kind:
                yield self._tag(rule, tactic, known, (before, kind))

    def _tag(
        self,
        rule: q.TaggedRule,
        tactic: str,
        known: Sequence[q.Achieved],
        kinds: tuple[str | None, str | None],
    ) -> TacticTag:
        achieved = _union(known, lambda each: each.after)
        return TacticTag(
            set=rule.set,
            kind_before=kinds[0],
            kind=kinds[1],
            evidence_id=rule.evidence_id,
            title=rule.title,
            path=rule.path,
            tactic=tactic,
            successors=self._named(self._successors(tactic, known, kinds[1])),
            achieved=self._named(achieved),
        )

    def _kind(self, tactic: str, known: Sequence[q.Achieved], release: str) -> str | None:
        here = self._bears[release].get(tactic, _NOTHING)
        meant = self._meant(tactic, release)
        if not meant:
            return UNKNOWN
        achieved = _union(known, self._in(release))
        if not achieved or here & achieved:
            return None
        if not here and meant & achieved:
            return RENAMED
        if meant & _union(known, self._elsewhere(release)):
            return MOVED
        return None if meant & _union(known, lambda each: each.foreign) else MISMATCH

    def _meant(self, tactic: str, release: str) -> _Tactics:
        for names in (self._bears[release], self._of_domain, self._anywhere):
            if tactic in names:
                return names[tactic]
        return _NOTHING

    def _in(self, release: str) -> Callable[[q.Achieved], Sequence[str]]:
        return lambda each: each.after if release == self._releases.after else each.before

    def _elsewhere(self, release: str) -> Callable[[q.Achieved], Sequence[str]]:
        return lambda each: (
            *each.others,
            *(each.before if release == self._releases.after else each.after),
        )

    def _successors(self, tactic: str, known: Sequence[q.Achieved], kind: str | None) -> _Tactics:
        meant = self._meant(tactic, self._releases.after)
        if kind == RENAMED:
            return meant & _union(known, lambda each: each.after)
        if kind == MOVED:
            left = [each for each in known if meant & set(each.before) and not meant & set(each.after)]
            return _union(left, lambda each: each.after) - _union(left, lambda each: each.before)
        return _NOTHING

    def _named(self, tactics: _Tactics) -> tuple[str, ...]:
        return tuple(sorted({self._now[each] for each in tactics if each in self._now}))


def _by_name(names: "Iterator[q.TacticName] | Sequence[q.TacticName]") -> dict[str, _Tactics]:
    found: dict[str, set[str]] = {}
    for row in names:
        found.setdefault(row.shortname, set()).add(row.tactic)
    return {name: frozenset(tactics) for name, tactics in found.items()}


def _union(known: Sequence[q.Achieved], of: Callable[[q.Achieved], Sequence[str]]) -> _Tactics:
    return frozenset(tactic for each in known for tactic in of(each))

"""How well related techniques foretell which techniques will next be seen together.

For each pair of releases in turn: the techniques that some group or campaign uses together in the later release and
none did in the earlier one. A method is asked of the earlier release, by its own built-in question on a real server,
for each technique that gets such a new companion; its ten best are compared with them. Techniques that were together
already are left out of the ten, because they cannot become new; a second figure leaves them in, as people see them.
Where scores are equal, the figure is the mean over all orders of the equal ones.

Only techniques that live in both releases under one identifier count. Three references: the techniques with
most users, those that share a tactic, and any technique. `per listed` is the precision of what a method does list.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean, stdev
from typing import Any

from bench import incidents
from bench.commands import SIGHTLINE
from bench.data import data, release
from bench.pairs import run
from bench.server import target_of
from graph.server.connection import Graph, connect
from queries.answers.fusion import RankedRelation, fuse, ranked, related_by
from queries.params import OfObject
from queries.questions.related.methods import METHODS, Relation

RELEASES = ("15.1", "16.1", "17.1", "18.1")
RULES = "sigma/sigma-rules-r2026-04-01.zip"
TOP = 10
FORESIGHT = ("structural", "telemetry", "actor", "mitigation")
"""Methods that know nothing of the time after a release; the rules at hand were written after all of them."""

USERS = """
MATCH (user:Group|Campaign {release: $release, live: true})-[:USES]->(technique:Technique {live: true})
RETURN user.stix_id AS user, collect(DISTINCT technique.attack_id) AS techniques
"""
TECHNIQUES = """
MATCH (technique:Technique {release: $release, live: true})
RETURN technique.attack_id AS technique,
  COLLECT { MATCH (technique)-[:ACHIEVES]->(tactic:Tactic) RETURN tactic.shortname } AS tactics,
  COUNT { MATCH (user:Group|Campaign|Software {live: true})-[:USES]->(technique) RETURN DISTINCT user } AS users
"""

Scores = Mapping[str, float]
"""Other technique -> score; those that are not named come after all that are."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one release knows.

    Attributes:
        tactics: live technique -> its tactics.
        users: live technique -> how many groups, campaigns and software use it.
        together: technique -> the techniques that a group or campaign uses with it.
    """

    tactics: Mapping[str, frozenset[str]]
    users: Mapping[str, int]
    together: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """One technique of a release, its new companions in the next, and which ones could have become new.

    Attributes:
        technique: the identifier.
        new: those that are with it in the next release for the first time.
        possible: all that live in both releases and were not with it.
    """

    technique: str
    new: frozenset[str]
    possible: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figures:
    """A method's figures over cases: means, and the standard error of the precision over techniques."""

    precision: float
    error: float
    recall: float
    listed: float
    as_shown: float

    @property
    def per_listed(self) -> float:
        """The part of the listed techniques, ten at most, that became companions."""
        return TOP * self.precision / self.listed if self.listed else 0.0


def lines(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the figures, one line each."""
    for version in incidents.RELEASES:
        run([*SIGHTLINE, "load", "attack", "-q", release(f"enterprise-attack-{version}")], environment)
    run([*SIGHTLINE, "load", "sigma", "-q", str(data() / RULES)], environment)
    with connect(target_of(environment)) as graph:
        measured = [_measured(graph, before, after) for before, after in pairwise(RELEASES)]
        completed = [*incidents.lines(graph)]
    for (before, after), part in zip(pairwise(RELEASES), measured, strict=True):
        yield from _table(f"{before} -> {after}", part)
    yield from _table("all", [each for part in measured for each in part])
    yield "the other half of the techniques of a new group, campaign or software:"
    yield from (f"  {each}" for each in completed)


def _measured(graph: Graph, before: str, after: str) -> list[tuple[Case, Mapping[str, Scores]]]:
    earlier, later = _seen(graph, before), _seen(graph, after)
    return [(case, scores(graph, before, case, earlier)) for case in cases(earlier, later)]


def _seen(graph: Graph, version: str) -> Seen:
    key = {"release": f"enterprise-attack@{version}"}
    rows: list[Any] = [*graph.read(TECHNIQUES, key)]
    together: dict[str, set[str]] = defaultdict(set)
    users: list[Any] = [*graph.read(USERS, key)]
    for row in users:
        for technique in row["techniques"]:
            together[technique].update(row["techniques"])
    return Seen(
        {row["technique"]: frozenset(row["tactics"]) for row in rows},
        {row["technique"]: row["users"] for row in rows},
        {technique: frozenset(others - {technique}) for technique, others in together.items()},
    )


def cases(earlier: Seen, later: Seen) -> list[Case]:
    """Return the techniques that get a new companion, by identifier."""
    both = earlier.tactics.keys() & later.tactics.keys()
    found = []
    for technique in sorted(both):
        possible = both - {technique} - earlier.together.get(technique, frozenset())
        new = later.together.get(technique, frozenset()) & possible
        if new:
            found.append(Case(technique, frozenset(new), frozenset(possible)))
    return found


def scores(graph: Graph, version: str, case: Case, seen: Seen) -> dict[str, Scores]:
    """Return what each method and reference says of the case's technique in the earlier release."""
    about = OfObject(f"enterprise-attack@{version}", case.technique)
    methods = {name: related_by(graph, name, about) for name in METHODS}
    methods["most used"] = ranked([_by_use(other, users) for other, users in seen.users.items()])
    own = seen.tactics[case.technique]
    fused = {
        "all methods fused": FORESIGHT,
        **{f"fused without {name}": [each for each in FORESIGHT if each != name] for name in FORESIGHT},
        "fused with evidence": [*FORESIGHT, "evidence"],
        "fused with most used": [*FORESIGHT, "most used"],
        "actor and most used": ["actor", "most used"],
    }
    return {
        **{name: {row.technique_id: row.score for row in rows} for name, rows in methods.items()},
        **{name: _fused([methods[each] for each in members]) for name, members in fused.items()},
        "same tactic": {other: 1.0 for other, tactics in seen.tactics.items() if tactics & own},
        "any technique": dict.fromkeys(seen.tactics, 1.0),
    }


def _by_use(technique: str, users: int) -> Relation:
    return Relation("", technique, "", "most used", float(users), 0, (), None, low_support=False)


def _fused(rankings: Sequence[Sequence[RankedRelation]]) -> Scores:
    return {row.technique_id: row.fused_score for row in fuse(rankings)}


def hits(given: Scores, wanted: AbstractSet[str], among: AbstractSet[str]) -> float:
    """Return how many of `wanted` are in the best ten of `among`, on average over the orders of equal ones."""
    by_score: dict[float, list[str]] = defaultdict(list)
    for other, score in given.items():
        if other in among:
            by_score[score].append(other)
    found, room = 0.0, TOP
    for score in sorted(by_score, reverse=True):
        equal = by_score[score]
        taken = min(room, len(equal))
        found += taken * sum(other in wanted for other in equal) / len(equal)
        room -= taken
        if not room:
            break
    return found


def figures(measured: Sequence[tuple[Case, Mapping[str, Scores]]], method: str) -> Figures:
    """Return the figures of one method."""
    found = [hits(given[method], case.new, case.possible) for case, given in measured]
    return Figures(
        precision=fmean(found) / TOP,
        error=stdev(found) / TOP / len(found) ** 0.5,
        recall=fmean(each / len(case.new) for each, (case, _) in zip(found, measured, strict=True)),
        listed=fmean(min(TOP, len(case.possible & given[method].keys())) for case, given in measured),
        as_shown=fmean(
            hits(given[method], case.new, given[method].keys() - {case.technique}) for case, given in measured
        )
        / TOP,
    )


def _table(title: str, measured: Sequence[tuple[Case, Mapping[str, Scores]]]) -> Iterator[str]:
    pairs = sum(len(case.new) for case, _ in measured)
    yield f"{title}: {len(measured)} techniques, {pairs / len(measured):.1f} new companions each"
    yield "  method                       precision@10      recall@10  listed  per listed  precision@10 as shown"
    rows = {name: figures(measured, name) for name in measured[0][1]}
    for name, each in sorted(rows.items(), key=lambda item: -item[1].precision):
        precision = f"{each.precision:.3f} ± {each.error:.3f}"
        rest = f"{each.recall:.3f}      {each.listed:4.1f}    {each.per_listed:.3f}       {each.as_shown:.3f}"
        yield f"  {name:<28} {precision:<17} {rest}"

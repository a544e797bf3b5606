"""What a layer can show: coverage, an environment, gaps, what changed, what is related, what somebody uses."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.errors import NotFoundError, UsageError
from pages import words
from pages.answer_file import named_answers
from pages.answers import Live
from pages.layer import COLORS, Entry, NavigatorLayer, legend_of
from pages.prose import plain
from pages.requests import Request
from pages.single import days
from queries.answers import rollup
from queries.answers.choice import choose
from queries.answers.fusion import FusedRelation, related
from queries.answers.narrowing import Narrowing, wanted
from queries.answers.rollup import TechniqueTotalHere
from queries.ask import Asked, ask
from queries.params import Nothing, OfObject, OfRelease
from queries.questions.coverage.thin import USED
from queries.questions.coverage.totals import (
    BY_TECHNIQUE,
    PAIRS,
    ReleaseEvidence,
    TechniquesEvidence,
    TechniqueTotal,
)
from queries.questions.lookup.questions import NEIGHBORS, OBJECT, PLATFORMS
from queries.questions.releases.questions import CHANGED_OBJECTS, SETS, TwoReleasesOfTypes
from queries.questions.releases.roots import ROOTS

CHANGED = {
    "added": "#8fd19e",
    "content": "#ffe08a",
    "revoked": "#f4978e",
    "deprecated": "#cdb9f0",
}
"""What happened to a technique -> color; what was removed has no cell."""
RELATED = 50
"""Related techniques in a layer."""
FULL = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a layer is asked for.

    Attributes:
        what: a name of `KINDS`.
        of: what it is about: an id, an environment, two releases as `17.1..18.1`; None where it needs none.
        narrowing: which techniques and which platform.
        environment: the one that gaps are those of; None for the library.
        of_set: name or key of the one set whose evidence counts; None for all that are in use.
    """

    what: str
    of: str | None
    release: str
    narrowing: Narrowing
    environment: str | None = None
    of_set: str | None = None

    @property
    def told(self) -> str:
        """What narrows it, in words; "" for nothing."""
        only = f"set {self.of_set}" if self.of_set else ""
        return ", ".join(filter(None, (self.narrowing.told, only)))


def layer(graph: Asked, asked: Wanted) -> NavigatorLayer:
    """Return the layer that is asked for.

    Raises:
        UsageError: there is no such layer, or what it is about is not named.
        NotFoundError: what it is about is not loaded.
    """
    if asked.what not in KINDS:
        raise UsageError("not a layer", where=asked.what, todo=f"available: {', '.join(KINDS)}")
    source = Live(graph, days(graph))
    drawn = KINDS[asked.what](graph, source, asked)
    chosen = wanted(graph, drawn.release, asked.narrowing)
    entries = tuple(each for each in drawn.entries if chosen is None or each.technique_id in chosen)
    return NavigatorLayer(
        name=drawn.name,
        description=drawn.description,
        release=drawn.release,
        entries=entries,
        legend=drawn.legend,
        facts=(*drawn.facts, *_facts(graph, source, drawn.release, asked.told)),
        platforms=(asked.narrowing.platform,)
        if asked.narrowing.platform
        else _platforms(graph, drawn.release),
        top=drawn.top,
    )


def _facts(graph: Asked, source: Live, release: str, told: str) -> tuple[tuple[str, str], ...]:
    """Return release, sets and digests, which lead back from a layer to what it was made of."""
    loaded = ask(graph, ROOTS, Nothing())
    sets = ", ".join(each.set for each in ask(graph, SETS, Nothing()) if each.current)
    answers = named_answers(source.answers, loaded)
    return (
        ("release", release),
        ("sets in use", sets or "none"),
        *([("narrowed to", told)] if told else []),
        *((f"digest of `{each.answered.request.words}`", each.digest) for each in answers),
        ("made by", "Sightline"),
    )


def _platforms(graph: Asked, release: str) -> tuple[str, ...]:
    return tuple(row.platform for row in ask(graph, PLATFORMS, OfRelease(release)) if row.platform)


def _coverage(_: Asked, source: Live, asked: Wanted) -> NavigatorLayer:
    release, platform = asked.release, asked.narrowing.platform
    entries = _on_platform(source, asked, platform) if platform else _on_all(source, asked)
    return NavigatorLayer(
        name=f"Detection coverage, {words.domain_of(release)}",
        description=(
            "What anybody claims to detect. Score: percent of the platforms of a technique on which it is covered."
        ),
        release=release,
        entries=tuple(entries),
        legend=legend_of(state for each in entries for name, state in each.facts if name == "state"),
        facts=(),
    )


def _on_all(source: Live, asked: Wanted) -> list[Entry]:
    return [
        Entry(
            technique_id=row.technique_id,
            tactics=row.tactics,
            score=round(FULL * row.platforms_covered / row.platforms) if row.platforms else None,
            color=COLORS.get(row.state, ""),
            comment=f"{words.reading(row.state)}; {row.platforms_covered} of {row.platforms} platforms",
            facts=_counts(
                row.state, detect=row.detect, protect=row.protect, respond=row.respond, mitigate=row.mitigate
            ),
        )
        for row in _states(source, asked, asked.release)
    ]


def _counts(state: str, **counts: int) -> tuple[tuple[str, str], ...]:
    return (("state", state), *((name, str(number)) for name, number in counts.items()))


def _on_platform(source: Live, asked: Wanted, platform: str) -> list[Entry]:
    return [
        Entry(
            technique_id=row.technique_id,
            tactics=row.tactics,
            score=FULL if row.state == "covered" else 0,
            color=COLORS.get(row.state, ""),
            comment=f"{words.reading(row.state)} on {row.platform}",
            facts=_counts(row.state),
        )
        for row in source.ask(PAIRS, ReleaseEvidence(asked.release, set=asked.of_set))
        if (row.platform or "").casefold() == platform.casefold()
    ]


def _environment(_: Asked, source: Live, asked: Wanted) -> NavigatorLayer:
    environment = asked.of or asked.environment
    if environment is None:
        raise UsageError("needs an environment", where=asked.what, todo="pass --environment E")
    columns = _columns(source, asked, asked.release)
    entries = [
        Entry(
            technique_id=row.technique_id,
            tactics=columns.get(row.technique_id, ()),
            score=_share(row),
            color=COLORS.get(row.state, ""),
            comment=f"{words.reading(row.state)}{f', {row.level}' if row.level else ''}",
            facts=_counts(row.state, detect=row.detect, blind=row.blind, validated=row.validated),
            enabled=row.state != "not_applicable",
        )
        for row in _totals_here(source, asked, environment)
    ]
    return NavigatorLayer(
        name=f"Detection in {environment}, {words.domain_of(asked.release)}",
        description=(
            f"What does detect it in {environment}. Score: percent of the platforms run on which it is covered; "
            "what is not known or not run there has none."
        ),
        release=asked.release,
        entries=tuple(entries),
        legend=legend_of(state for each in entries for name, state in each.facts if name == "state"),
        facts=(("environment", environment),),
    )


def _totals_here(source: Live, asked: Wanted, environment: str) -> list[TechniqueTotalHere]:
    release, of_set = asked.release, asked.of_set
    only = {"of_set": of_set} if of_set else {}
    return source.work_out(
        Request("coverage", {"by": "technique", "environment": environment, "release": release, **only}),
        TechniqueTotalHere,
        lambda graph: rollup.by_technique(graph, release=release, environment=environment, of_set=of_set),
    )


def _share(row: TechniqueTotalHere) -> int | None:
    if row.state in {"unknown", "not_applicable"} or not row.platforms_run:
        return None
    return round(FULL * row.platforms_covered / row.platforms_run)


def _states(source: Live, asked: Wanted, release: str) -> list[TechniqueTotal]:
    return source.ask(BY_TECHNIQUE, TechniquesEvidence(release, set=asked.of_set))


def _columns(source: Live, asked: Wanted, release: str) -> dict[str, tuple[str, ...]]:
    """Return technique -> the short names of its tactics."""
    return {row.technique_id: row.tactics for row in _states(source, asked, release)}


def _gaps(graph: Asked, source: Live, asked: Wanted) -> NavigatorLayer:
    environment = asked.of or asked.environment
    whole = _environment(graph, source, asked) if environment else _coverage(graph, source, asked)
    used = {
        row.technique_id: row.groups + row.campaigns + row.software
        for row in source.ask(USED, OfRelease(asked.release))
    }
    entries = [
        Entry(
            technique_id=each.technique_id,
            tactics=each.tactics,
            score=used.get(each.technique_id, 0),
            color=each.color,
            comment=each.comment,
            facts=(*each.facts, ("known users", str(used.get(each.technique_id, 0)))),
        )
        for each in whole.entries
        if dict(each.facts)["state"] not in {"covered", "not_applicable"}
    ]
    return NavigatorLayer(
        name=f"Gaps{f' in {environment}' if environment else ''}, {words.domain_of(asked.release)}",
        description=(
            "Techniques that are not covered. Score: how many groups, campaigns and software are known to use one."
        ),
        release=asked.release,
        entries=tuple(entries),
        legend=legend_of(state for each in entries for name, state in each.facts if name == "state"),
        facts=whole.facts,
        top=max((each.score or 0 for each in entries), default=1),
    )


def _diff(graph: Asked, source: Live, asked: Wanted) -> NavigatorLayer:
    before, dots, after = (asked.of or "").partition("..")
    if not (before and dots and after):
        raise UsageError("needs two releases", where="diff", todo="pass diff=17.1..18.1")
    domain = asked.release.partition("@")[0]
    old, new = (choose(graph, each, domain=domain) for each in (before, after))
    columns = _columns(source, asked, new)
    rows = source.ask(CHANGED_OBJECTS, TwoReleasesOfTypes(old, new, ("Technique",)))
    gone = [row.attack_id for row in rows if row.attack_id and row.attack_id not in columns]
    entries = [
        Entry(
            technique_id=row.attack_id,
            tactics=columns[row.attack_id],
            score=None,
            color=CHANGED.get(row.change, ""),
            comment=f"{words.change(row.change)}: {', '.join(row.fields)}"
            if row.fields
            else words.change(row.change),
            facts=(("change", row.change),),
        )
        for row in rows
        if row.attack_id in columns
    ]
    return NavigatorLayer(
        name=f"What changed from {old} to {new}",
        description=(
            "Techniques that are new or say something else. "
            f"Without a cell in {new}: {', '.join(gone) or 'none'}."
        ),
        release=new,
        entries=tuple(entries),
        legend=tuple((words.change(name), color) for name, color in CHANGED.items()),
        facts=(("compared with", old),),
    )


def _related(_: Asked, source: Live, asked: Wanted) -> NavigatorLayer:
    about = OfObject(asked.release, _named(asked, "T1528"))
    rows = source.work_out(
        Request("related", {"ids": [about.attack_id], "limit": RELATED, "release": about.release}),
        FusedRelation,
        lambda graph: related(graph, about, limit=RELATED),
    )
    best = max((row.fused_score for row in rows), default=1)
    columns = _columns(source, asked, asked.release)
    reasons: dict[str, list[FusedRelation]] = {}
    for row in rows:
        reasons.setdefault(row.technique_id, []).append(row)
    entries = [
        Entry(
            technique_id=technique_id,
            tactics=columns.get(technique_id, ()),
            score=round(FULL * each[0].fused_score / best),
            color="",
            comment=f"rank {each[0].fused_rank} of all methods",
            facts=tuple((row.method, f"rank {row.rank}: {', '.join(row.shared_with[:5])}") for row in each),
        )
        for technique_id, each in reasons.items()
    ]
    return NavigatorLayer(
        name=f"Related to {about.attack_id}, {words.domain_of(asked.release)}",
        description=(
            f"The {RELATED} best related techniques. "
            "Score: percent of that of the best one, over all methods together."
        ),
        release=asked.release,
        entries=tuple(entries),
        legend=(("least related", "#f8c9c4"), ("most related", "#8fd19e")),
        facts=(("related to", about.attack_id),),
    )


def _used_by(_: Asked, source: Live, asked: Wanted) -> NavigatorLayer:
    about = OfObject(asked.release, _named(asked, "G0016"))
    objects = source.ask(OBJECT, about)
    if not objects:
        raise NotFoundError(
            f"no such object in {about.release}",
            where=about.attack_id,
            todo="find one with `sightline search TEXT`",
        )
    columns = {row.technique_id: row for row in _states(source, asked, about.release)}
    used = {
        row.attack_id: row.description or ""
        for row in source.ask(NEIGHBORS, about)
        if row.relationship == "USES"
        and row.direction == "out"
        and row.type == "Technique"
        and row.attack_id in columns
    }
    entries = [
        Entry(
            technique_id=technique_id,
            tactics=columns[technique_id].tactics,
            score=1,
            color=COLORS.get(columns[technique_id].state, ""),
            comment=plain(how),
            facts=_counts(columns[technique_id].state, detect=columns[technique_id].detect),
        )
        for technique_id, how in used.items()
    ]
    name = objects[0].name or about.attack_id
    return NavigatorLayer(
        name=f"Used by {name}, {words.domain_of(about.release)}",
        description=f"Techniques that {name} is known to use, colored by their coverage. Score 1 for each.",
        release=about.release,
        entries=tuple(entries),
        legend=legend_of(columns[technique_id].state for technique_id in used),
        facts=(("used by", f"{about.attack_id} {name}"),),
        top=1,
    )


def _named(asked: Wanted, example: str) -> str:
    if asked.of is None:
        raise UsageError("needs an id", where=asked.what, todo=f"pass {asked.what}={example}")
    return asked.of


Maker = Callable[[Asked, Live, Wanted], NavigatorLayer]
KINDS: Mapping[str, Maker] = {
    "coverage": _coverage,
    "environment": _environment,
    "gaps": _gaps,
    "diff": _diff,
    "related": _related,
    "used-by": _used_by,
}
"""Name -> what makes the layer."""

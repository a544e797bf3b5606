"""`plan telemetry`: which log sources to collect next, and what is lost if one stops."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, Rows, Scope, rows_of
from cli.asking import open_graph
from cli.environments import known, tell_platforms
from cli.narrowed import narrowing
from graph.errors import NotFoundError, UsageError
from graph.extras import to_install
from graph.holding.environments import SEEING
from graph.spelling import nearest
from queries.answers.choice import choose
from queries.answers.plan import exact
from queries.answers.plan.telemetry import Goal, Loss, Plan, Step, losses, plan, steps
from queries.answers.plan.ways import Ways, among, seen_with, ways_to_see
from queries.ask import ask
from queries.questions.coverage import visibility as q

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph

SECONDS = 10.0
"""How long the solver may take, if nothing else is asked for."""
EXAMPLES = 5
"""Techniques of a step that a table names."""


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as people read it: a few of its techniques."""

    release: str
    environment: str | None
    step: int
    log_source: str
    gained: int
    visible_after: int
    techniques: str


def telemetry(
    context: typer.Context,
    *,
    gain: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="The fewest log sources for N more visible techniques."),
    ] = None,
    sources: Annotated[
        int | None, typer.Option(metavar="K", min=1, help="The K log sources for most visible techniques.")
    ] = None,
    without: Annotated[
        str | None,
        typer.Option(
            metavar="SOURCE", help="Show what is lost if this one stops; with a goal, plan without it."
        ),
    ] = None,
    exact: Annotated[
        float,
        typer.Option(metavar="SECONDS", min=0, help="Time to search for the optimum; 0 skips the search."),
    ] = SECONDS,
    environment: options.Environment = None,
    tactic: options.Tactic = None,
    platform: options.Platform = None,
    used_by: options.UsedBy = None,
    techniques: options.Techniques = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Choose the log sources to collect next, or show what is lost if one stops.

    A technique is visible when every log source of one of its analytics, for a platform that you run, is
    collected. Without --environment nothing is collected yet, and every platform counts.
    """
    goal = _goal(gain, sources, without, environment)
    narrowed = narrowing(tactic, platform, used_by, techniques)
    session = options.session_of(context)
    with open_graph(session) as graph:
        key = choose(graph, release, domain=domain)
        here = environment and known(graph, environment)
        if here:
            tell_platforms(graph, session, here, key)
        needs = among(graph, _needs(graph, key, here), key, narrowed)
        stopped = without and _log_source(graph, without, here, needs, collected_only=goal == Goal())
        if here and stopped and goal == Goal():
            return _losses(graph, needs, key, here, stopped)
    return _planned(
        session, needs, goal, without=stopped, seconds=exact, scope=Scope(release=key, environment=here)
    )


def _goal(gain: int | None, sources: int | None, without: str | None, environment: str | None) -> Goal:
    if gain is not None and sources is not None:
        raise UsageError("--gain and --sources exclude each other", todo="choose one")
    if gain is None and sources is None:
        if without is None:
            raise UsageError("no goal", todo="pass --gain N, --sources K or --without SOURCE")
        if environment is None:
            raise UsageError("--without needs an environment", todo="pass --environment")
    return Goal(gain, sources)


def _needs(graph: "Graph", release: str, environment: str | None) -> list[q.AnalyticNeeds]:
    return ask(graph, q.VISIBILITY_NEEDS, q.NeedsOf(release, environment))


def _log_source(
    graph: "Graph",
    name: str,
    environment: str | None,
    needs: Sequence[q.AnalyticNeeds],
    *,
    collected_only: bool,
) -> str:
    """Return the canonical name of the log source that goes by `name`.

    Raises:
        NotFoundError: none does that is collected, or that an analytic reads; the nearest ones are named.
    """
    names = _names_of_declared(graph, environment, collected_only=collected_only)
    if not collected_only:
        names |= {source.casefold(): source for each in needs for source in each.log_sources}
    wanted = " ".join(name.split()).casefold()
    if wanted in names:
        return names[wanted]
    near = dict.fromkeys(names[each] for each in nearest(wanted, names))
    todo = f"did you mean {' or '.join(near)}?" if near else f"{len(set(names.values()))} others are known"
    what = f"not collected in {environment}" if collected_only else "no analytic reads it"
    raise NotFoundError(what, where=name, todo=todo)


def _names_of_declared(graph: "Graph", environment: str | None, *, collected_only: bool) -> dict[str, str]:
    """Return every name, folded, of the log sources that the environment declares -> the canonical one."""
    if environment is None:
        return {}
    declared: list[q.DeclaredLogSource] = ask(graph, q.DECLARED_LOG_SOURCES, q.OfEnvironment(environment))
    return {
        name.casefold(): each.log_source
        for each in declared
        if not collected_only or each.status in SEEING
        for name in (each.log_source, *each.names)
    }


def _losses(
    graph: "Graph", needs: Sequence[q.AnalyticNeeds], release: str, environment: str, log_source: str
) -> Answer:
    blinded = ask(graph, q.BLIND_WITHOUT, q.WithoutLogSource(release, environment, log_source))
    return rows_of(
        Loss,
        losses(release, environment, log_source, needs=needs, blinded=blinded),
        scope=Scope(release=release, environment=environment),
        looked_at=f"what {environment} loses in {release} if {log_source} stops",
        spare=("detections_left",),
    )


def _planned(
    session: "Session",
    needs: Sequence[q.AnalyticNeeds],
    goal: Goal,
    *,
    without: str | None,
    seconds: float,
    scope: Scope,
) -> Answer:
    if not needs:
        return _rows(
            [], scope, f"{scope.release}, whose analytics name no log source on a platform that is run"
        )
    ways = ways_to_see(needs, without=without)
    if seconds and not exact.installed():
        session.say(f"this is the greedy plan: the exact optimum needs HiGHS; {to_install('plan')}")
        seconds = 0.0
    found = plan(ways, goal, seconds=seconds)
    session.say(_verdict(ways, goal, found))
    return _rows(steps(needs, found, without=without), scope, f"{len(ways)} techniques that are not visible")


def _rows(steps: Sequence[Step], scope: Scope, looked_at: str) -> Rows:
    lines = rows_of(StepLine, [_line(step) for step in steps], scope=scope)
    return replace(rows_of(Step, steps, scope=scope, looked_at=looked_at), table=lines)


def _line(step: Step) -> StepLine:
    named = ", ".join(step.techniques[:EXAMPLES])
    more = len(step.techniques) - EXAMPLES
    techniques = f"{named} and {more} more" if more > 0 else named
    return StepLine(
        step.release,
        step.environment,
        step.step,
        step.log_source,
        step.gained,
        step.visible_after,
        techniques,
    )


def _verdict(ways: Ways, goal: Goal, found: Plan) -> str:
    """Return how good the plan is, as a sentence."""
    count = len(found.log_sources)
    gained = len(seen_with(ways, frozenset(found.log_sources)))
    these = f"these {_sources(count)} make" if count != 1 else "this log source makes"
    what = f"{these} {gained} more of {len(ways)} techniques visible"
    if found.optimal:
        return f"{what}; no plan is better"
    if goal.gain is not None:
        return f"{what}; at least {_sources(found.bound)} are needed, fewer than {count} may be enough"
    return f"{what}; no choice of {goal.sources} can exceed {found.bound}"


def _sources(count: int) -> str:
    return f"{count} log source{'' if count == 1 else 's'}"

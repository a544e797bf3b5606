"""`plan rules`: what to switch on, feed, adapt or write next in an environment."""

from dataclasses import replace
from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, Scope, only, rows_of
from cli.asking import open_graph
from cli.environments import known, tell_platforms
from cli.environments import only as only_environment
from cli.naming import known_set
from cli.narrowed import narrowing
from queries.answers.choice import choose
from queries.answers.plan.rules import COLLECT, RulesGoal, RuleStep, open_techniques, rule_steps

TECHNIQUES = 10
EACH = 3
SPARE = ("collected", "evidence_id", "near", "enabled", "level", "status", "set", "technique", "log_sources")
SHOWN = (
    "release",
    "environment",
    "technique_id",
    "technique",
    "users",
    "step",
    "title",
    "status",
    "log_sources",
    "set",
    "evidence_id",
)
"""What a table for people has; the other formats have it all."""
NAMED = 2
"""Log sources of a rule that a table names."""


def rules(
    context: typer.Context,
    *,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="The N most used techniques.")] = TECHNIQUES,
    each: Annotated[
        int, typer.Option("--each", metavar="N", min=1, help="At most N rules for each of them.")
    ] = EACH,
    environment: options.Environment = None,
    of_set: options.OfSet = None,
    tactic: options.Tactic = None,
    platform: options.Platform = None,
    used_by: options.UsedBy = None,
    techniques: options.Techniques = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Choose the rules to switch on, feed, adapt or write next, by known use.

    For techniques that are visible or enabled_blind in the environment. The step is enable (the rule claims the
    technique, and what it reads is collected), collect (it is not), adapt (a rule of the family, or on a log
    that shows the technique) or write (no rule comes near).
    """
    session = options.session_of(context)
    narrowed = narrowing(tactic, platform, used_by, techniques)
    with open_graph(session) as graph:
        key = choose(graph, release, domain=domain)
        here = known(graph, environment) if environment else only_environment(graph, session)
        goal = RulesGoal(limit, each, known_set(graph, of_set))
        tell_platforms(graph, session, here, key)
        found = open_techniques(graph, key, here, narrowed)
        steps = rule_steps(graph, found, goal)
    if len(found) > limit:
        session.say(f"{limit} of {len(found)} techniques without a working rule; --limit shows more")
    scope = Scope(release=key, environment=here, of=len(found))
    looked_at = f"techniques of {here} in {key} that are visible or enabled_blind"
    answer = rows_of(RuleStep, steps, scope=scope, looked_at=looked_at, spare=SPARE)
    short = [replace(step, log_sources=_named(step)) for step in steps]
    return replace(answer, table=only(rows_of(RuleStep, short, scope=scope, spare=SPARE), SHOWN))


def _named(step: RuleStep) -> tuple[str, ...]:
    """Return a few of the log sources: those to collect where that is the step, else those that are."""
    names = step.collected if step.step != COLLECT and step.collected else step.log_sources
    more = len(names) - NAMED
    return (*names[:NAMED], f"{more} more") if more > 0 else names

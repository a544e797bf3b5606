"""`why`: what is missing first on the way to a detection."""

from dataclasses import replace
from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, Scope, rows_of
from cli.asking import open_graph
from cli.environments import known, only, tell_platforms
from cli.naming import of_known_platform, technique_id
from cli.replaced import say_what_it_is_now, say_what_waits
from queries.answers.choice import choose
from queries.ask import ask
from queries.questions.coverage.environment import WHY, OneTechniqueHere

WAYS = 5
"""Ways to close a gap that a table lists; the other formats have all of them."""


def why(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="ID", help="A technique, such as T1528.")],
    *,
    environment: options.Environment = None,
    platform: options.Platform = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Explain why a technique is not covered: the first missing step.

    The way, on each platform that the environment runs: guidance, log source known, collected, rule exists,
    enabled, validated. `would_close` names what to collect, enable or test.
    """
    attack_id = technique_id(what, "why")
    session = options.session_of(context)
    with open_graph(session) as graph:
        key = choose(graph, release, attack_id=attack_id, domain=domain)
        environment = known(graph, environment) if environment else only(graph, session)
        say_what_it_is_now(graph, session, attack_id, key)
        say_what_waits(graph, session, attack_id, key)
        every = ask(graph, WHY, OneTechniqueHere(key, environment, attack_id))
        tell_platforms(graph, session, environment, key)
        rows = of_known_platform(graph, every, platform, [key])
    answer = rows_of(
        WHY.row,
        rows,
        scope=Scope(release=key, environment=environment, platforms=(platform,) if platform else ()),
        looked_at=f"{attack_id} on the platforms that {environment} runs, in {key}",
        spare=("validated", "enabled", "rule_exists", "collected", "log_source_known", "guidance"),
    )
    short = [replace(row, would_close=_first(row.would_close)) for row in rows]
    return replace(answer, table=rows_of(WHY.row, short, scope=answer.scope, spare=answer.spare))


def _first(ways: tuple[str, ...]) -> tuple[str, ...]:
    """Return the cheapest ways and how many more there are: a popular technique has hundreds of rules."""
    more = len(ways) - WAYS
    return (*ways[:WAYS], f"and {more} more") if more > 0 else ways

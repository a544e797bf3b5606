"""`why` and `conflicts`: what is missing on the way to a detection, and who contradicts whom."""

from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, Scope, rows_of
from cli.asking import open_graph
from cli.environments import known, only
from cli.naming import of_known_platform, technique_id
from graph.errors import UsageError


def why(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="ID", help="A technique, such as T1528.")],
    *,
    environment: options.Environment = None,
    platform: options.Platform = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Say what is missing first on the way to a detection in your environment.

    The way, on each platform that the environment runs: guidance, log source known, collected, rule exists,
    enabled, validated. `would_close` names what to collect, enable or test.
    """
    from queries.answers.choice import choose
    from queries.ask import ask
    from queries.questions.coverage.environment import WHY, OneTechniqueHere

    attack_id = technique_id(what, "why")
    session = options.session_of(context)
    with open_graph(session) as graph:
        key = choose(graph, release, attack_id=attack_id, domain=domain)
        environment = known(graph, environment) if environment else only(graph, session)
        every = ask(graph, WHY, OneTechniqueHere(key, environment, attack_id))
        rows = of_known_platform(graph, every, platform, [key])
    return rows_of(
        WHY.row,
        rows,
        scope=Scope(release=key, environment=environment, platforms=(platform,) if platform else ()),
        looked_at=f"{attack_id} on the platforms that {environment} runs, in {key}",
        spare=("validated", "enabled", "rule_exists", "collected", "log_source_known", "guidance"),
    )


def conflicts(
    context: typer.Context,
    what: Annotated[
        str | None, typer.Argument(metavar="ID", help="A technique or another ATT&CK id; all if left out.")
    ] = None,
    *,
    limit: options.Limit = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """List statements that contradict each other, both sides with the place where each stands.

    What only one side speaks of (unsupported, unknown-product) is listed after them, and marked as no
    contradiction. None is judged.
    """
    from graph.identifiers import official
    from queries.answers.choice import choose
    from queries.answers.conflicts import Conflict, conflicts

    attack_id = official(what) if what is not None else None
    if what is not None and attack_id is None:
        raise UsageError("is no ATT&CK id", where=what, todo="give one such as T1528 or AN0496")
    with open_graph(options.session_of(context)) as graph:
        key = choose(graph, release, attack_id=attack_id, domain=domain)
        rows = conflicts(graph, release=key, attack_id=attack_id)
    return rows_of(
        Conflict,
        rows[:limit],
        scope=Scope(release=key, of=len(rows)),
        looked_at=f"the statements of {key} about {attack_id or 'everything'}",
        spare=("origin", "other"),
    )

"""`conflicts`: who contradicts whom."""

from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, Scope, rows_of
from cli.asking import open_graph
from cli.naming import known_set
from graph.errors import UsageError
from graph.identifiers import official
from queries.answers import conflicts as q
from queries.answers.choice import choose


def conflicts(
    context: typer.Context,
    what: Annotated[
        str | None, typer.Argument(metavar="ID", help="A technique or another ATT&CK id; all if left out.")
    ] = None,
    *,
    of_set: options.OfSet = None,
    limit: options.Limit = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """List statements that contradict each other, each with its origin.

    What only one side states (unsupported, unknown-product), and tactic tags that another release explains,
    are listed after them, and not marked as contradictions. None is judged.
    """
    attack_id = official(what) if what is not None else None
    if what is not None and attack_id is None:
        raise UsageError("is not an ATT&CK id", where=what, todo="give one such as T1528 or AN0496")
    with open_graph(options.session_of(context)) as graph:
        key = choose(graph, release, attack_id=attack_id, domain=domain)
        of = known_set(graph, of_set)
        rows = q.conflicts(graph, release=key, attack_id=attack_id, of_set=of)
    return rows_of(
        q.Conflict,
        rows[:limit],
        scope=Scope(release=key, of=len(rows)),
        looked_at=f"the statements of {key} about {attack_id or 'everything'}{f' in {of_set}' if of_set else ''}",
        spare=("origin", "other"),
    )

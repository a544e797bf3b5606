"""`remove ...`: a release or a set out of the graph, in one transaction."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli import completing, options
from cli.asking import open_graph
from graph.errors import NotFoundError, UsageError
from graph.holding.annotations import ANNOTATIONS
from graph.holding.environments import ENVIRONMENT
from graph.holding.lookup import held_keys
from graph.holding.sets import EVIDENCE
from graph.spelling import did_you_mean
from queries.answers.choice import choose

if TYPE_CHECKING:
    from graph.server.connection import Graph


class Holding(StrEnum):
    """What can be taken out by its key."""

    EVIDENCE = "evidence"
    ENVIRONMENT = "environment"
    ANNOTATIONS = "annotations"


_KINDS = {
    Holding.EVIDENCE: EVIDENCE,
    Holding.ENVIRONMENT: ENVIRONMENT,
    Holding.ANNOTATIONS: ANNOTATIONS,
}


def release(
    context: typer.Context,
    release: Annotated[
        str,
        typer.Argument(
            metavar="R",
            autocompletion=completing.releases,
            help="18.1 (enterprise) or ics-attack@18.1.",
        ),
    ],
    *,
    yes: options.Yes = False,
    wait: options.Wait = options.WAIT,
) -> None:
    """Remove a release in one transaction; evidence stays and resolves against the others."""
    from graph.holding.publish import remove
    from graph.holding.releases import RELEASE

    session = options.session_of(context)
    with open_graph(session) as graph:
        key = choose(graph, release)
        if session.confirm(f"Remove {key}?", yes=yes):
            remove(graph, RELEASE, key, wait=wait)
            session.say(f"removed {key}")
        else:
            session.say("nothing removed")


def set_(
    context: typer.Context,
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY",
            autocompletion=completing.removable,
            help="Key of a set (sigmahq@r2026-04-01), an environment or annotations.",
        ),
    ],
    *,
    kind: Annotated[
        Holding | None,
        typer.Option(metavar="KIND", help="evidence, environment or annotations, if KEY names several."),
    ] = None,
    yes: options.Yes = False,
    wait: options.Wait = options.WAIT,
) -> None:
    """Remove an evidence set, an environment or an annotations file in one transaction."""
    from graph.holding.publish import remove

    session = options.session_of(context)
    with open_graph(session) as graph:
        held = _held(graph, key, kind)
        if session.confirm(f"Remove {held} {key}?", yes=yes):
            remove(graph, _KINDS[held], key, wait=wait)
            session.say(f"removed {held} {key}")
        else:
            session.say("nothing removed")


def _held(graph: "Graph", key: str, kind: Holding | None) -> Holding:
    """Return what `key` names."""
    names = _names(graph)
    found = [holding for holding, keys in names.items() if key in keys and kind in (None, holding)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"names {' and '.join(found)}", where=key, todo="pass --kind")
    every = sorted({name for keys in names.values() for name in keys})
    listed = "`sets`, `environments` and `annotations` list what is loaded"
    todo = did_you_mean(key, every, otherwise=listed)
    raise NotFoundError(f"no such {kind or 'set'} is loaded", where=key, todo=todo)


def _names(graph: "Graph") -> dict[Holding, list[str]]:
    return {holding: held_keys(graph, kind.label) for holding, kind in _KINDS.items()}

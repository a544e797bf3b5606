"""`remove ...`: a release or a set out of the graph, in one transaction."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.asking import open_graph
from graph.errors import NotFoundError, UsageError
from graph.spelling import did_you_mean

if TYPE_CHECKING:
    from graph.server.connection import Graph


class Holding(StrEnum):
    """What can be taken out by its key."""

    EVIDENCE = "evidence"
    ENVIRONMENT = "environment"
    ANNOTATIONS = "annotations"


def release(
    context: typer.Context,
    release: Annotated[str, typer.Argument(metavar="R", help="Its key, such as enterprise-attack@18.1.")],
    *,
    yes: options.Yes = False,
    wait: options.Wait = options.WAIT,
) -> None:
    """Remove a release in one transaction; evidence stays and resolves against the others."""
    from loaders.formats.attack import load as attack

    session = options.session_of(context)
    with open_graph(session) as graph:
        if session.confirm(f"Remove {release}?", yes=yes):
            attack.remove_release(graph, release, wait=wait)
            session.say(f"removed {release}")
        else:
            session.say("nothing removed")


def set_(
    context: typer.Context,
    key: Annotated[
        str,
        typer.Argument(
            metavar="KEY", help="Key of a set (sigmahq@r2026-04-01), an environment or annotations."
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
    session = options.session_of(context)
    with open_graph(session) as graph:
        held = _held(graph, key, kind)
        if session.confirm(f"Remove {held} {key}?", yes=yes):
            _remover(held)(graph, key, wait=wait)
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


def _names(graph: "Graph") -> dict[Holding, set[str]]:
    from graph.holding.environments import loaded_environments
    from graph.holding.lookup import annotations_by_set
    from graph.holding.sets import loaded_sets

    return {
        Holding.EVIDENCE: {each.key for each in loaded_sets(graph)},
        Holding.ENVIRONMENT: {each.key for each in loaded_environments(graph)},
        Holding.ANNOTATIONS: set(annotations_by_set(graph)),
    }


def _remover(held: Holding) -> Callable[..., None]:
    from loaders.evidence.load import remove_set
    from loaders.formats.annotations import remove_annotations
    from loaders.formats.environment import remove_environment

    return {
        Holding.EVIDENCE: remove_set,
        Holding.ENVIRONMENT: remove_environment,
        Holding.ANNOTATIONS: remove_annotations,
    }[held]

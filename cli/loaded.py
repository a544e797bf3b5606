"""What is loaded, and taking it out: `releases`, `sets`, `remove`."""

from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, rows_of
from cli.asking import open_graph


def releases(context: typer.Context) -> Answer:
    """List the loaded ATT&CK releases, with their sizes and hashes."""
    from queries.given import Nothing
    from queries.releases.questions import LOADED
    from queries.run import ask

    with open_graph(options.session_of(context)) as graph:
        rows = ask(graph, LOADED, Nothing())
    return rows_of(
        LOADED.row, rows, looked_at="the whole graph; `sightline load attack FILE` brings a release"
    )


def sets(context: typer.Context) -> Answer:
    """List the loaded sets of rules, detections and mappings, and which ones count."""
    from queries.given import Nothing
    from queries.releases.questions import SETS
    from queries.run import ask

    with open_graph(options.session_of(context)) as graph:
        rows = ask(graph, SETS, Nothing())
    return rows_of(
        SETS.row, rows, looked_at="the whole graph; `sightline load --help` says how to bring evidence"
    )


def remove_release(
    context: typer.Context,
    release: Annotated[str, typer.Argument(metavar="R", help="Its key, such as enterprise-attack@18.1.")],
    *,
    yes: options.Yes = False,
    wait: options.Wait = options.WAIT,
) -> None:
    """Take a release out, in one transaction; evidence stays and resolves against the others."""
    from loaders.attack import release as attack

    session = options.session_of(context)
    with open_graph(session) as graph:
        if session.confirm(f"Remove {release}?", yes=yes):
            attack.remove_release(graph, release, wait=wait)
            session.say(f"removed {release}")
        else:
            session.say("nothing removed")

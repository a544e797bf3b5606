"""`export`: pages, layers and pictures that people hand on."""

from pathlib import Path
from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, Text
from cli.asking import open_graph
from graph.errors import UsageError


def page(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="ID", help="An ATT&CK id, such as T1528.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where to write it; if left out, ID.html."),
    ] = None,
    environment: options.Environment = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Write the page of one object as one HTML file that needs nothing else.

    It carries the answers that it was made of, makes no request, and reads with scripts off.
    """
    from cli.environments import known
    from graph.identifiers import official
    from pages.single import page_file
    from queries.answers.choice import choose

    attack_id = official(what)
    if attack_id is None:
        raise UsageError("not an ATT&CK id", where=what, todo="pass one such as T1528 or AN0496")
    session = options.session_of(context)
    with open_graph(session) as graph:
        key = choose(graph, release, attack_id=attack_id, domain=domain)
        here = known(graph, environment) if environment else None
        text = page_file(graph, key, attack_id, here)
    path = output or Path(f"{attack_id}.html")
    path.write_text(text, "utf-8")
    return Text(f"{path}\n")

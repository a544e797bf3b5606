"""`export`: pages, layers and pictures that people hand on."""

from pathlib import Path
from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, Text
from cli.asking import open_graph
from cli.environments import known
from cli.files import put
from cli.naming import file_name, known_set
from graph.errors import NotFoundError
from graph.identifiers import official
from pages.single import page_file, subject_of
from queries.answers.choice import choose


def page(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An ATT&CK id, a rule's UUID, a set's key, a log source, an environment."
        ),
    ],
    *,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Where to write it; if left out, ID.html."),
    ] = None,
    environment: options.Environment = None,
    of_set: options.OfSet = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Write the page of one object as one HTML file that needs nothing else.

    It carries the answers that it was made of, makes no request, and reads with scripts off.
    """
    session = options.session_of(context)
    attack_id = official(what)
    with open_graph(session) as graph:
        key = choose(graph, release, attack_id=attack_id, domain=domain)
        here = known(graph, environment) if environment else None
        of = known_set(graph, of_set)
        subject = subject_of(graph, key, attack_id or what, here, of)
        if subject is None:
            raise NotFoundError(
                f"nothing with a page in {key} has this name",
                where=what,
                todo="`sightline search TEXT` finds objects by name",
            )
        text = page_file(graph, subject)
    path = output or Path(f"{file_name(subject.identifier)}.html")
    put(path, text.encode())
    return Text(f"{path}\n")

"""`export matrix`: the matrix with the state of every technique."""

from pathlib import Path
from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, Text
from cli.asking import open_graph
from cli.environments import known
from cli.files import put
from cli.naming import known_set
from cli.narrowed import narrowing
from pages.matrix import matrix_page, matrix_picture
from pages.page import MATRIX, PageSubject
from pages.well_formed import check
from queries.answers.choice import choose


def matrix_(
    context: typer.Context,
    *,
    output: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FILE", help="FILE.html for a page, FILE.svg for a picture."),
    ] = Path("matrix.html"),
    environment: options.Environment = None,
    of_set: options.OfSet = None,
    tactic: options.Tactic = None,
    platform: options.Platform = None,
    used_by: options.UsedBy = None,
    techniques: options.Techniques = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Write the matrix with the state of every technique, as a page or as a picture."""
    narrow = narrowing(tactic, platform, used_by, techniques)
    with open_graph(options.session_of(context)) as graph:
        key = choose(graph, release, domain=domain)
        here = known(graph, environment) if environment else None
        of = known_set(graph, of_set)
        drawn = matrix_picture if output.suffix.lower() == ".svg" else matrix_page
        text = drawn(graph, PageSubject(MATRIX, key, key, here, of), narrow)
    check(text, str(output))
    put(output, text.encode())
    return Text(f"{output}\n")

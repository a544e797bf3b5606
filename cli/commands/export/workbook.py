"""`export workbook`: coverage as a workbook."""

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
from pages.page import WORKBOOK, PageSubject
from pages.workbook import workbook
from queries.answers.choice import choose


def workbook_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it, such as coverage.xlsx.")],
    *,
    environment: options.Environment = None,
    of_set: options.OfSet = None,
    tactic: options.Tactic = None,
    platform: options.Platform = None,
    used_by: options.UsedBy = None,
    techniques: options.Techniques = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Write a workbook: by tactic, by technique, evidence, gaps, sets, and what they rest on.

    Needs the extra `workbook`. Texts stay texts: none becomes a formula.
    """
    narrow = narrowing(tactic, platform, used_by, techniques)
    with open_graph(options.session_of(context)) as graph:
        key = choose(graph, release, domain=domain)
        here = known(graph, environment) if environment else None
        of = known_set(graph, of_set)
        content = workbook(graph, PageSubject(WORKBOOK, key, key, here, of), narrow)
    put(file, content)
    return Text(f"{file}\n")

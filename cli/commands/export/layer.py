"""`export layer`: answers as layers of the ATT&CK Navigator."""

from pathlib import Path
from typing import Annotated

import orjson
import typer

from cli import options
from cli.answer import Answer, Text
from cli.asking import open_graph
from cli.environments import known
from cli.files import put
from cli.naming import known_set
from cli.narrowed import narrowing
from graph.errors import IntegrityError
from pages.layer import together
from pages.layer_kinds import Wanted, layer
from pages.layer_rules import flaws
from queries.answers.choice import choose


def layer_(
    context: typer.Context,
    what: Annotated[
        list[str],
        typer.Argument(
            metavar="WHAT",
            help="coverage, environment, gaps, diff=17.1..18.1, related=T1528, used-by=G0016; one or several.",
        ),
    ],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="Where to write it.")] = Path(
        "layer.json"
    ),
    environment: options.Environment = None,
    of_set: options.OfSet = None,
    tactic: options.Tactic = None,
    platform: options.Platform = None,
    used_by: options.UsedBy = None,
    techniques: options.Techniques = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Write layers for the ATT&CK Navigator, format 4.5.

    Several at once are one file with a list, which the Navigator opens side by side.
    """
    session = options.session_of(context)
    narrow = narrowing(tactic, platform, used_by, techniques)
    with open_graph(session) as graph:
        key = choose(graph, release, domain=domain)
        here = known(graph, environment) if environment else None
        of = known_set(graph, of_set)
        pairs = [(name, about or None) for name, _, about in (each.partition("=") for each in what)]
        made = [layer(graph, Wanted(name, about, key, narrow, here, of)) for name, about in pairs]
    document = together(made)
    found = next(flaws(document), None)
    if found:
        raise IntegrityError(
            "the layer breaks the rules of its format",
            where=found,
            todo="nothing was written: please report it",
        )
    put(output, orjson.dumps(document, option=orjson.OPT_INDENT_2) + b"\n")
    return Text(f"{output}\n")

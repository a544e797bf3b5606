"""`export site`: the pages of a release as a folder."""

from pathlib import Path
from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, Text
from cli.asking import open_graph
from cli.environments import known
from cli.folders import put_folder, refuse_others
from cli.naming import known_set
from cli.narrowed import narrowing
from cli.progress import pages_made
from pages.site.making import Wanted, site
from queries.answers.choice import choose


def site_(
    context: typer.Context,
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A new or an empty folder, or a site that was written before."),
    ],
    *,
    rules: Annotated[
        bool, typer.Option("--rules", help="With a page for each rule of the sets in use.")
    ] = False,
    environment: options.Environment = None,
    of_set: options.OfSet = None,
    tactic: options.Tactic = None,
    platform: options.Platform = None,
    used_by: options.UsedBy = None,
    techniques: options.Techniques = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Write the pages of a release as a folder that any static host, or a browser alone, shows.

    The answers of its pages are beside them; --tactic, --used-by and --techniques leave out the pages of other
    techniques, and --platform states the matrix and the gaps for that platform.
    """
    session = options.session_of(context)
    narrow = narrowing(tactic, platform, used_by, techniques)
    refuse_others(folder)
    with open_graph(session) as graph, pages_made(session) as tell:
        key = choose(graph, release, domain=domain)
        here = known(graph, environment) if environment else None
        of = known_set(graph, of_set)
        files = site(graph, Wanted(key, here, narrow, rules=rules, of_set=of), tell)
        number = put_folder(folder, ((each.path, each.content) for each in files))
    session.say(f"{key}: {number:,} files")
    return Text(f"{folder / 'index.html'}\n")

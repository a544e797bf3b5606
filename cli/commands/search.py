"""`search`: objects, evidence, log sources and annotations by their text."""

from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, Scope, rows_of
from cli.asking import open_graph
from graph.errors import UsageError
from queries.answers.choice import choose
from queries.ask import ask
from queries.questions.lookup.plain import lucene
from queries.questions.lookup.questions import SEARCH, SearchText

HITS = 25


def search(
    context: typer.Context,
    text: Annotated[
        list[str], typer.Argument(metavar="TEXT", help='Words; "a phrase", prefix* and fuzzy~ work.')
    ],
    *,
    limit: options.Limit = HITS,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Find objects, evidence, log sources and annotations by their text.

    What is called exactly that comes first, then log sources with these words in their names. Official objects are
    those of one release; evidence and log sources are found whatever the release. Other characters have no meaning:
    azure:signinlogs is one word.
    """
    written = " ".join(text)
    words = lucene(written)
    if not words:
        raise UsageError("no words to look for", todo="give some, such as application access token")
    with open_graph(options.session_of(context)) as graph:
        key = choose(graph, release, domain=domain)
        rows = ask(graph, SEARCH, SearchText(key, words, limit or HITS, written.strip().strip('"')))
    return rows_of(
        SEARCH.row,
        rows,
        scope=Scope(release=key),
        looked_at=f"the texts of {key} and all evidence",
        spare=("live", "score", "release"),
    )

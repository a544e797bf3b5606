"""`query`: one built-in question, asked."""

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Annotated

import typer

from cli import completing, options
from cli.answer import Answer, Scope, Text, rows_of
from cli.asking import open_graph
from cli.environments import known
from cli.given import named_texts
from cli.links import link_to
from graph.errors import UsageError
from queries.answers.choice import choose
from queries.ask import ask
from queries.catalog import AnyQuestion, named

if TYPE_CHECKING:
    from graph.server.connection import Graph

RELEASES = frozenset({"release", "before", "after"})
"""The parameters whose value is the key of a loaded release."""


def query(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            autocompletion=completing.questions,
            help="As `sightline queries` lists it.",
        ),
    ],
    *,
    param: Annotated[
        list[str] | None,
        typer.Option(metavar="K=V", help="A parameter; commas separate the members of a list."),
    ] = None,
    link: options.Link = False,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Run one built-in query.

    A parameter called release is the newest loaded release, if neither --release nor --param names one; before
    and after are releases too, and 18.1 is enough of a name for each.
    """
    from queries.parameters import parameters  # the one that imports pydantic

    question = named(name)
    texts = named_texts(param or [])
    with open_graph(options.session_of(context)) as graph:
        texts = _as_loaded(graph, question, texts, release, domain)
        params = parameters(question, texts)
        if link:
            return Text(f"{link_to(graph.target, question, params)}\n")
        rows = ask(graph, question, params)
    scope = Scope(release=texts.get("release"))
    return rows_of(
        question.row, rows, scope=scope, looked_at=f"{question.name} with {texts or 'no parameters'}"
    )


def _as_loaded(
    graph: "Graph", question: AnyQuestion, texts: Mapping[str, str], release: str | None, domain: str | None
) -> dict[str, str]:
    """Return the parameters with releases and environments by the keys that are loaded, a left out release added.

    The text of a question takes any key, and one that is not loaded would look like an answer without rows.

    Raises:
        UsageError: the question has no use for `release` or `domain`, or `texts` name a release as well.
        NotFoundError: no such release or environment is loaded.
    """
    takes = {field.name for field in fields(question.params)}
    if release and "release" not in takes:
        raise UsageError("takes no release", where=question.name, todo="drop --release")
    if domain and not takes & RELEASES:
        raise UsageError("takes no release", where=question.name, todo="drop --domain")
    if release and "release" in texts:
        raise UsageError("--release and --param release= exclude each other", todo="choose one")
    found = dict(texts)
    for name in sorted(RELEASES & takes & texts.keys()):
        found[name] = choose(graph, _given(question, name, texts[name]), domain=domain)
    if "release" in takes - texts.keys():
        found["release"] = choose(graph, release, domain=domain)
    if "environment" in takes & texts.keys():
        found["environment"] = known(graph, texts["environment"])
    return found


def _given(question: AnyQuestion, name: str, text: str) -> str:
    """Return `text`, which is not empty: of no name, the newest release would answer."""
    if not text:
        raise UsageError(f"{name} is empty", where=question.name, todo="name a release, such as 18.1")
    return text

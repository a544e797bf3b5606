"""The canned questions: `queries` lists and shows them, `query` asks one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, Scope, Text, rows_of
from cli.asking import open_graph
from cli.commands.browser import link_to
from cli.environments import known
from cli.given import named_texts
from graph.errors import UsageError

if TYPE_CHECKING:
    from graph.server.connection import Graph
    from queries.catalog import AnyQuestion

RELEASES = frozenset({"release", "before", "after"})
"""The parameters whose value is the key of a loaded release."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A canned question in the list."""

    name: str
    title: str
    question: str
    parameters: str


def queries(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORD", help="Only questions with all of these words.")
    ] = None,
    *,
    topic: Annotated[
        str | None, typer.Option(metavar="T", help="Only one topic, such as coverage or missing.")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the text of the named question.")] = False,
    literal: Annotated[
        bool,
        typer.Option("--literal", help="Print it as one paste, its example values in place of parameters."),
    ] = False,
) -> Answer:
    """List the canned questions, or print the text of one.

    With --show or --literal the one word is a question's name, such as coverage.by-tactic.
    """
    from queries.catalog import CATALOG, SUBJECTS, named

    wanted = words or []
    if show or literal:
        if len(wanted) != 1:
            raise UsageError("--show and --literal take one name", todo="`sightline queries` lists the names")
        question = named(wanted[0])
        return Text(f"{question.literal()}\n" if literal else question.path.read_text("utf-8"))
    if topic is not None and topic not in SUBJECTS:
        raise UsageError("no such topic", where=topic, todo=f"topics are {', '.join(SUBJECTS)}")
    of_topic = [each for each in CATALOG.values() if topic in (None, each.topic)]
    found = [listed for listed in map(_listed, of_topic) if _speaks_of(listed, wanted)]
    return rows_of(
        Listed,
        found,
        looked_at=f"the names and questions of {len(of_topic)} canned questions",
        spare=("parameters", "question"),
    )


def _listed(question: "AnyQuestion") -> Listed:
    parameters = ", ".join(field.name for field in fields(question.params))
    return Listed(question.name, question.file.title, question.file.question, parameters)


def _speaks_of(listed: Listed, words: Iterable[str]) -> bool:
    text = f"{listed.name} {listed.title} {listed.question}".casefold()
    return all(word.casefold() in text for word in words)


def query(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="As `sightline queries` lists it.")],
    *,
    param: Annotated[
        list[str] | None,
        typer.Option(metavar="K=V", help="A parameter; commas separate the members of a list."),
    ] = None,
    link: options.Link = False,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Ask one canned question.

    A parameter called release is the newest loaded release, if neither --release nor --param names one; before
    and after are releases too, and 18.1 is enough of a name for each.
    """
    from queries.ask import ask
    from queries.catalog import named
    from queries.parameters import parameters

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
    graph: "Graph", question: "AnyQuestion", texts: Mapping[str, str], release: str | None, domain: str | None
) -> dict[str, str]:
    """Return the parameters with releases and environments by the keys that are loaded, a left out release added.

    The text of a question takes any key, and one that is not loaded would look like an answer without rows.

    Raises:
        UsageError: the question has no use for `release` or `domain`, or `texts` name a release as well.
        NotFoundError: no such release or environment is loaded.
    """
    from queries.answers.choice import choose

    takes = {field.name for field in fields(question.params)}
    if release and "release" not in takes:
        raise UsageError("takes no release", where=question.name, todo="leave --release out")
    if domain and not takes & RELEASES:
        raise UsageError("takes no release", where=question.name, todo="leave --domain out")
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


def _given(question: "AnyQuestion", name: str, text: str) -> str:
    """Return `text`, which is not empty: of no name, the newest release would answer."""
    if not text:
        raise UsageError(f"{name} is empty", where=question.name, todo="name a release, such as 18.1")
    return text

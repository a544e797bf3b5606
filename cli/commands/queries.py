"""`queries`: the built-in questions, listed or printed."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Annotated

import typer

from cli import completing
from cli.answer import Answer, Text, rows_of
from graph.errors import UsageError
from queries.catalog import CATALOG, TOPICS, AnyQuestion, named


@dataclass(frozen=True, slots=True)
class Listed:
    """A built-in question in the list."""

    name: str
    title: str
    question: str
    parameters: str
    revision: int


def queries(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="WORD",
            autocompletion=completing.questions,
            help="Only questions with all of these words.",
        ),
    ] = None,
    *,
    topic: Annotated[
        str | None, typer.Option(metavar="T", help="Only one topic, such as coverage or missing.")
    ] = None,
    show: Annotated[bool, typer.Option("--show", help="Print the text of the named question.")] = False,
    literal: Annotated[
        bool,
        typer.Option("--literal", help="Print it with its example values in place of parameters."),
    ] = False,
    schema: Annotated[
        bool, typer.Option("--schema", help="Print the JSON Schema of its parameters and rows.")
    ] = False,
) -> Answer:
    """List the built-in queries, or print the text or schema of one.

    With --show, --literal or --schema the one word is a question's name, such as coverage.by-tactic.
    """
    wanted = words or []
    if show or literal or schema:
        if len(wanted) != 1 or show + literal + schema > 1:
            raise UsageError(
                "--show, --literal and --schema exclude each other and take one name",
                todo="`sightline queries` lists the names",
            )
        question = named(wanted[0])
        if schema:
            from cli.schemas import of_question  # pydantic

            return Text(json.dumps(of_question(question), indent=2) + "\n")
        return Text(f"{question.literal()}\n" if literal else question.path.read_text("utf-8"))
    if topic is not None and topic not in TOPICS:
        raise UsageError("no such topic", where=topic, todo=f"available: {', '.join(TOPICS)}")
    of_topic = [each for each in CATALOG.values() if topic in (None, each.topic)]
    found = [listed for listed in map(_listed, of_topic) if _speaks_of(listed, wanted)]
    return rows_of(
        Listed,
        found,
        looked_at=f"the names and texts of {len(of_topic)} built-in queries",
        spare=("revision", "parameters", "question"),
    )


def _listed(question: AnyQuestion) -> Listed:
    parameters = ", ".join(field.name for field in fields(question.params))
    return Listed(
        question.name, question.file.title, question.file.question, parameters, question.file.revision
    )


def _speaks_of(listed: Listed, words: Iterable[str]) -> bool:
    text = f"{listed.name} {listed.title} {listed.question}".casefold()
    return all(word.casefold() in text for word in words)

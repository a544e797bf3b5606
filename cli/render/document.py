"""Answers as one JSON document."""

from cli.answer import One, Rows
from cli.render.cells import as_json
from cli.render.screen import Screen
from cli.render.visible import json_escaped


def render(answer: Rows | One, screen: Screen) -> str:  # noqa: ARG001  a Renderer; a document is the same anywhere
    """Return one JSON document that ends with a line break: an array of row objects, or an object."""
    return json_escaped(as_json(body(answer), indented=True)) + "\n"


def body(answer: Rows | One) -> object:
    """Return the answer as JSON has it: a list of row objects, or the object."""
    if isinstance(answer, One):
        return answer.value
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.values]

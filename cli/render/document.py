"""Answers as one JSON document."""

from cli.answer import One, Rows
from cli.render.cells import as_json
from cli.render.screen import Screen
from cli.render.visible import json_escaped


def render(answer: Rows | One, screen: Screen) -> str:  # noqa: ARG001  a Renderer; a document is the same anywhere
    """Return one JSON document that ends with a line break: an array of row objects, or an object."""
    return json_escaped(as_json(_body(answer), indented=True)) + "\n"


def enveloped(answer: Rows | One) -> One:
    """Return the answer as `rows` of an object that says what it is about: release, environment, platforms, `of`."""
    scope = answer.scope
    value = {
        "release": scope.release,
        "environment": scope.environment,
        "platforms": list(scope.platforms),
        "of": scope.of,
        "rows": _body(answer),
    }
    return One(value, scope, answer.exit_code)


def _body(answer: Rows | One) -> object:
    if isinstance(answer, One):
        return answer.value
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.values]

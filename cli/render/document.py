"""Answers as one JSON document."""

from cli.answer import One, Rows, Scope
from cli.render.cells import as_json
from cli.render.visible import json_escaped


def render(answer: Rows | One, *, envelope: bool = False) -> str:
    """Return one JSON document that ends with a line break: an array of row objects, or an object.

    With `envelope` it is an object `{release, environment, platforms, of, rows}`, `rows` being the answer.
    """
    body = _objects(answer) if isinstance(answer, Rows) else answer.value
    return json_escaped(as_json(_wrapped(answer.scope, body) if envelope else body, indented=True)) + "\n"


def _objects(answer: Rows) -> list[dict[str, object]]:
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.values]


def _wrapped(scope: Scope, body: object) -> dict[str, object]:
    return {
        "release": scope.release,
        "environment": scope.environment,
        "platforms": list(scope.platforms),
        "of": scope.of,
        "rows": body,
    }

"""Parameters as people write them: `--param limit=5` becomes a checked field.

Imports pydantic, so nothing on the way of a command that answers at once imports this module.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from graph.errors import UsageError
from queries.adhoc.values import fits
from queries.spec import Params, Question, Row


def parameters(question: Question[Params, Row], texts: Mapping[str, str]) -> Params:
    """Return the parameter object that `texts` (name -> text as typed) describe; commas separate a list.

    Raises:
        UsageError: a name that the question does not have, a required one that is missing, or a text that
            is not of the type; the message names what is allowed.
    """
    allowed = {field.name: field for field in fields(question.params)}
    unknown = sorted(texts.keys() - allowed.keys())
    missing = sorted(
        name for name, field in allowed.items() if field.default is MISSING and name not in texts
    )
    if unknown or missing:
        problem = f"no parameter {', '.join(unknown)}" if unknown else f"missing {', '.join(missing)}"
        raise UsageError(problem, where=question.name, todo=f"it takes {describe(question)}")
    try:
        given = TypeAdapter(question.params).validate_python(_split(question, texts))
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        raise UsageError(
            f"{name}: {first['msg']}", where=question.name, todo=f"it takes {describe(question)}"
        ) from error
    for name in allowed:
        value = getattr(given, name)
        if not fits(list(value) if isinstance(value, tuple) else value):
            raise UsageError(
                f"{name} is not a valid Neo4j value", where=question.name, todo="integers have 64 bits"
            )
    return given


def describe(question: Question[Params, Row]) -> str:
    """Return the parameters in words, such as `release (str), limit (int, 10 when left out)`."""
    hints = get_type_hints(question.params)
    return (
        ", ".join(
            f"{field.name} ({_type_name(hints[field.name])}{_when_left_out(field.default)})"
            for field in fields(question.params)
        )
        or "no parameters"
    )


def _split(question: Question[Params, Row], texts: Mapping[str, str]) -> dict[str, object]:
    hints = get_type_hints(question.params)
    return {
        name: tuple(part.strip() for part in text.split(",") if part.strip())
        if _is_list(hints[name])
        else text
        for name, text in texts.items()
    }


def _is_list(hint: object) -> bool:
    """Tell whether a parameter is a tuple, or a tuple or nothing."""
    return any(get_origin(each) is tuple for each in (hint, *get_args(hint)))


def _type_name(hint: object) -> str:
    return hint.__name__ if isinstance(hint, type) and get_origin(hint) is None else str(hint)


def _when_left_out(default: object) -> str:
    return "" if default is MISSING else f", {'nothing' if default is None else default} when left out"

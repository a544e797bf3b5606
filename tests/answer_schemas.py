"""Recorded answers held against the schemas that are published for them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from jsonschema import Draft202012Validator

from cli.schemas import ANSWERS, of_command, of_question
from queries.catalog import CATALOG
from tools.answers import Recording


def closed(schema: Any) -> Any:
    """The schema without room for a field that it does not name."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    return (
        {**inner, "additionalProperties": False} if "properties" in schema and "required" in schema else inner
    )


def without_required(schema: Any) -> Any:
    """The schema of objects that may lack fields."""
    if isinstance(schema, list):
        return [without_required(each) for each in schema]
    if not isinstance(schema, Mapping):
        return schema
    return {key: without_required(value) for key, value in schema.items() if key != "required"}


def unlike_their_schemas(recording: Recording) -> list[str]:
    """A line for each recorded answer that its schema does not describe.

    Fields of the run are not recorded. A section has rows of a list within an answer, for which there is no schema.
    """
    return [line for name, rows in recording.items() for line in _unlike(name, rows)]


def _unlike(name: str, lines: Sequence[str]) -> Iterator[str]:
    words = name.split()
    if words[0] != "sightline":
        rows = [json.loads(line) for line in lines]
        yield from _problem(name, of_question(CATALOG[words[0]]), [{"rows": rows}])
        return
    command = next((each for each in (" ".join(words[1:3]), words[1]) if each in ANSWERS), None)
    if command is None or "--section" in words or lines[0] not in ("exit code 0", "exit code 1"):
        return
    rows = [json.loads(line) for line in lines[1:]]
    yield from _problem(name, of_command(command), [rows, *(rows if len(rows) == 1 else ())])


def _problem(name: str, schema: Mapping[str, Any], forms: Sequence[object]) -> Iterator[str]:
    """Yield what is wrong where none of the forms, rows or one object, is as the schema says."""
    validator = Draft202012Validator(without_required(closed(schema)))
    if not any(validator.is_valid(form) for form in forms):
        yield f"{name}: {next(validator.iter_errors(forms[0])).message[:200]}"

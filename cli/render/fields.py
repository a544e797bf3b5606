"""The fields of one object, and an answer of one object as rows of them."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from cli.answer import One, Rows


def named_fields(value: object) -> list[tuple[str, object]]:
    """Return the fields of a dataclass instance or the items of a mapping, in order."""
    if isinstance(value, Mapping):
        return [(str(name), each) for name, each in value.items()]
    if is_dataclass(value):
        return [(field.name, getattr(value, field.name)) for field in fields(value)]
    raise TypeError(f"no fields in a {type(value).__name__}")


def as_rows(answer: Rows | One) -> Rows:
    """Return the answer as rows: an object has a row per field."""
    if isinstance(answer, Rows):
        return answer
    return Rows(("field", "value"), list(named_fields(answer.value)), answer.scope)

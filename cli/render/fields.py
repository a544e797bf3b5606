"""The fields of one object, and an answer of one object as rows of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TypeGuard

from cli.answer import One, Rows
from cli.render.cells import cell, says_how_it_reads


def named_fields(value: object) -> list[tuple[str, object]]:
    """Return the fields of a dataclass instance or the items of a mapping, in order."""
    if isinstance(value, Mapping):
        return [(str(name), each) for name, each in value.items()]
    if is_dataclass(value):
        return [(field.name, getattr(value, field.name)) for field in fields(value)]
    raise TypeError(f"no fields in a {type(value).__name__}")


def as_rows(answer: Rows | One) -> Rows:
    """Return the answer as rows: an object has a row per field that is no list of objects, its parts in words."""
    if isinstance(answer, Rows):
        return answer
    lists = lists_of(answer.value)
    values = [(name, _in_a_cell(each)) for name, each in named_fields(answer.value) if name not in lists]
    return Rows(("field", "value"), values, answer.scope)


def _in_a_cell(value: object) -> object:
    return in_words(value) if isinstance(value, list | tuple | Mapping) or is_dataclass(value) else value


def lists_of(value: object) -> dict[str, Rows]:
    """Return the fields that are lists, or maps by name, of objects, each as rows."""
    found = {}
    for name, each in named_fields(value):
        if is_map_of_objects(each):
            found[name] = keyed(each)
        elif is_list_of_objects(each):
            found[name] = listed(each)
    return found


def in_words(value: object) -> str:
    """Return the text of a value that is not JSON: parts of an object as `name: value`, the rest as in any cell."""
    if isinstance(value, list | tuple):
        return ", ".join(in_words(each) for each in value)
    if isinstance(value, Mapping) or (is_dataclass(value) and not says_how_it_reads(value)):
        return ", ".join(f"{name}: {in_words(each)}" for name, each in named_fields(value))
    return cell(value)


def is_list_of_objects(value: object) -> TypeGuard[Sequence[object]]:
    """Tell whether a field is a list of objects, one of them at least."""
    return isinstance(value, list | tuple) and bool(value) and all(_is_object(each) for each in value)


def is_map_of_objects(value: object) -> TypeGuard[Mapping[str, object]]:
    """Tell whether a field has objects by name."""
    return isinstance(value, Mapping) and bool(value) and all(map(_is_object, value.values()))


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping) or is_dataclass(value)


def keyed(values: Mapping[str, object]) -> Rows:
    """Return objects by name as rows that begin with the name."""
    rows = listed(list(values.values()))
    named = [(name, *row) for name, row in zip(values, rows.values, strict=True)]
    return replace(rows, columns=("of", *rows.columns), values=named)


def listed(values: Sequence[object]) -> Rows:
    """Return objects as rows, their columns in the order of first sight; lists of objects are counted in them."""
    items = [dict(_short_fields(value)) for value in values]
    columns = tuple(dict.fromkeys(name for item in items for name in item))
    return Rows(columns, [tuple(item.get(name) for name in columns) for item in items])


def _short_fields(value: object) -> Iterator[tuple[str, object]]:
    """Yield the fields but for those that are left to JSON."""
    details = (
        {field.name for field in fields(value) if field.metadata.get("detail")} if is_dataclass(value) else ()
    )
    for name, each in named_fields(value):
        if name not in details:
            yield name, len(each) if is_list_of_objects(each) else each

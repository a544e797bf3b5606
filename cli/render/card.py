"""One object as a card: a line per field, texts wrapped under themselves, lists of objects as tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TypeGuard

from cli.answer import One, Rows, rows_of
from cli.render import table
from cli.render.cells import cell
from cli.render.visible import columns_wide, visible

LABEL_LIMIT = 20
"""Longer names do not push the texts of the others to the right."""
INDENT = 2
NARROWEST_TEXT = 20


def field_lines(name: str, text: str, label: int, width: int | None) -> list[str]:
    """Return the lines `name  text`, text wrapped to `width` under itself; line breaks in `text` are kept."""
    lead = name + " " * max(label - columns_wide(name), 0) + "  "
    room = max((width or 0) - label - 2, NARROWEST_TEXT) if width else None
    lines = [line for part in text.split("\n") for line in _wrap(part, room)] or [""]
    return [(lead if at == 0 else " " * (label + 2)) + line for at, line in enumerate(lines)]


def _wrap(text: str, room: int | None) -> list[str]:
    if room is None or columns_wide(text) <= room:
        return [text]
    from cli.render.terminal import wrapped_text

    return wrapped_text(text, room)


def render(answer: One, screen: table.Screen) -> str:
    """Return the fields of the object that hold anything, in order, each where it stands."""
    present = [
        (name, value) for name, value in named_fields(answer.value) if value not in (None, "", [], (), {})
    ]
    short = [columns_wide(name) for name, value in present if not _is_list_of_objects(value)]
    label = min(max(short, default=0), LABEL_LIMIT)
    lines = [line for name, value in present for line in _field(name, value, label, screen)]
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def named_fields(value: object) -> list[tuple[str, object]]:
    """Return the fields of a dataclass instance or the items of a mapping, in order."""
    if isinstance(value, Mapping):
        return [(str(name), each) for name, each in value.items()]
    if is_dataclass(value):
        return [(field.name, getattr(value, field.name)) for field in fields(value)]
    raise TypeError(f"no fields in a {type(value).__name__}")


def _field(name: str, value: object, label: int, screen: table.Screen) -> Iterator[str]:
    if not _is_list_of_objects(value):
        yield from field_lines(visible(name), visible(cell(value), keep="\n"), label, screen.width)
        return
    inner = replace(screen, width=screen.width - INDENT) if screen.width else screen
    yield from ("", f"{visible(name)} ({len(value)})")
    for line in table.render(_listed(value), inner).splitlines():
        yield " " * INDENT + line
    yield ""


def _is_list_of_objects(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple) and bool(value) and all(_is_object(each) for each in value)


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping) or is_dataclass(value)


def _listed(values: Sequence[object]) -> Rows:
    """Objects as rows; the columns of mappings are all their keys in the order of first sight."""
    if all(is_dataclass(value) and type(value) is type(values[0]) for value in values):
        return rows_of(type(values[0]), values)
    items = [dict(named_fields(value)) for value in values]
    columns = tuple(dict.fromkeys(name for item in items for name in item))
    return Rows(columns, [tuple(item.get(name) for name in columns) for item in items])

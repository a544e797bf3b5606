"""One object as a card: a line per field, texts wrapped under themselves, lists of objects as tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import TypeGuard

from cli.answer import One, Rows
from cli.render import table
from cli.render.cells import cell
from cli.render.field_lines import field_lines
from cli.render.fields import named_fields
from cli.render.screen import Screen
from cli.render.titles import title
from cli.render.visible import columns_wide, visible

LABEL_LIMIT = 20
"""Longer names do not push the texts of the others to the right."""
INDENT = 2
MANY = 15
"""Rows of a list in a card on a terminal."""


def render(answer: One, screen: Screen) -> str:
    """Return the fields of the object that are not empty, in order, each in its place."""
    present = [
        (name, value) for name, value in _in_order(answer.value) if value not in (None, "", [], (), {})
    ]
    short = [
        columns_wide(title(name))
        for name, value in present
        if not _is_list_of_objects(value) and not _is_map_of_objects(value)
    ]
    label = min(max(short, default=0), LABEL_LIMIT)
    lines: list[str] = []
    for name, value in present:
        own = list(_field(name, value, label, screen))
        lines += own[1:] if lines[-1:] == own[:1] == [""] else own
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def _in_order(value: object) -> list[tuple[str, object]]:
    """Return the named fields, those whose metadata says `last` at the end."""
    last = (
        {each.name for each in fields(value) if each.metadata.get("last")} if is_dataclass(value) else set()
    )
    return sorted(named_fields(value), key=lambda named: named[0] in last)


def _field(name: str, value: object, label: int, screen: Screen) -> Iterator[str]:
    if _is_map_of_objects(value):
        yield from _table(name, _keyed(value), screen)
    elif _is_list_of_objects(value):
        yield from _table(name, _listed(value), screen)
    else:
        yield from field_lines(visible(title(name)), visible(cell(value), keep="\n"), label, screen.width)


def _table(name: str, rows: Rows, screen: Screen) -> Iterator[str]:
    """Yield the rows under their name; a terminal gets the first ones of many, and is told how many there are."""
    shown = rows.values[:MANY] if screen.width else rows.values
    of = (
        f"{len(shown)} of {len(rows.values)}; --format json has all"
        if len(shown) < len(rows.values)
        else None
    )
    inner = replace(screen, width=screen.width - INDENT) if screen.width else screen
    yield from ("", f"{visible(title(name))} ({of or len(shown)})")
    for line in table.render(replace(rows, values=shown), inner).splitlines():
        yield (" " * INDENT + line) if line else ""
    yield ""


def _is_list_of_objects(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, list | tuple) and bool(value) and all(_is_object(each) for each in value)


def _is_map_of_objects(value: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(value, Mapping) and bool(value) and all(map(_is_object, value.values()))


def _is_object(value: object) -> bool:
    return isinstance(value, Mapping) or is_dataclass(value)


def _keyed(values: Mapping[str, object]) -> Rows:
    """Return objects by name as rows that begin with the name."""
    rows = _listed(list(values.values()))
    named = [(name, *row) for name, row in zip(values, rows.values, strict=True)]
    return replace(rows, columns=("of", *rows.columns), values=named)


def _listed(values: Sequence[object]) -> Rows:
    """Return objects as rows, their columns in the order of first sight; lists of objects are counted in them."""
    items = [dict(_short_fields(value)) for value in values]
    columns = tuple(dict.fromkeys(name for item in items for name in item))
    return Rows(columns, [tuple(item.get(name) for name in columns) for item in items])


def _short_fields(value: object) -> Iterator[tuple[str, object]]:
    """Yield the fields but for those that a card leaves to other formats."""
    details = (
        {field.name for field in fields(value) if field.metadata.get("detail")} if is_dataclass(value) else ()
    )
    for name, each in named_fields(value):
        if name not in details:
            yield name, len(each) if _is_list_of_objects(each) else each

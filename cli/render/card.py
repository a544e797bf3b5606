"""One object as a card: a line per field, texts wrapped under themselves, lists of objects as tables."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

from cli.answer import One, Rows
from cli.render import table
from cli.render.cells import cell
from cli.render.field_lines import field_lines
from cli.render.fields import is_list_of_objects, is_map_of_objects, keyed, listed, named_fields
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
        if not is_list_of_objects(value) and not is_map_of_objects(value)
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
    if is_map_of_objects(value):
        yield from _table(name, keyed(value), screen)
    elif is_list_of_objects(value):
        yield from _table(name, listed(value), screen)
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
    inner = screen._replace(width=screen.width - INDENT) if screen.width else screen
    yield from ("", f"{visible(title(name))} ({of or len(shown)})")
    for line in table.render(replace(rows, values=shown), inner).splitlines():
        yield (" " * INDENT + line) if line else ""
    yield ""

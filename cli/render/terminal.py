"""Tables and texts wrapped to a terminal's width by rich; the only module that imports it."""

from collections.abc import Sequence
from io import StringIO

from rich import box
from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from cli.render.colors import color_of
from cli.render.screen import GAP, Screen

_ASCII_HEAD = box.Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
"""`box.SIMPLE_HEAD` in ASCII."""


def wrapped_table(
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[bool],
    widths: Sequence[int],
    screen: Screen,
) -> str:
    """Return the table with columns of `widths`; cells are `Text`: rich reads no markup in them."""
    table = Table(box=box.SIMPLE_HEAD if screen.unicode else _ASCII_HEAD, pad_edge=False, show_edge=False)
    table.padding = (0, GAP - 1, 0, 0)  # the box adds one blank
    for name, to_the_right, width in zip(names, right, widths, strict=True):
        side: JustifyMethod = "right" if to_the_right else "left"
        table.add_column(Text(name), justify=side, overflow="fold", width=width, vertical="top")
    for row in rows:
        table.add_row(*(Text(text, color_of(name, text)) for name, text in zip(names, row, strict=True)))
    return _printed(table, screen)


def wrapped_text(text: str, width: int) -> list[str]:
    """Return `text` as lines no wider than `width`, broken between words where that is possible."""
    lines = Text(text).wrap(Console(file=StringIO(), width=width), width, overflow="fold")
    return [line.plain.rstrip() for line in lines]


def _printed(table: Table, screen: Screen) -> str:
    buffer = StringIO()
    console = Console(
        file=buffer,
        width=screen.width,
        force_terminal=screen.color,
        color_system="standard" if screen.color else None,
        legacy_windows=False,
        highlight=False,
    )
    console.print(table)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"

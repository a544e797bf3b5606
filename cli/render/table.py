"""Answers as a table for people: wrapped to the terminal, or a block per row where that is too narrow.

Where stdout is no terminal, a row is one line, however long, so that `grep` and `less -S` work.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cli.answer import Rows
from cli.render.cells import cell, is_number
from cli.render.visible import columns_wide, visible

GAP = 2
"""Blank columns between two columns of the table."""
UNBROKEN = 24
"""A word up to this long is never broken; identifiers and most platforms are shorter."""
SCOPE_COLUMNS = ("release", "environment")
"""Said once above the table when they are the same in every row."""
ABSENT = "-"


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a table will be read.

    Attributes:
        width: columns of the terminal; None where there is none, and nothing is wrapped.
        color: whether it may be bold and colored.
        unicode: whether it can show more than ASCII.
    """

    width: int | None = None
    color: bool = False
    unicode: bool = True


@dataclass(frozen=True, slots=True)
class _Grid:
    """The texts of a table, ready to be laid out."""

    names: tuple[str, ...]
    rows: list[tuple[str, ...]]
    right: tuple[bool, ...]


def render(answer: Rows, screen: Screen) -> str:
    """Return the table with a heading; "" for an empty answer, since what was looked at is said on stderr."""
    if not answer.values:
        return ""
    said_once = _same_in_every_row(answer, SCOPE_COLUMNS)
    grid = _grid(answer, skip=said_once)
    if screen.width is not None and _narrowest(grid) > screen.width and len(grid.rows) > 1:
        said_once = _same_in_every_row(answer, answer.columns)
        grid = _grid(answer, skip=said_once)
    heading = "".join(f"{name}: {text}\n" for name, text in said_once.items())
    return (
        heading + ("\n" if heading and grid.names else "") + (_laid_out(grid, screen) if grid.names else "")
    )


def _laid_out(grid: _Grid, screen: Screen) -> str:
    if screen.width is None:
        return _lines(grid)
    if _narrowest(grid) > screen.width:
        return _blocks(grid, screen.width)
    from cli.render.terminal import wrapped_table

    return wrapped_table(grid.names, grid.rows, grid.right, screen)


def _same_in_every_row(answer: Rows, names: Sequence[str]) -> dict[str, str]:
    """Return the columns among `names` that hold one text throughout, with that text; counts stay in rows."""
    columns = zip(answer.columns, zip(*answer.values, strict=True), strict=True)
    once = {name: values[0] for name, values in columns if name in names and len(set(map(repr, values))) == 1}
    return {visible(name): visible(text) for name, text in once.items() if isinstance(text, str) and text}


def _grid(answer: Rows, skip: Mapping[str, str]) -> _Grid:
    """Return the columns that hold anything, without those in `skip`."""
    kept = [
        at
        for at, name in enumerate(answer.columns)
        if visible(name) not in skip and any(row[at] not in (None, "", [], ()) for row in answer.values)
    ]
    return _Grid(
        names=tuple(visible(answer.columns[at]) for at in kept),
        rows=[tuple(visible(cell(row[at])) or ABSENT for at in kept) for row in answer.values],
        right=tuple(_numeric([row[at] for row in answer.values]) for at in kept),
    )


def _numeric(values: Sequence[object]) -> bool:
    return all(is_number(value) or value is None for value in values)


def _lines(grid: _Grid) -> str:
    widths = [max(columns_wide(text) for text in column) for column in _columns(grid)]
    rule = tuple("-" * width for width in widths)
    return "".join(f"{_line(row, widths, grid.right)}\n" for row in (grid.names, rule, *grid.rows))


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for text, width, to_the_right in zip(row, widths, right, strict=True):
        blank = " " * (width - columns_wide(text))
        padded.append(blank + text if to_the_right else text + blank)
    return (" " * GAP).join(padded).rstrip()


def _columns(grid: _Grid) -> list[tuple[str, ...]]:
    return list(zip(grid.names, *grid.rows, strict=True))


def _narrowest(grid: _Grid) -> int:
    """Return the fewest columns in which no word up to `UNBROKEN` is broken."""
    return sum(_longest_word(column) for column in _columns(grid)) + GAP * (len(grid.names) - 1)


def _longest_word(column: Sequence[str]) -> int:
    return max(min(columns_wide(word), UNBROKEN) for text in column for word in text.split() or [""])


def _blocks(grid: _Grid, width: int) -> str:
    """Each row as lines of `name  text`, rows apart by an empty line."""
    from cli.render.card import field_lines

    label = max(columns_wide(name) for name in grid.names)
    blocks = (
        "\n".join(
            line
            for name, text in zip(grid.names, row, strict=True)
            for line in field_lines(name, text, label, width)
        )
        for row in grid.rows
    )
    return "\n\n".join(blocks) + "\n"

"""Answers as a table for people: wrapped to the terminal, or a block per row where that is too narrow.

Where stdout is no terminal, a row is one line, however long, so that `grep` and `less -S` work.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cli.answer import Rows
from cli.render.cells import cell, is_number
from cli.render.colors import color_of, colored
from cli.render.field_lines import field_lines
from cli.render.screen import GAP, Screen
from cli.render.titles import titled
from cli.render.visible import columns_wide, visible

UNBROKEN = 36
"""A word up to this long is never broken: a UUID."""
SCOPE_COLUMNS = ("release", "environment")
"""Said once above the table when they are the same in every row."""
HASHES = ("sha256", "content root", "fingerprint", "stix id")
"""Ends of the names of columns that a narrow terminal goes without first."""
HEADING_LIMIT = 80
"""Longer texts stay in their rows."""
FEWEST = 2
"""With fewer columns than this a row is better read as a block of lines."""
COMFORT = 28
"""A text gets this much, if it needs it, before a spare column gets anything."""
ABSENT = "-"


class _Grid(NamedTuple):
    """The texts of a table, ready to be laid out."""

    names: tuple[str, ...]
    rows: list[tuple[str, ...]]
    right: tuple[bool, ...]


def render(answer: Rows, screen: Screen) -> str:
    """Return the table with a heading; "" for an empty answer, since what was looked at is said on stderr.

    What is the same in every row is said once, above. Columns that a terminal is too narrow for are left out,
    those of `answer.spare` first, and named below: every other format has them all.
    """
    if not answer.values:
        return ""
    answer = titled(answer)
    said_once = _same_in_every_row(answer, screen)
    grid = _grid(answer, said_once)
    heading = "".join(f"{visible(name)}: {text}\n" for name, text in said_once.items())
    if not grid.names:
        return heading
    return heading + ("\n" if heading else "") + _laid_out(grid, answer.spare, screen)


def _laid_out(grid: _Grid, spare: Sequence[str], screen: Screen) -> str:
    if screen.width is None:
        return _lines(grid, color=screen.color)
    fitted, dropped = _fitted(grid, spare, screen.width)
    if _narrowest(fitted) > screen.width:
        return _blocks(grid, screen.width)
    from cli.render.terminal import wrapped_table, wrapped_text

    widths = _shared_out(fitted, screen.width)
    text = wrapped_table(fitted.names, fitted.rows, fitted.right, widths, screen)
    if not dropped:
        return text
    lines = wrapped_text(f"Not shown here: {', '.join(dropped)}.", screen.width)
    return text + "\n" + "\n".join(lines) + "\n"


def _same_in_every_row(answer: Rows, screen: Screen) -> dict[str, str]:
    """Return the columns that hold one short text or yes or no throughout, with it; counts stay in rows.

    Of a single row, and where there is no terminal, only the scope is said apart: scripts count on columns.
    """
    anything = len(answer.values) > 1 and screen.width is not None
    columns = zip(answer.columns, zip(*answer.values, strict=True), strict=True)
    once = {
        name: values[0]
        for name, values in columns
        if name != answer.subject and (anything or name in SCOPE_COLUMNS) and len(set(map(repr, values))) == 1
    }
    return {
        name: visible(cell(value))
        for name, value in once.items()
        if isinstance(value, str | bool)
        and value != ""
        and _fits_a_heading(name, visible(cell(value)), screen)
    }


def _fits_a_heading(name: str, text: str, screen: Screen) -> bool:
    if screen.width is None:
        return True
    return columns_wide(f"{visible(name)}: {text}") <= min(screen.width, HEADING_LIMIT)


def _grid(answer: Rows, skip: Mapping[str, str]) -> _Grid:
    """Return the columns that hold anything, without those in `skip`."""
    kept = [
        at
        for at, name in enumerate(answer.columns)
        if name not in skip and any(row[at] not in (None, "", [], ()) for row in answer.values)
    ]
    return _Grid(
        names=tuple(visible(answer.columns[at]) for at in kept),
        rows=[tuple(visible(cell(row[at])) or ABSENT for at in kept) for row in answer.values],
        right=tuple(_numeric([row[at] for row in answer.values]) for at in kept),
    )


def _fitted(grid: _Grid, spare: Sequence[str], width: int) -> tuple[_Grid, list[str]]:
    """Return the grid with the columns that fit, and the names of the others."""
    expendable = list(spare)
    hashes = [name for name in grid.names if name.endswith(HASHES)]
    others = [name for name in reversed(grid.names) if name not in expendable]
    dropped: list[str] = []
    for name in dict.fromkeys([*hashes, *expendable, *others]):
        enough = _narrowest if name in others else _comfortable
        if enough(grid) > width and len(grid.names) > FEWEST and name in grid.names:
            grid = _without(grid, grid.names.index(name))
            dropped.append(name)
    return grid, dropped


def _comfortable(grid: _Grid) -> int:
    """Return the columns in which texts have room and words are whole."""
    needed = [max(columns_wide(text) for text in column) for column in _columns(grid)]
    least = [_longest_word(column) for column in _columns(grid)]
    return sum(_capped(needed, least, COMFORT)) + GAP * (len(needed) - 1)


def _without(grid: _Grid, at: int) -> _Grid:
    return _Grid(
        names=grid.names[:at] + grid.names[at + 1 :],
        rows=[row[:at] + row[at + 1 :] for row in grid.rows],
        right=grid.right[:at] + grid.right[at + 1 :],
    )


def _shared_out(grid: _Grid, width: int) -> list[int]:
    """Return the columns' widths: what they need, but for the widest ones, which share what is left."""
    needed = [max(columns_wide(text) for text in column) for column in _columns(grid)]
    least = [_longest_word(column) for column in _columns(grid)]
    room = width - GAP * (len(needed) - 1)
    cap = max(needed)
    while cap > 1 and sum(_capped(needed, least, cap)) > room:
        cap -= 1
    return _capped(needed, least, cap)


def _capped(needed: Sequence[int], least: Sequence[int], cap: int) -> list[int]:
    return [max(low, min(want, cap)) for want, low in zip(needed, least, strict=True)]


def _numeric(values: Sequence[object]) -> bool:
    return all(is_number(value) or value is None for value in values)


def _lines(grid: _Grid, *, color: bool) -> str:
    widths = [max(columns_wide(text) for text in column) for column in _columns(grid)]
    rule = tuple("-" * width for width in widths)
    head = (_line(row, row, grid, widths) for row in (grid.names, rule))
    painted = (_painted(grid.names, row) if color else row for row in grid.rows)
    body = (_line(row, shown, grid, widths) for row, shown in zip(grid.rows, painted, strict=True))
    return "".join(f"{line}\n" for line in (*head, *body))


def _painted(names: Sequence[str], row: Sequence[str]) -> list[str]:
    return [colored(text, color_of(name, text)) for name, text in zip(names, row, strict=True)]


def _line(row: Sequence[str], shown: Sequence[str], grid: _Grid, widths: Sequence[int]) -> str:
    """Return a row as a line; `shown` are its texts with their colors, which take no room."""
    padded = []
    for text, drawn, width, to_the_right in zip(row, shown, widths, grid.right, strict=True):
        blank = " " * (width - columns_wide(text))
        padded.append(blank + drawn if to_the_right else drawn + blank)
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

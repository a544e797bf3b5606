"""Lists of more rows than a page shows, on pages of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pages.page import Page
from pages.parts import Grid
from pages.render import FOLD, Frame, environment

ROWS = 150
"""Rows of a page of a list: with what ATT&CK says of each, some 300 KB."""


@dataclass(frozen=True, slots=True)
class LongList:
    """A table of a page that folds, and the paths of the pages that have all of it."""

    table: Grid
    paths: tuple[str, ...]


def long_lists(page: Page, path: str) -> tuple[LongList, ...]:
    """Return the tables of a page that have more rows than it shows."""
    stem = path.removesuffix(".html")
    tables = [part for section in page.sections for part in section.parts if isinstance(part, Grid)]
    return tuple(_long(table, stem) for table in tables if len(table.rows) > FOLD)


def _long(table: Grid, stem: str) -> LongList:
    number = -(-len(table.rows) // ROWS)
    first = f"{stem}.{table.name}.html"
    return LongList(table, (first, *(f"{stem}.{table.name}.{at}.html" for at in range(2, number + 1))))


def folded(lists: tuple[LongList, ...]) -> Mapping[str, str]:
    """Return name of a table -> the page with its beginning, beside the page that folds it."""
    return {each.table.name: _beside(each.paths[0]) for each in lists}


def drawn_lists(
    page: Page, path: str, lists: tuple[LongList, ...], frame: Frame
) -> Iterator[tuple[str, str]]:
    """Yield path and HTML of every page of the lists."""
    for each in lists:
        for at, own in enumerate(each.paths):
            text = _drawn(page, path, each, at, frame)
            # The references that a row cites are on the page itself.
            yield own, text.replace('href="#ref-', f'href="{_beside(path)}#ref-')


def _drawn(page: Page, path: str, each: LongList, at: int, frame: Frame) -> str:
    first, total = at * ROWS, len(each.table.rows)
    rows = each.table.rows[first : first + ROWS]
    last = at == len(each.paths) - 1
    table = replace(each.table, rows=rows, total=each.table.total if last else None)
    summary = f"{first + 1:,} to {first + len(rows):,} of {total:,} {each.table.things}."
    others = [
        (number, None if number == at + 1 else _beside(other))
        for number, other in enumerate(each.paths, start=1)
    ]
    return (
        environment()
        .get_template("list.html")
        .render(
            frame=frame,
            title=each.table.caption,
            summary=summary,
            of=page.title,
            back=f"{_beside(path)}#{each.table.name}",
            table=table,
            others=others if len(others) > 1 else [],
        )
    )


def _beside(path: str) -> str:
    return path.rpartition("/")[2]

"""Lists of more rows than a page shows, on pages of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from pages.page import Page
from pages.parts import Grid
from pages.render import FOLD, Frame, environment

ROWS = 150
"""Rows of a page of a list, at most."""
LETTERS = 120_000
"""Letters of the rows of a page, as Python writes them: about a third of what the page has of them in HTML."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows of a table that are a page: those from `first` up to, and without, `end`."""

    path: str
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class LongList:
    """A table of a page that folds, and the pages that have all of it."""

    table: Grid
    pieces: tuple[Piece, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of its pages."""
        return tuple(piece.path for piece in self.pieces)


def long_lists(page: Page, path: str) -> tuple[LongList, ...]:
    """Return the tables of a page that have more rows than it shows."""
    stem = path.removesuffix(".html")
    tables = [part for section in page.sections for part in section.parts if isinstance(part, Grid)]
    return tuple(_long(table, stem) for table in tables if len(table.rows) > FOLD)


def _long(table: Grid, stem: str) -> LongList:
    starts = [0, *page_starts(table)]
    first = f"{stem}.{table.name}.html"
    paths = (first, *(f"{stem}.{table.name}.{at}.html" for at in range(2, len(starts) + 1)))
    ends = [*starts[1:], len(table.rows)]
    return LongList(table, tuple(map(Piece, paths, starts, ends)))


def page_starts(table: Grid) -> Iterator[int]:
    """Yield the rows with which the pages after the first begin: no page has too many rows, nor too long ones."""
    begun, letters = 0, 0
    for at, row in enumerate(table.rows):
        letters += len(repr(row))
        if at > begun and (at - begun == ROWS or letters > LETTERS):
            begun, letters = at, len(repr(row))
            yield at


def folded(lists: tuple[LongList, ...]) -> Mapping[str, str]:
    """Return name of a table -> the page with its beginning, beside the page that folds it."""
    return {each.table.name: _beside(each.paths[0]) for each in lists}


def drawn_lists(
    page: Page, path: str, lists: tuple[LongList, ...], frame: Frame
) -> Iterator[tuple[str, str]]:
    """Yield path and HTML of every page of the lists."""
    for each in lists:
        for piece in each.pieces:
            text = _drawn(page, path, each, piece, frame)
            # The references that a row cites are on the page itself.
            yield piece.path, text.replace('href="#ref-', f'href="{_beside(path)}#ref-')


def _drawn(page: Page, path: str, each: LongList, piece: Piece, frame: Frame) -> str:
    total = len(each.table.rows)
    last = piece.end == total
    rows = each.table.rows[piece.first : piece.end]
    table = replace(each.table, rows=rows, total=each.table.total if last else None)
    summary = f"{piece.first + 1:,} to {piece.end:,} of {total:,} {each.table.things}."
    others = [
        (number, None if other == piece.path else _beside(other))
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

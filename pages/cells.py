"""Cells and rows of tables as HTML, made without a template: a site has a million of them.

Everything that is put into them is escaped, and nothing in it is invisible, as in the templates.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from markupsafe import Markup, escape

from pages.parts import LONG, Bar, Cell, Code, Column, Grid, Link, Prose, Several, StateWord
from pages.text import shortened, shown

WHOLE = 24
"""Letters: a shorter word is not broken at its hyphens."""
UNBROKEN = 30
"""Letters: a longer word may be broken anywhere."""
ID = 12
"""Letters: a link of so many without a space is an identifier."""


def is_unbroken(text: object) -> bool:
    """Tell whether a text has a word that is wider than a column may become for it."""
    return (
        isinstance(text, str) and len(text) > UNBROKEN and any(len(word) > UNBROKEN for word in text.split())
    )


def is_whole(text: object) -> bool:
    """Tell whether a text is better not broken at its hyphens: a date, a key."""
    return isinstance(text, str) and len(text) <= WHOLE and "-" in text and " " not in text


@lru_cache(maxsize=65536)
def escaped(text: str) -> str:
    """Return a text as HTML; what is not drawn in it is named."""
    return str(escape(shown(text)))


@lru_cache(maxsize=65536)
def words_html(text: str) -> str:
    """Return a text that breaks where it may."""
    if is_unbroken(text):
        return f'<span class="any">{escaped(text)}</span>'
    return f'<span class="id">{escaped(text)}</span>' if is_whole(text) else escaped(text)


@lru_cache(maxsize=65536)
def link_html(text: str, href: str | None) -> str:
    """Return a link; the text alone without an address."""
    if not href:
        return words_html(text)
    away = ' rel="noreferrer"' if href.startswith("http") else ""
    name = ' class="id"' if len(text) <= ID and " " not in text else ""
    return f'<a href="{escaped(href)}"{away}{name}>{words_html(text)}</a>'


def css(word: str) -> str:
    """Return a word as the name of a class of the style."""
    return "".join(each if each.isalnum() and each.isascii() else "-" for each in word.casefold())


@lru_cache(maxsize=1024)
def state_html(cell: StateWord) -> str:
    """Return a state with its mark."""
    return f'<span class="state {css(cell.name)}"><i aria-hidden="true"></i>{escaped(cell.word)}</span>'


def _text(text: str) -> str:
    if len(text) <= LONG:
        return words_html(text)
    return f'<details class="more"><summary>{words_html(shortened(text, LONG))}</summary>{words_html(text)}</details>'


def _code(cell: Code) -> str:
    breaks = ' class="any"' if is_unbroken(cell.text) else ""
    return f"<code{breaks}>{escaped(cell.text)}</code>"


def _several(cell: Several) -> str:
    return " ".join(f'<span class="each">{cell_html(each)}</span>' for each in cell.cells)


def _bar(cell: Bar) -> str:
    return (
        f'<span class="share">{cell.part} of {cell.whole}</span><svg class="bar" viewBox="0 0 100 8" width="100" '
        'height="8" aria-hidden="true"><rect class="whole" width="100" height="8" rx="2"/>'
        f'<rect class="part" width="{cell.percent}" height="8" rx="2"/></svg>'
    )


_BY_TYPE: Mapping[type, Callable[..., str]] = {
    str: _text,
    int: str,
    float: str,
    Link: lambda cell: link_html(cell.text, cell.href),
    Code: _code,
    StateWord: state_html,
    Prose: lambda cell: f'<div class="prose">{cell.html}</div>',
    Several: _several,
    Bar: _bar,
    type(None): lambda _: "",
}


def cell_html(cell: Cell) -> Markup:
    """Return a cell as HTML."""
    return Markup(_BY_TYPE[type(cell)](cell))  # noqa: S704  its texts are escaped above


def rows_html(table: Grid, shown_rows: Iterable[tuple[Cell, ...]]) -> Markup:
    """Return rows of a table; the first cell of each heads it."""
    titles = [escaped(column.title) for column in table.columns]
    return Markup("".join(_row(table.columns, titles, row) for row in shown_rows))  # noqa: S704  as above


def _row(columns: tuple[Column, ...], titles: list[str], row: tuple[Cell, ...]) -> str:
    cells = []
    for at, value in enumerate(row):
        tag, role = ("td", 'role="cell"') if at else ("th", 'scope="row" role="rowheader"')
        names = f"{'num' if columns[at].numeric else ''}{' none' if value is None else ''}".strip()
        named = f' class="{names}"' if names else ""
        inner = _BY_TYPE[type(value)](value)
        cells.append(f'<{tag} {role}{named} data-label="{titles[at]}">{inner}</{tag}>')
    return f'<tr role="row">{"".join(cells)}</tr>\n'

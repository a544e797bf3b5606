"""Cells made without a template: nothing that strangers write in them becomes an element or an attribute."""

from collections.abc import Callable
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.cells import cell_html, css, rows_html
from pages.parts import LONG, Bar, Cell, Code, Link, Several, StateWord, table
from pages.text import shown

PIECES = (
    '"',
    "'",
    "<",
    ">",
    "&",
    "<script>",
    '" onclick="x',
    "</td>",
    "\u202e",
    "\x00",
    " ",
    "-",
    "w" * 40,
    "é",
)
TEXT = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=30).map("".join)
MAKERS: tuple[Callable[[str], Cell], ...] = (
    str,
    Code,
    lambda text: Link(text, None),
    lambda text: Link(text, f"https://example.org/{text}"),
    lambda text: StateWord(text, text),
    lambda text: Several((text, Code(text), Link(text, text))),
)
TAGS = {"td", "th", "tr", "a", "code", "span", "i", "details", "summary", "svg", "rect"}
ATTRIBUTES = {
    *(
        "href",
        "rel",
        "class",
        "role",
        "scope",
        "data-label",
        "aria-hidden",
        "viewbox",
        "width",
        "height",
        "rx",
    ),
}


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@given(TEXT, TEXT, st.sampled_from(MAKERS))
def test_no_text_makes_an_element_or_an_attribute(text: str, title: str, make: Callable[[str], Cell]) -> None:
    grid = table("rows", "Rows", "One | Two", [(make(text), make(text))])
    grid = table("rows", "Rows", f"{title.replace('|', '')} | Two", grid.rows)
    html = str(rows_html(grid, grid.rows))
    found = Seen()
    found.feed(html)
    assert found.tags <= TAGS
    assert found.names <= ATTRIBUTES
    ET.fromstring(f"<table>{html}</table>")  # noqa: S314  ours, and well-formed whatever is in it


@given(TEXT)
def test_a_text_is_shown_as_it_is(text: str) -> None:
    found = Seen()
    found.feed(str(cell_html(text[:LONG])))
    assert "".join(found.texts) == shown(text[:LONG])


@pytest.mark.parametrize(
    ("cell", "html"),
    [
        (None, ""),
        (3, "3"),
        ("2026-05-23", '<span class="id">2026-05-23</span>'),
        (
            Link("T1528", "../techniques/T1528.html"),
            '<a href="../techniques/T1528.html" class="id">T1528</a>',
        ),
        (Link("x y", "https://example.org"), '<a href="https://example.org" rel="noreferrer">x y</a>'),
        (Link("T1528", None), "T1528"),
        (Code("w" * 31), f'<code class="any">{"w" * 31}</code>'),
        (Several(("a", "b")), '<span class="each">a</span> <span class="each">b</span>'),
    ],
)
def test_cells_have_their_form(cell: Cell, html: str) -> None:
    assert str(cell_html(cell)) == html


def test_a_long_text_folds() -> None:
    assert str(cell_html("a " * LONG)).startswith('<details class="more"><summary>')


@pytest.mark.parametrize(("part", "whole", "percent"), [(0, 0, 0), (1, 3, 33), (3, 3, 100), (199, 200, 99)])
def test_only_all_of_it_is_a_hundred_percent(part: int, whole: int, percent: int) -> None:
    assert Bar(part, whole).percent == percent
    assert f">{part} of {whole}<" in str(cell_html(Bar(part, whole)))


def test_a_word_is_a_class() -> None:
    assert css("Guidance_only X\u202e") == "guidance-only-x-"

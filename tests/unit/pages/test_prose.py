"""Texts of strangers as HTML: nothing in them becomes an element that we did not make."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.links import Alone
from pages.prose import Citations, plain, rendered

ALLOWED = {"p", "a", "code", "em", "strong", "ul", "ol", "li", "sup", "span", "br", "hr", "blockquote", "pre"}
PIECES = (
    *("<script>", "javascript:alert(1)", "[x](", ")", "![", "](data:text/html,x)", "(Citation: ", "<code>"),
    "</code>",
)


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def seen(text: str) -> Seen:
    parser = Seen()
    parser.feed(str(rendered(text, Alone(), Citations({"known": ("A paper.", "https://example.org/paper")}))))
    return parser


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=12).map("".join))
def test_no_text_makes_an_element_or_a_link_of_its_own(text: str) -> None:
    found = seen(text)
    assert set(found.tags) <= ALLOWED
    assert {name for name, _ in found.attributes} <= {"href", "rel", "title", "class", "start"}
    links = [value or "" for name, value in found.attributes if name == "href"]
    assert [link for link in links if not link.startswith(("http://", "https://", "#ref-"))] == []


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[click](javascript:alert(1))",
        "[click](JaVaScRiPt:alert(1))",
        "[click](data:text/html,<script>alert(1)</script>)",
        "<javascript:alert(1)>",
        "![picture](https://example.org/x.png)",
        "[a]: javascript:alert(1)\n\n[a]",
    ],
)
def test_hostile_text_stays_text(hostile: str) -> None:
    found = seen(hostile)
    assert not {"img", "svg", "script"} & set(found.tags)
    assert not [
        value for name, value in found.attributes if name == "href" and "script" in (value or "").lower()
    ]


def test_citations_are_numbered_in_the_order_of_the_text() -> None:
    book = ("A book.", "https://example.org")
    citations = Citations({"One": (None, None), "Two (2020)": book, "Three": (None, None)})
    text = "It is so.(Citation: Two (2020)) And so.(Citation: One)(Citation: Two (2020))"
    html = rendered(text, Alone(), citations)
    assert html.count('href="#ref-1"') == 2
    assert [(each.number, each.name) for each in citations.listed()] == [
        (1, "Two (2020)"),
        (2, "One"),
        (3, "Three"),
    ]


def test_a_citation_without_a_reference_is_shown_as_it_is() -> None:
    assert "(Nobody 1999)" in rendered("x (Citation: Nobody 1999)", Alone(), Citations({}))


def test_code_of_attack_is_code() -> None:
    assert (
        rendered("Use <code>cmd & <b></code>.", Alone()) == "<p>Use <code>cmd &amp; &lt;b&gt;</code>.</p>\n"
    )


def test_what_is_not_drawn_is_told() -> None:
    assert "[U+202E]" in rendered("abc\u202edef", Alone())


def test_the_plain_words_have_no_marks() -> None:
    text = "[Mimikatz](https://attack.mitre.org/software/S0002) runs <code>x</code>.(Citation: A (b))"
    assert plain(text) == "Mimikatz runs x."

"""Descriptions of strangers as HTML: Markdown without raw HTML, links to the web only, citations numbered."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup, escape

from pages.links import Links, is_web
from pages.text import shown

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

_CITATION = re.compile(r"\(Citation: ([^()]*(?:\([^()]*\)[^()]*)*)\)")
_CODE = re.compile(r"<code>(.*?)</code>", re.DOTALL)
_BREAK = re.compile(r"<br\s*/?>")


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference that a text cites, under the number that it has on the page."""

    number: int
    name: str
    description: str | None
    url: str | None


@dataclass(slots=True)
class Citations:
    """The references of an object: those that are cited get numbers in the order in which they are met.

    Attributes:
        known: name of the source -> (description, address).
    """

    known: Mapping[str, tuple[str | None, str | None]]
    _numbers: dict[str, int] = field(default_factory=dict)

    def number(self, name: str) -> int | None:
        """Return the number of the reference called `name`; None if the object has none of that name."""
        if name not in self.known:
            return None
        return self._numbers.setdefault(name, len(self._numbers) + 1)

    def listed(self) -> tuple[Cited, ...]:
        """Return every reference: the cited ones by number, then the others in the order of the record."""
        for name in self.known:
            self.number(name)
        return tuple(Cited(number, name, *self.known[name]) for name, number in self._numbers.items())


def rendered(text: str | None, links: Links, citations: Citations | None = None) -> Markup:
    """Return `text` as HTML; what it cites gets its number in `citations`."""
    if not text:
        return Markup()
    given = {"links": links, "citations": citations or Citations({})}
    return Markup(_markdown().render(shown(text), given))  # noqa: S704  raw HTML is off, see _markdown


def rendered_all(texts: Iterable[str], links: Links) -> tuple[Markup, ...]:
    """Return each text as one line of HTML, without a paragraph around it."""
    given = {"links": links, "citations": Citations({})}
    return tuple(Markup(_markdown().renderInline(shown(text), given)) for text in texts)  # noqa: S704  see _markdown


def plain(text: str) -> str:
    """Return the words of a text of ATT&CK's: links by their texts, without citations and code tags."""
    without = _CITATION.sub("", text)
    linked = re.sub(r"\[([^\]]*)\]\([^()]*\)", r"\1", without)
    return " ".join(shown(re.sub(r"</?code>", "", linked)).split())


@cache
def _markdown() -> MarkdownIt:
    """Return CommonMark without raw HTML and without images, which a browser would fetch.

    ATT&CK writes citations as `(Citation: name)`, and code as `<code>`: both are rules of their own here.
    """
    markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "html_inline", "html_block"])
    markdown.validateLink = is_web  # type: ignore[method-assign]  # how the library is told which links are links
    markdown.inline.ruler.before("link", "citation", _citation)
    markdown.inline.ruler.before("backticks", "code_tag", _code_tag)
    markdown.inline.ruler.before("autolink", "break_tag", _break_tag)
    markdown.add_render_rule("citation", _render_citation)
    markdown.add_render_rule("link_open", _render_link)
    markdown.add_render_rule("heading_open", _heading)
    markdown.add_render_rule("heading_close", _heading)
    markdown.inline.ruler.at("text", _text)
    return markdown


def _text(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001  the library's own signature
    """Stop plain text at an opening parenthesis too, so that a citation can begin there."""
    end = state.pos
    stops = "\n!#$%&*+-:<=>@[\\]^_`{}~("
    while end < state.posMax and state.src[end] not in stops:
        end += 1
    if end == state.pos:
        return False
    if not silent:
        state.pending += state.src[state.pos : end]
    state.pos = end
    return True


def _citation(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    return _matched(state, silent, _CITATION, "citation")


def _code_tag(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    return _matched(state, silent, _CODE, "code_inline")


def _break_tag(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001
    return _matched(state, silent, _BREAK, "hardbreak")


def _matched(state: "StateInline", silent: bool, pattern: re.Pattern[str], kind: str) -> bool:  # noqa: FBT001
    found = pattern.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push(kind, "code" if kind == "code_inline" else "", 0)
        token.content = found[1] if pattern.groups else ""
    state.pos = found.end()
    return True


def _render_citation(
    _: RendererHTML, tokens: Sequence[Token], index: int, __: OptionsDict, given: EnvType
) -> str:
    name = tokens[index].content
    number = given["citations"].number(name)
    if number is None:
        return f'<span class="cited">({escape(name)})</span>'
    return f'<sup class="cite"><a href="#ref-{number}" title="{escape(name)}">[{number}]</a></sup>'


def _render_link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, given: EnvType
) -> str:
    token = tokens[index]
    href = given["links"].outside(token.attrGet("href"))
    token.attrs = {"href": href} if href else {}
    if href and is_web(href):
        token.attrSet("rel", "noreferrer")
    return str(renderer.renderToken(tokens, index, options, given))


def _heading(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, given: EnvType
) -> str:
    """Render headings of strangers as paragraphs: the page has its own."""
    tokens[index].tag = "p"
    return str(renderer.renderToken(tokens, index, options, given))

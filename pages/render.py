"""Pages as HTML: one file that needs nothing else."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pages.answers import Answered
from pages.cells import cell_html, css, link_html, rows_html
from pages.page import Page, Voice
from pages.parts import Code, Faq, Grid, Link, RecordPart, table
from pages.picture import WIDTH
from pages.text import shown

HERE = Path(__file__).parent
FOLD = 50
"""Rows of a list that stand on the page itself."""
LAYERS = {
    Voice.OFFICIAL: "MITRE ATT&CK, official",
    Voice.EVIDENCE: "Evidence",
    Voice.YOURS: "Yours",
    Voice.OURS: "This page",
}
_BACKTICKS = re.compile(r"`([^`<>&]+)`")


@dataclass(frozen=True, slots=True)
class Frame:
    """What is around the content of a page.

    Attributes:
        policy: its Content-Security-Policy.
        tool: which Sightline made it; `made` on which day.
        answers: the answers that it was made of, as a table; `digest` is that of the whole.
        document: the answer file, where the page carries it; `document_href` leads to it, where it does not.
        start: where the site begins; a page of a site has a search, and its `navigation` beside it.
        folded: name of a table -> the page that has all of its rows.
    """

    policy: str
    tool: str
    made: str
    official: bool
    answers: Grid
    digest: str
    document: Markup | None = None
    document_href: str | None = None
    style: Markup | None = None
    script: Markup | None = None
    style_href: str | None = None
    script_href: str | None = None
    start: str | None = None
    folded: Mapping[str, str] = field(default_factory=dict)
    navigation: tuple[Link, ...] = ()


class Made(Protocol):
    """An answer of a page with its digest."""

    @property
    def answered(self) -> Answered:
        """The answer."""

    @property
    def digest(self) -> str:
        """Its permanent name."""


def single(page: Page, file: Mapping[str, Any], made_of: Sequence[Made]) -> str:
    """Return the page as one self-contained file, which makes no request and carries its answer file.

    Args:
        page: what a view made.
        file: its answer file.
        made_of: the answers in it.
    """
    return drawn(page, single_frame(file, made_of, official=page.official))


def single_frame(file: Mapping[str, Any], made_of: Sequence[Made], *, official: bool) -> Frame:
    """Return what is around the content of a page that needs nothing else."""
    style, script = static("style.css"), static("script.js")
    about = file["about"]
    return Frame(
        policy=(
            f"default-src 'none'; style-src '{_hashed(style)}'; script-src '{_hashed(script)}'; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        ),
        tool=about["tool"],
        made=about["created"][:10],
        official=official,
        answers=listed_answers(made_of),
        digest=file["digest"],
        document=in_script(file),
        style=Markup(style),  # noqa: S704  ours
        script=Markup(script),  # noqa: S704  ours
    )


def drawn(page: Page, frame: Frame) -> str:
    """Return the HTML of a page of sections in its frame."""
    return (
        environment()
        .get_template("page.html")
        .render(
            page=page, frame=frame, title=page.title, summary=page.summary, layers=LAYERS, faq=faq_of(page)
        )
    )


@cache
def environment() -> Environment:
    """Return the templates: what is put into them is escaped, and nothing in it is invisible."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_visible,
        auto_reload=False,
    )
    made.filters |= {
        "css": css,
        "data_url": _data_url,
        "ours": _ours,
        "cell": cell_html,
        "rows": rows_html,
        "link": _link,
    }
    made.globals |= {"fold": FOLD, "box_width": WIDTH}
    return made


def _visible(value: object) -> object:
    if value is None:
        return ""
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _link(text: str, href: str | None) -> Markup:
    return Markup(link_html(text, href))  # noqa: S704  both are escaped


def _ours(text: str) -> Markup:
    """Return a sentence of ours, with code between backticks; names in it are strangers'."""
    return Markup(_BACKTICKS.sub(r"<code>\1</code>", str(escape(shown(text)))))  # noqa: S704  escaped before


def _data_url(record: RecordPart) -> str:
    return f"data:{record.media};base64,{base64.b64encode(record.text.encode()).decode()}"


@cache
def static(name: str) -> str:
    """Return a file of the style or the script."""
    return (HERE / "static" / name).read_text("utf-8")


def _hashed(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def in_script(document: object) -> Markup:
    """Return JSON that can stand in a script element: no `<` ends it, no separator breaks it."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704  nothing in it can end the element


def faq_of(page: Page) -> Markup | None:
    """Return the questions of a page as schema.org's FAQPage; None where it has none."""
    asked = [
        each
        for section in page.sections
        for part in section.parts
        if isinstance(part, Faq)
        for each in part.questions
    ]
    if not asked:
        return None
    return in_script(
        {
            "@context": "https://schema.org",
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": each.question,
                    "acceptedAnswer": {"@type": "Answer", "text": each.answer},
                }
                for each in asked
            ],
        }
    )


def listed_answers(made_of: Iterable[Made]) -> Grid:
    """Return the answers that a page was made of, as a table."""
    rows = [
        (Code(each.answered.request.words), len(each.answered.rows), Code(each.digest)) for each in made_of
    ]
    return table("answer-rows", "Answers", "What was asked | #Rows | Digest", rows, things="answers")

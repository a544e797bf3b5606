"""Pages as HTML: one file that needs nothing else."""

import base64
import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from pages.answers import Answered
from pages.page import Layer, Page
from pages.parts import LONG, Code, Questions, Record, Table, table
from pages.picture import WIDTH
from pages.text import shortened, shown

HERE = Path(__file__).parent
FOLD = 50
"""Rows of a list that stand on the page itself."""
LAYERS = {
    Layer.OFFICIAL: "MITRE ATT&CK, official",
    Layer.EVIDENCE: "Evidence",
    Layer.YOURS: "Yours",
    Layer.OURS: "This page",
}
WHOLE = 24
"""Letters: a shorter word is not broken at its hyphens."""
UNBROKEN = 30
"""Letters: a longer word may be broken anywhere."""
_BACKTICKS = re.compile(r"`([^`<>&]+)`")
_NOT_IN_A_CLASS = re.compile(r"[^a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the content of a page."""

    policy: str
    version: str
    made: str
    year: str
    official: bool
    answers: Table
    documents: tuple[Markup, ...]
    style: Markup | None = None
    script: Markup | None = None
    style_href: str | None = None
    script_href: str | None = None
    start: str | None = None
    folded: Mapping[str, str] = field(default_factory=dict)


def single(page: Page, answers: Sequence[Answered]) -> str:
    """Return the page as one self-contained file, which makes no request and carries its answers."""
    style, script = static("style.css"), static("script.js")
    frame = Frame(
        policy=(
            f"default-src 'none'; style-src '{_hashed(style)}'; script-src '{_hashed(script)}'; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        ),
        version=tool_version(),
        made=made_on(),
        year=made_on()[:4],
        official=page.official,
        answers=listed_answers(answers),
        documents=tuple(in_script(each.document()) for each in answers),
        style=Markup(style),  # noqa: S704  ours
        script=Markup(script),  # noqa: S704  ours
    )
    return drawn(page, frame)


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
    made.filters |= {"css": _css, "shortened": shortened, "data_url": _data_url, "ours": _ours}
    made.tests |= {"unbroken": _is_unbroken, "whole": _is_whole}
    made.globals |= {"long": LONG, "fold": FOLD, "box_width": WIDTH}
    return made


def _visible(value: object) -> object:
    if value is None:
        return ""
    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _is_unbroken(text: object) -> bool:
    """Tell whether a text has a word that is wider than a column may become for it."""
    return isinstance(text, str) and any(len(word) > UNBROKEN for word in text.split())


def _is_whole(text: object) -> bool:
    """Tell whether a text is better not broken at its hyphens: a date, a key."""
    return isinstance(text, str) and len(text) <= WHOLE and "-" in text and " " not in text


def _ours(text: str) -> Markup:
    """Return a sentence of ours, with code between backticks; names in it are strangers'."""
    return Markup(_BACKTICKS.sub(r"<code>\1</code>", str(escape(shown(text)))))  # noqa: S704  escaped before


def _css(word: str) -> str:
    return _NOT_IN_A_CLASS.sub("-", word.casefold())


def _data_url(record: Record) -> str:
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
        if isinstance(part, Questions)
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


def listed_answers(answers: Iterable[Answered]) -> Table:
    """Return the answers that a page was made of."""
    rows = [
        (
            Code(each.name),
            ", ".join(f"{name} {value}" for name, value in each.parameters.items()),
            len(each.rows),
        )
        for each in answers
    ]
    return table("answer-rows", "Answers", "Question | Asked for | #Rows", rows, things="answers")


@cache
def tool_version() -> str:
    """Return the version of Sightline."""
    return version("sightline-attack")


def made_on() -> str:
    """Return today's date; that of `SOURCE_DATE_EPOCH`, where it is set, so that pages can be made again."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch and epoch.isdecimal() else datetime.now(UTC)
    return now.strftime("%Y-%m-%d")

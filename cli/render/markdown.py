"""Answers as a Markdown table in which no field can become markup."""

import re
from collections.abc import Iterator
from dataclasses import replace

from cli.answer import Branch, One, Rows
from cli.render.cells import cell, is_number
from cli.render.fields import as_rows
from cli.render.screen import Screen
from cli.render.titles import title, titled
from cli.render.visible import visible

_MARKUP = re.compile(r"[\\`*_\[\]|~$]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", ":": "&#58;", "@": "&#64;"})
"""`:` and `@` too, so that no bare address becomes a link; and entities are inert to every reader."""
_DOMAIN = re.compile(r"\b(www)\.", re.IGNORECASE)


def render(answer: Rows | One, screen: Screen) -> str:  # noqa: ARG001  a Renderer; no screen wraps Markdown
    """Return a table of GitHub's Markdown (GFM, section 4.10); an empty answer has a header only."""
    rows = titled(as_rows(answer))
    if isinstance(answer, One):
        rows = replace(rows, values=[(title(str(name)), value) for name, value in rows.values])
    numeric = [_all_numbers(rows, at) for at in range(len(rows.columns))]
    lines = [
        _line([escaped(name) for name in rows.columns]),
        _line(["---:" if right else "---" for right in numeric]),
        *(_line([escaped(cell(value)) for value in row]) for row in rows.values),
    ]
    return "\n".join(lines) + "\n"


def _items(branch: Branch, indent: str) -> Iterator[str]:
    yield f"{indent}- {escaped(branch.title)}"
    yield from (f"{indent}  <br>{escaped(detail)}" for detail in branch.details)
    for below in branch.below:
        yield from _items(below, f"{indent}  ")


def escaped(text: str) -> str:
    """Return `text` as Markdown that reads as `text`: no emphasis, link, HTML or border comes out of it."""
    lines = visible(text, keep="\n").split("\n")
    return " <br> ".join(_inert(line) for line in lines)


def _inert(line: str) -> str:
    backslashed = _MARKUP.sub(
        lambda match: "\\" + match.group(), line.translate(_ENTITIES).replace("&#", "\0")
    )
    return _DOMAIN.sub(r"\1&#46;", backslashed.replace("\0", "&#"))


def _line(fields: list[str]) -> str:
    return f"| {' | '.join(fields)} |"


def _all_numbers(rows: Rows, at: int) -> bool:
    values = [row[at] for row in rows.values if row[at] is not None]
    return bool(values) and all(is_number(value) for value in values)

"""Answers as CSV that a spreadsheet shows and does not run."""

import csv
import io

from cli.answer import One, Rows
from cli.render.cells import cell
from cli.render.fields import as_rows
from cli.render.screen import Screen
from cli.render.visible import visible

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What OWASP's page on CSV injection lists, and the full-width forms that some spreadsheets fold."""


def render(answer: Rows | One, screen: Screen) -> str:  # noqa: ARG001  a Renderer; no screen wraps a sheet
    """Return a header line and a line per row, RFC 4180 quoting, ended by a line feed.

    Of an object, the fields that are no lists of objects: those are sections, a table each (cli/sections.py).
    Text that a spreadsheet could take for a formula starts with an apostrophe; numbers stay numbers.
    """
    rows = as_rows(answer)
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(map(_field, rows.columns))
    writer.writerows([_field(value) for value in row] for row in rows.values)
    return buffer.getvalue()


def _field(value: object) -> str:
    if isinstance(value, float):
        return repr(value)
    text = cell(value)
    if isinstance(value, int):
        return text
    return visible(_inert(text), keep="\n")


def _inert(text: str) -> str:
    return f"'{text}" if text.lstrip(" \n").startswith(_FORMULA_STARTS) else text

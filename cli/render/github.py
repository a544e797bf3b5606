"""Findings as GitHub's workflow commands, which a pull request shows at their lines.

Source: GitHub's documentation, "Workflow commands for GitHub Actions"; the escapes are those of the runner's toolkit.
"""

from collections.abc import Mapping
from typing import Any

from cli.answer import One, Rows
from cli.render.findings import findings, told
from cli.render.screen import Screen
from cli.render.visible import visible

_WORDS = {"error": "error", "warning": "warning", "note": "notice"}
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def render(answer: Rows | One, screen: Screen) -> str:  # noqa: ARG001  a Renderer
    """Return a line for each finding."""
    return "".join(f"{_line(each)}\n" for each in findings(answer, "github"))


def _line(finding: Mapping[str, Any]) -> str:
    places = {
        "file": finding["file"],
        "line": finding["line"],
        "col": finding["column"],
        "title": finding["code"],
    }
    properties = ",".join(
        f"{name}={_escaped(str(value), _PROPERTY)}" for name, value in places.items() if value
    )
    return f"::{_WORDS[finding['level']]} {properties}::{_escaped(told(finding), _DATA)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(letter, letter) for letter in visible(text, keep="\r\n"))

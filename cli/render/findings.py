"""Findings of `check` in the forms that other programs read."""

from collections.abc import Iterator, Mapping
from typing import Any

from cli.answer import One, Rows
from graph.errors import UsageError

NEEDED = frozenset({"file", "line", "column", "code", "level", "message", "fingerprint"})


def findings(answer: Rows | One, form: str) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of an answer of `check`.

    Raises:
        UsageError: the answer is another command's.
    """
    if not isinstance(answer, Rows) or not set(answer.columns) >= NEEDED:
        raise UsageError(f"--format {form} is for `check`", todo="use table, json, csv or md")
    yield from (dict(zip(answer.columns, row, strict=True)) for row in answer.values)


def told(finding: Mapping[str, Any]) -> str:
    """Return what is wrong and what to do, in one sentence."""
    return "; ".join(str(part) for part in (finding["message"], finding.get("todo")) if part)

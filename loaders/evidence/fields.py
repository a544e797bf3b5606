"""Typed fields of one record, with a note for each that has another form."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from loaders.reading.problems import Problem, Severity

_DATE = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})", re.ASCII)


class NotARuleError(Exception):
    """The document is no rule; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


@dataclass(slots=True)
class Fields:
    """Reads typed fields of one mapping and keeps what is odd.

    Attributes:
        path: of the file.
        sha256: of the record.
        values: the mapping.
        locate: returns the line of the file at which the value at a JSON pointer is.
        at: JSON pointer of the mapping.
        problems: what was odd, in the order in which it was asked for.
    """

    path: str
    sha256: str
    values: Mapping[str, object]
    locate: Callable[[str], int]
    at: str = ""
    problems: list[Problem] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """Return a text, trimmed; a number as text; None where it is absent, blank or of another kind."""
        value = self.values.get(name)
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        if not isinstance(value, str):
            self.note(f"/{name}", "not-text", f"{name} is not text; put it in quotes")
            return None
        return value.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        """Return the texts of a list, or one text alone; what is not text is noted and left out."""
        return tuple(text for _, text in self.placed_texts(name))

    def placed_texts(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return the same with the JSON pointer of each."""
        value = self.values.get(name)
        items = value if isinstance(value, list) else [] if value is None else [value]
        for index, item in enumerate(items):
            if not isinstance(item, str):
                self.note(f"/{name}/{index}", "not-text", f"an entry of {name} is not text; put it in quotes")
        return tuple((f"{self.at}/{name}/{n}", item) for n, item in enumerate(items) if isinstance(item, str))

    def mapping(self, name: str) -> Mapping[str, object]:
        """Return a mapping; an empty one where it is absent or of another kind."""
        value = self.values.get(name)
        if value is None or isinstance(value, dict):
            return value or {}
        self.note(f"/{name}", "not-a-mapping", f"{name} is not a mapping")
        return {}

    def inner(self, name: str) -> "Fields":
        """Return the fields of a mapping below; its notes are kept with these."""
        return Fields(
            self.path, self.sha256, self.mapping(name), self.locate, f"{self.at}/{name}", self.problems
        )

    def mappings(self, name: str) -> "list[Fields]":
        """Return the fields of each mapping of a list; what is not a mapping is noted and left out."""
        value = self.values.get(name)
        items = value if isinstance(value, list) else [] if value is None else [value]
        found = []
        for index, item in enumerate(items):
            if isinstance(item, dict):
                place = f"{self.at}/{name}/{index}"
                found.append(Fields(self.path, self.sha256, item, self.locate, place, self.problems))
            else:
                self.note(f"/{name}/{index}", "not-a-mapping", f"an entry of {name} is not a mapping")
        return found

    def day(self, name: str) -> str | None:
        """Return a date as `YYYY-MM-DD`; older rules write it with slashes."""
        if isinstance(self.values.get(name), date):  # TOML has dates of its own
            return str(self.values[name])[:10]
        written = self.text(name)
        day = _day(written) if written else None
        if day is None and self.values.get(name) is not None:
            self.note(f"/{name}", "bad-date", f"{name} is not a date; write it as 2026-04-01")
        return day

    def note(self, pointer: str, code: str, message: str) -> None:
        """Keep what is odd at a JSON pointer below this mapping."""
        self.problems.append(self._problem(pointer, code, message, Severity.NOTE))

    def refuse(self, pointer: str, code: str, message: str) -> NotARuleError:
        """Return the error that says why the record is no rule."""
        return NotARuleError(self._problem(pointer, code, message, Severity.SKIPPED))

    def _problem(self, pointer: str, code: str, message: str, severity: Severity) -> Problem:
        line = self.locate(f"{self.at}{pointer}")
        return Problem(self.path, f"line {line}", code, message, severity, self.sha256)


def _day(written: str) -> str | None:
    found = _DATE.fullmatch(written)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat() if found else None
    except ValueError:
        return None

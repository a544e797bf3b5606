"""What a loader could not take, as a value that is counted, printed and, for a loaded set, stored."""

from dataclasses import dataclass
from enum import StrEnum

from graph.errors import unbroken


class Severity(StrEnum):
    """How much of the input a problem costs."""

    NOTE = "note"
    """Stored as it is, but odd: worth a look."""
    SKIPPED = "skipped"
    """This item was not stored; the others were."""
    FATAL = "fatal"
    """Nothing of the file can be taken."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One odd thing at one place of the input.

    Attributes:
        path: the file, as the user named it, with `!entry` after an archive.
        pointer: where in it: a JSON pointer (RFC 6901), `line 12` or `line 12 column 3`; "" for all of it.
        code: a stable code in kebab case, such as `duplicate-key`.
        message: what is wrong and what to do, in one sentence without a final period.
        severity: what the problem costs.
        sha256: of the record that it concerns, when there is one.
    """

    path: str
    pointer: str
    code: str
    message: str
    severity: Severity = Severity.NOTE
    sha256: str | None = None

    def __str__(self) -> str:
        place = f"{self.path}: {self.pointer}" if self.pointer else self.path
        return unbroken(f"{place}: {self.code}: {self.message}")

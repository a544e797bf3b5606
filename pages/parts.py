"""What pages are put together from: tables with typed cells, references, facts, questions with answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from markupsafe import Markup

LONG = 160
"""Characters; a longer text in a table folds behind its beginning."""


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; without an address it is the text alone."""

    kind: ClassVar[str] = "link"
    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class Code:
    """An identifier, a hash or a path: set in a fixed width."""

    kind: ClassVar[str] = "code"
    text: str


@dataclass(frozen=True, slots=True)
class StateWord:
    """A state of coverage: its name in answers, and how people read it."""

    kind: ClassVar[str] = "state"
    name: str
    word: str


@dataclass(frozen=True, slots=True)
class Prose:
    """Rendered text of somebody, on one line or several."""

    kind: ClassVar[str] = "prose"
    html: Markup


@dataclass(frozen=True, slots=True)
class Bar:
    """A part of a whole, drawn beside its two numbers."""

    kind: ClassVar[str] = "bar"
    part: int
    whole: int

    @property
    def percent(self) -> int:
        """The part in percent, rounded down, so that only all of it is 100."""
        return 100 * self.part // self.whole if self.whole else 0


@dataclass(frozen=True, slots=True)
class Several:
    """Cells beside each other in one cell."""

    kind: ClassVar[str] = "several"
    cells: "tuple[Cell, ...]"


Cell: TypeAlias = "str | int | float | Link | Code | StateWord | Prose | Several | Bar | None"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and whether it holds numbers."""

    title: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under titled columns.

    Attributes:
        name: unique on its page; a place to link to.
        caption: what the rows are, for those who cannot see what stands around the table.
        total: a last line that adds the rows up, cell by cell.
        empty: what is said in place of a table without rows.
        things: what a row is, in the plural, as in "12 rules".
    """

    kind: ClassVar[str] = "table"
    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str = "None."
    total: tuple[Cell, ...] | None = None
    things: str = "rows"


@dataclass(frozen=True, slots=True)
class Fact:
    """A short statement about the subject of a page."""

    title: str
    value: Cell


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """A question that people ask, and the answer that the rows give; plain text, since machines read it too."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """Rendered text of a stranger or of us, in paragraphs."""

    kind: ClassVar[str] = "text"
    html: Markup


@dataclass(frozen=True, slots=True)
class Facts:
    """Short statements in a list."""

    kind: ClassVar[str] = "facts"
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """A list of texts under a heading of its own."""

    kind: ClassVar[str] = "points"
    title: str
    points: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that is worth seeing first, and what it counts."""

    number: str
    what: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class RuleText:
    """The text of a rule, with its license, its author and where it is from."""

    kind: ClassVar[str] = "rule"
    title: Cell
    text: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class RecordPart:
    """The bytes that a publisher wrote for the subject, and their SHA-256."""

    kind: ClassVar[str] = "record"
    name: str
    media: str
    text: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Faq:
    """Faq that people ask, with their answers."""

    kind: ClassVar[str] = "questions"
    questions: tuple[FaqEntry, ...]


@dataclass(frozen=True, slots=True)
class References:
    """The numbered references of an object; texts cite them by number."""

    kind: ClassVar[str] = "references"
    references: "tuple[NumberedReference, ...]"


@dataclass(frozen=True, slots=True)
class NumberedReference:
    """One reference: its number, name, what it is, and its address where that is a web address."""

    number: int
    name: str
    description: str | None
    href: str | None


def table(
    name: str,
    caption: str,
    columns: str,
    rows: Iterable[Sequence[Cell]],
    *,
    empty: str = "None.",
    total: Sequence[Cell] | None = None,
    things: str = "rows",
) -> Grid:
    """Return a table; `columns` are the titles between bars, those of numbers begin with `#`."""
    titles = tuple(
        Column(title.strip().lstrip("#"), numeric=title.strip().startswith("#"))
        for title in columns.split("|")
    )
    listed = tuple(tuple(row) for row in rows)
    return Grid(name, caption, titles, listed, empty, tuple(total) if total else None, things)


def several(cells: Iterable[Cell]) -> Cell:
    """Return the cells as one: None without any, the only one as it is."""
    listed = tuple(cells)
    return None if not listed else listed[0] if len(listed) == 1 else Several(listed)


def listed(words: Iterable[str], *, last: str = "and") -> str:
    """Return words as English lists them: `a`, `a and b`, `a, b and c`."""
    *before, final = tuple(words) or ("",)
    return f"{', '.join(before)} {last} {final}" if before else final


def noun(number: int, one: str, several: str | None = None) -> str:
    """Return the noun alone, for a number that is set apart from it."""
    return one if number == 1 else several or f"{one}s"


def counted(number: int, one: str, several: str | None = None) -> str:
    """Return a number with its noun: `1 rule`, `2 rules`."""
    return f"{number:,} {noun(number, one, several)}"

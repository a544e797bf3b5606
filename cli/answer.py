"""What a command hands back: rows, one object, text or bytes. Commands return, the edge writes."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import NamedTuple


class Scope(NamedTuple):
    """What an answer is about; `--envelope` writes it around the rows.

    Attributes:
        release: the release that answered, such as `enterprise-attack@18.1`.
        environment: the environment that was asked about, if one was.
        platforms: the platforms that were asked about; empty for all of them.
        of: the denominator of the counts in the rows, where there is one.
    """

    release: str | None = None
    environment: str | None = None
    platforms: tuple[str, ...] = ()
    of: int | None = None


_EVERYTHING = Scope()


class Branch(NamedTuple):
    """A line of a tree.

    Attributes:
        title: what it says.
        details: what is said under it, smaller.
        below: the lines that belong to it.
    """

    title: str
    details: tuple[str, ...] = ()
    below: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of rows with the same columns.

    Attributes:
        columns: the names, in the order of the row type's fields.
        values: one tuple per row, in the order of `columns`.
        scope: what the rows are about.
        looked_at: what was searched, said on stderr when there is no row.
        exit_code: 0, or 1 when a check found something.
        spare: columns that a narrow terminal goes without, the first one first.
        table: the same answer as people read it, where that is not a line per row.
        tree: the same answer as people read it, where that is a tree.
        as_named: whether the columns are the person's own, and are headed as they wrote them.
        subject: the column that says what a row is; it stays in its row where it would be said above as the scope.
        total: the rows added up, on a line of its own below a table; no row of any other format.
    """

    columns: tuple[str, ...]
    values: Sequence[tuple[object, ...]]
    scope: Scope = _EVERYTHING
    looked_at: str = ""
    exit_code: int = 0
    spare: tuple[str, ...] = ()
    table: "Rows | None" = None
    tree: tuple[Branch, ...] = ()
    as_named: bool = False
    subject: str = ""
    total: str = ""


class One(NamedTuple):
    """One object with named fields: a frozen dataclass.

    Attributes:
        value: the object; its fields become the fields of the JSON object, in order.
        scope: what it is about.
        exit_code: 0, or 1 when a check found something.
    """

    value: object
    scope: Scope = _EVERYTHING
    exit_code: int = 0


class Text(NamedTuple):
    """Text that is written as it is (control characters made visible), whatever `--format` says."""

    text: str
    exit_code: int = 0


class Exact(NamedTuple):
    """Bytes that are written as they are and never to a terminal: what a hash is computed over."""

    data: bytes
    exit_code: int = 0


Answer = Rows | One | Text | Exact


def rows_of(
    row_type: type,
    rows: Sequence[object],
    *,
    scope: Scope | None = None,
    looked_at: str = "",
    exit_code: int = 0,
    spare: tuple[str, ...] = (),
    subject: str = "",
    total: str = "",
) -> Rows:
    """Return the answer made of `rows`, instances of the frozen dataclass `row_type`.

    The type is named apart from the rows because an empty answer has columns too.
    """
    columns = tuple(field.name for field in fields(row_type))
    values = [tuple(getattr(row, name) for name in columns) for row in rows]
    return Rows(columns, values, scope or Scope(), looked_at, exit_code, spare, subject=subject, total=total)


def only(rows: Rows, names: Sequence[str]) -> Rows:
    """Return the rows with the columns `names` alone, in that order; those that they do not have are left out."""
    kept = [name for name in names if name in rows.columns]
    at = [rows.columns.index(name) for name in kept]
    return replace(rows, columns=tuple(kept), values=[tuple(row[each] for each in at) for row in rows.values])


def in_order(rows: Rows, first: Sequence[str]) -> Rows:
    """Return the rows with those of the columns `first` that they have before the others, as people read them."""
    return only(rows, [*first, *(name for name in rows.columns if name not in first)])

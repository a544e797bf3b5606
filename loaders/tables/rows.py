"""Rows of the tables that are packed with the program, and of tables in the same form that users add."""

import csv
import io
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from graph.errors import InputRejectedError

_LIST_SEPARATOR = ";"


class TableRow(NamedTuple):
    """One row, with the place that messages about it name.

    Attributes:
        path: the file, as the user named it, or the packed table's name.
        line: its last line in the file, counted from 1.
        cells: column -> text, exactly as written there: two raw ATT&CK names end in a space.
    """

    path: str
    line: int
    cells: Mapping[str, str]

    def items(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that holds a list, `a;b`."""
        return tuple(part.strip() for part in self.cells[column].split(_LIST_SEPARATOR) if part.strip())


def has_texts(cells: Mapping[str, object], *columns: str) -> bool:
    """Tell whether a record is a row with these columns, each a text: the row of another table is not."""
    return all(isinstance(cells.get(column), str) for column in columns)


@cache
def packed(name: str) -> tuple[TableRow, ...]:
    """Return the rows of a table that is packed with the program."""
    return tuple(rows(Path(__file__).with_name(name).read_bytes(), name))


def rows(data: bytes, path: str) -> Iterator[TableRow]:
    """Yield the rows of a CSV table (RFC 4180, UTF-8, one header line).

    Raises:
        InputRejectedError: it is not one; the message names the line.
    """
    reader = csv.reader(io.StringIO(_text(data, path), newline=""), strict=True)
    try:
        header = next(reader, [])
        for cells in reader:
            if cells:
                yield TableRow(
                    path, reader.line_num, _named(header, cells, f"{path}: line {reader.line_num}")
                )
    except csv.Error as error:
        raise _rejected(f"not a CSV row ({error})", f"{path}: line {reader.line_num}") from error


def _text(data: bytes, path: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _rejected("not UTF-8", f"{path}: line {line}") from error


def _named(header: list[str], cells: list[str], where: str) -> dict[str, str]:
    if len(cells) != len(header):
        raise _rejected(f"{len(cells)} cells under {len(header)} columns", where)
    return dict(zip(header, cells, strict=True))


def _rejected(what: str, where: str) -> InputRejectedError:
    return InputRejectedError(what, where=where, todo="docs/formats.md shows the columns of each table")

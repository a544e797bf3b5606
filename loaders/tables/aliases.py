"""A user's own rows for the log-source tables, in CSV files with the columns of the packed ones.

A file with the columns `name,canonical` says what else a log source is called; one with `product,category,
service,...` says what a Sigma log source is in ATT&CK's words, and one with `publisher,name,...` what a log source of
Elastic, Splunk or Sentinel is. Their rows win over the packed ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from graph.errors import InputRejectedError
from graph.record import sha256_hex
from loaders.reading.one_file import SourceFile
from loaders.tables.event_ids import event_lines
from loaders.tables.log_sources import LogSourceNames, packed_names
from loaders.tables.platforms import platforms_sha256
from loaders.tables.publisher_sources import (
    PUBLISHERS,
    PublisherTable,
    packed_publisher_table,
    packed_publishers_sha256,
    publisher_table,
    publishers_sha256,
)
from loaders.tables.rows import TableRow, rows
from loaders.tables.sigma_sources import Table, packed_table, table
from loaders.tables.telemetry import Scope

_NAME_COLUMNS: Final = ("name", "canonical")
_TELEMETRY_COLUMNS: Final = ("scope", "platforms", "log_sources", "data_components")
_SIGMA_COLUMNS: Final = ("product", "category", "service", *_TELEMETRY_COLUMNS)
_PUBLISHER_COLUMNS: Final = ("publisher", "name", *_TELEMETRY_COLUMNS)
_OPTIONAL: Final = {"confidence": "medium", "note": "", "reason": "", "watched": ""}


@dataclass(frozen=True, slots=True)
class Aliases:
    """The tables that a load uses: the packed ones, with the user's rows on top.

    Attributes:
        names: what log sources are called.
        sigma: what Sigma's log sources are.
        publishers: what the log sources of Elastic, Splunk and Sentinel are.
        files: of the user's rows, in the order in which they were given.
    """

    names: LogSourceNames = field(default_factory=packed_names)
    sigma: Table = field(default_factory=packed_table)
    publishers: PublisherTable = field(default_factory=packed_publisher_table)
    files: tuple[SourceFile, ...] = ()

    @property
    def renamed(self) -> dict[str, str]:
        """Folded name -> canonical name, of the log sources that the user's rows call otherwise than our table."""
        ours = packed_names().by_folded_name
        return {
            name: canonical
            for name, canonical in self.names.by_folded_name.items()
            if ours.get(name) != canonical
        }

    @property
    def sha256(self) -> str:
        """SHA-256 over all rows, those of event ids too: what is derived changes only when it does."""
        names = sorted(f"{name}={canonical}" for name, canonical in self.names.by_folded_name.items())
        sigma = sorted(f"{source}={telemetry}" for source, telemetry in self.sigma.items())
        return sha256_hex("\n".join((*names, *sigma, *event_lines(), platforms_sha256())).encode())

    @property
    def publishers_sha256(self) -> str:
        """SHA-256 over the rows that rules of Elastic, Splunk and Sentinel are read with."""
        names = sorted(f"{name}={canonical}" for name, canonical in self.names.by_folded_name.items())
        packed = self.publishers is packed_publisher_table()
        rows = packed_publishers_sha256() if packed else publishers_sha256(self.publishers)
        return sha256_hex("\n".join((*names, rows, platforms_sha256())).encode())


def aliases(files: Iterable[SourceFile] = ()) -> Aliases:
    """Return the tables with the rows of `files`, the later ones winning.

    Raises:
        InputRejectedError: a file has other columns, a row without a name, or an unknown scope.
    """
    found = Aliases()
    for file in files:
        content = list(rows(file.data, file.path))
        if not content:
            raise InputRejectedError(
                "no rows", where=file.path, todo='see docs/formats.md, "Tables of our own"'
            )
        found = replace(_with(found, content), files=(*found.files, file))
    return found


def _with(base: Aliases, content: list[TableRow]) -> Aliases:
    columns = set(content[0].cells)
    if set(_PUBLISHER_COLUMNS) <= columns:
        rows_of_publishers = publisher_table(map(_of_publisher, content), base.publishers)
        return replace(base, publishers=rows_of_publishers)
    if set(_NAME_COLUMNS) <= columns:
        pairs = [(_filled(row, "name"), _filled(row, "canonical")) for row in content]
        return replace(base, names=base.names.extended(pairs))
    if set(_SIGMA_COLUMNS) <= columns:
        return replace(base, sigma=table(map(_of_sigma, content), base.sigma))
    raise InputRejectedError(
        "its columns fit none of the tables",
        where=f"{content[0].path}: line 1",
        todo=f"write {' or '.join(','.join(each) for each in (_NAME_COLUMNS, _SIGMA_COLUMNS, _PUBLISHER_COLUMNS))}",
    )


def _filled(row: TableRow, column: str) -> str:
    if not row.cells[column].strip():
        raise InputRejectedError(f"empty {column}", where=f"{row.path}: line {row.line}", todo="fill it in")
    return row.cells[column]


def _of_sigma(row: TableRow) -> TableRow:
    if not any(row.cells[column].strip() for column in ("product", "category", "service")):
        where = f"{row.path}: line {row.line}"
        raise InputRejectedError("no product, category or service", where=where, todo="name one of them")
    return _checked(row)


def _of_publisher(row: TableRow) -> TableRow:
    if row.cells["publisher"].strip().casefold() not in PUBLISHERS:
        where, words = f"{row.path}: line {row.line}", ", ".join(PUBLISHERS)
        raise InputRejectedError("unknown publisher", where=where, todo=f"write one of {words}")
    _filled(row, "name")
    return _checked(row)


def _checked(row: TableRow) -> TableRow:
    where = f"{row.path}: line {row.line}"
    if row.cells["scope"] not in set(Scope) - {Scope.EVENT}:
        raise InputRejectedError("unknown scope", where=where, todo="write log or category")
    return TableRow(row.path, row.line, {**_OPTIONAL, **row.cells})

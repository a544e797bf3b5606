"""A user's own rows for the log-source tables, in CSV files with the columns of the packed ones.

A file with the columns `name,canonical` says what else a log source is called; one with `product,category,
service,...` says what a Sigma log source is in ATT&CK's words. Their rows win over the packed ones.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from graph.errors import InputRejectedError
from graph.record import sha256_hex
from loaders.reading.one_file import SourceFile
from loaders.tables.event_ids import event_lines
from loaders.tables.log_sources import LogSourceNames, packed_names
from loaders.tables.platforms import platforms_sha256
from loaders.tables.rows import TableRow, rows
from loaders.tables.sigma_sources import Scope, Table, packed_table, table

_NAME_COLUMNS: Final = ("name", "canonical")
_SIGMA_COLUMNS: Final = (
    "product",
    "category",
    "service",
    "scope",
    "platforms",
    "log_sources",
    "data_components",
)
_OPTIONAL: Final = {"confidence": "medium", "note": "", "reason": ""}


@dataclass(frozen=True, slots=True)
class Aliases:
    """The tables that a load uses: the packed ones, with the user's rows on top.

    Attributes:
        names: what log sources are called.
        sigma: what Sigma's log sources are.
    """

    names: LogSourceNames = field(default_factory=packed_names)
    sigma: Table = field(default_factory=packed_table)

    @property
    def sha256(self) -> str:
        """SHA-256 over all rows, those of event ids too: what is derived changes only when it does."""
        names = sorted(f"{name}={canonical}" for name, canonical in self.names.by_folded_name.items())
        sigma = sorted(f"{source}={telemetry}" for source, telemetry in self.sigma.items())
        return sha256_hex("\n".join((*names, *sigma, *event_lines(), platforms_sha256())).encode())


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
        found = _with(found, content)
    return found


def _with(base: Aliases, content: list[TableRow]) -> Aliases:
    columns = set(content[0].cells)
    if set(_NAME_COLUMNS) <= columns:
        pairs = [(_filled(row, "name"), _filled(row, "canonical")) for row in content]
        return Aliases(base.names.extended(pairs), base.sigma)
    if set(_SIGMA_COLUMNS) <= columns:
        return Aliases(base.names, table(map(_checked, content), base.sigma))
    raise InputRejectedError(
        "its columns fit none of the tables",
        where=f"{content[0].path}: line 1",
        todo=f"write {','.join(_NAME_COLUMNS)} or {','.join(_SIGMA_COLUMNS)}",
    )


def _filled(row: TableRow, column: str) -> str:
    if not row.cells[column].strip():
        raise InputRejectedError(f"empty {column}", where=f"{row.path}: line {row.line}", todo="fill it in")
    return row.cells[column]


def _checked(row: TableRow) -> TableRow:
    where = f"{row.path}: line {row.line}"
    if row.cells["scope"] not in set(Scope):
        raise InputRejectedError("unknown scope", where=where, todo="write log or category")
    if not any(row.cells[column].strip() for column in ("product", "category", "service")):
        raise InputRejectedError("no product, category or service", where=where, todo="name one of them")
    return TableRow(row.path, row.line, {**_OPTIONAL, **row.cells})

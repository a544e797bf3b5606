"""Our own tables as sources: each row is a record, in RFC 8785 form, under a content root of the table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.record import canonical, leaf_hash, root_of_leaves, sha256_hex
from loaders.tables.publisher_sources import PUBLISHER_TABLE, source_of_row
from loaders.tables.rows import TableRow, packed
from loaders.tables.sigma_sources import SIGMA_TABLE, SigmaLogSource
from queries.questions.trace.questions import TracedRecord, TracedSource

KIND = "table"


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table with its rows as records.

    Attributes:
        source: the table itself.
        records: SHA-256 -> row.
        lines: SHA-256 -> line of the row in the table's file.
        by_log_source: `sigma:product/category/service`, `elastic:NAME`, ... -> SHA-256 of the row that translates it.
    """

    source: TracedSource
    records: Mapping[str, TracedRecord]
    lines: Mapping[str, int]
    by_log_source: Mapping[str, str]


@cache
def sigma_table() -> TableSource:
    """Return the packed table of Sigma's log sources."""
    return _table(SIGMA_TABLE, lambda row: str(_sigma_source(row)))


@cache
def publisher_table() -> TableSource:
    """Return the packed table of the log sources of Elastic, Splunk and Sentinel."""
    return _table(PUBLISHER_TABLE, lambda row: str(source_of_row(row.cells)))


def tables() -> tuple[TableSource, ...]:
    """Return every table that translates names of log sources."""
    return sigma_table(), publisher_table()


def _sigma_source(row: TableRow) -> SigmaLogSource:
    return SigmaLogSource(
        *(row.cells[name].strip().casefold() for name in ("product", "category", "service"))
    )


def _table(name: str, named: Callable[[TableRow], str]) -> TableSource:
    rows = packed(name)
    key = f"sightline:{name}"
    texts = [canonical(dict(row.cells)) for row in rows]
    hashes = [sha256_hex(text) for text in texts]
    records = {
        sha256: TracedRecord(sha256, "application/json", text.decode(), (key,))
        for sha256, text in zip(hashes, texts, strict=True)
    }
    source = TracedSource(
        key=key,
        kind=KIND,
        domain=None,
        publisher=None,
        source_name=name,
        file_sha256=sha256_hex(files("loaders.tables").joinpath(name).read_bytes()),
        content_root=root_of_leaves(map(leaf_hash, texts)),
    )
    lines = {sha256: row.line for sha256, row in zip(hashes, rows, strict=True)}
    return TableSource(source, records, lines, dict(zip(map(named, rows), hashes, strict=True)))

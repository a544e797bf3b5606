"""Our own tables as sources: each row is a record, in RFC 8785 form, under a content root of the table."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from graph.record import canonical, leaf_hash, root_of_leaves, sha256_hex
from loaders.tables.rows import packed
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
        by_log_source: `sigma:product/category/service` -> SHA-256 of the row that translates it.
    """

    source: TracedSource
    records: Mapping[str, TracedRecord]
    lines: Mapping[str, int]
    by_log_source: Mapping[str, str]


@cache
def sigma_table() -> TableSource:
    """Return the packed table of Sigma's log sources."""
    rows = packed(SIGMA_TABLE)
    key = f"sightline:{SIGMA_TABLE}"
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
        source_name=SIGMA_TABLE,
        file_sha256=sha256_hex(files("loaders.tables").joinpath(SIGMA_TABLE).read_bytes()),
        content_root=root_of_leaves(map(leaf_hash, texts)),
    )
    named = (
        str(
            SigmaLogSource(
                *(row.cells[name].strip().casefold() for name in ("product", "category", "service"))
            )
        )
        for row in rows
    )
    return TableSource(
        source,
        records,
        {sha256: row.line for sha256, row in zip(hashes, rows, strict=True)},
        dict(zip(named, hashes, strict=True)),
    )

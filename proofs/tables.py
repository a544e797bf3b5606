"""Tables of log sources as sources: each row is a record, in RFC 8785 form, under a content root of the table.

Ours are packed with the program; a user's own (`--aliases`) are kept with the set that was loaded with them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from graph.record import canonical, leaf_hash, root_of_leaves, sha256_hex
from loaders.reading.relative import base_name
from loaders.rules import rule
from loaders.tables.publisher_sources import PUBLISHER_TABLE
from loaders.tables.rows import TableRow, packed, rows
from loaders.tables.sigma_sources import SIGMA_TABLE
from proofs.rules import ALIAS_RULES
from queries.ask import Asked, ask
from queries.questions.trace.questions import OWN_TABLES, OfKeys, TracedRecord, TracedSource

KIND = "table"
"""Of the sources that are packed with the program."""
OWN_KIND = "aliases"
"""Of the sources that are a user's own tables."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """A table with its rows as records.

    Attributes:
        source: the table itself.
        records: SHA-256 -> row.
        lines: SHA-256 -> line of the row in the table's file.
        translations: (`sigma:product/category/service`, `elastic:NAME`, ...; ATT&CK's name) -> SHA-256 of the row
            that translates the one into the other.
    """

    source: TracedSource
    records: Mapping[str, TracedRecord]
    lines: Mapping[str, int]
    translations: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables by which log sources were translated.

    Attributes:
        packed: ours.
        own: key of a set -> the user's own that it was loaded with, the one that holds first.
    """

    packed: tuple[TableSource, ...]
    own: Mapping[str, tuple[TableSource, ...]] = field(default_factory=dict)

    def of(self, set_key: str) -> tuple[TableSource, ...]:
        """Return the tables of a set, the one that holds first."""
        return (*self.own.get(set_key, ()), *self.packed)

    def every(self) -> tuple[TableSource, ...]:
        """Return every table, each content root once."""
        found = (*self.packed, *(table for tables in self.own.values() for table in tables))
        return tuple({table.source.content_root: table for table in reversed(found)}.values())


@cache
def sigma_table() -> TableSource:
    """Return the packed table of Sigma's log sources."""
    return _packed(SIGMA_TABLE)


@cache
def publisher_table() -> TableSource:
    """Return the packed table of the log sources of Elastic, Splunk and Sentinel."""
    return _packed(PUBLISHER_TABLE)


def tables() -> tuple[TableSource, ...]:
    """Return every packed table that translates names of log sources."""
    return sigma_table(), publisher_table()


def tables_of(graph: Asked, sets: Iterable[str]) -> Tables:
    """Return our tables, and the users' own that `sets` were loaded with."""
    own: dict[str, tuple[TableSource, ...]] = {}
    for row in ask(graph, OWN_TABLES, OfKeys(tuple(sorted(sets)))):
        table = _table(OWN_KIND, base_name(row.file), row.sha256, tuple(rows(row.text.encode(), row.file)))
        own[row.set] = (table, *own.get(row.set, ()))
    return Tables(tables(), own)


def row_records(found: Iterable[TableRow]) -> list[bytes]:
    """Return the rows of a table as records."""
    return [canonical(dict(row.cells)) for row in found]


def _packed(name: str) -> TableSource:
    return _table(KIND, name, sha256_hex(files("loaders.tables").joinpath(name).read_bytes()), packed(name))


def _table(kind: str, name: str, file_sha256: str, found: tuple[TableRow, ...]) -> TableSource:
    texts = row_records(found)
    hashes = [sha256_hex(text) for text in texts]
    root = root_of_leaves(map(leaf_hash, texts))
    source = TracedSource(
        key=f"{kind}:{root}",
        kind=kind,
        domain=None,
        publisher=None,
        source_name=name,
        file_sha256=file_sha256,
        content_root=root,
    )
    records = {
        sha256: TracedRecord(sha256, "application/json", text.decode(), (source.key,))
        for sha256, text in zip(hashes, texts, strict=True)
    }
    lines = {sha256: row.line for sha256, row in zip(hashes, found, strict=True)}
    return TableSource(source, records, lines, _translations(found, hashes))


def _translations(found: Iterable[TableRow], hashes: Iterable[str]) -> Mapping[tuple[str, str], str]:
    """Return which row translates what; of several rows about one log source the last one holds, as at a load."""
    last: dict[str, tuple[str, list[str]]] = {}
    for row, sha256 in zip(found, hashes, strict=True):
        references = [each for name in ALIAS_RULES for each in rule(name).references(row.cells)]
        last.update({each.start: (sha256, []) for each in references})
        for each in references:
            last[each.start][1].append(each.end)
    return {(stated, name): sha256 for stated, (sha256, names) in last.items() for name in names}

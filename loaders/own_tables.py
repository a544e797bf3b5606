"""A user's own tables (`--aliases`) as part of what they were loaded with: kept, hashed, never lost in silence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.holding.kind import Whole
from graph.holding.log_sources import rename
from graph.holding.lookup import Reads, sets_with_own_tables
from graph.holding.rows import Nodes, Owner, Properties
from graph.record import merkle_root, sha256_hex
from loaders.reading.problems import Problem
from loaders.tables.aliases import Aliases

if TYPE_CHECKING:
    from graph.holding.writer import Writer

MEDIA = "text/csv"


def with_own_tables(whole: Whole, tables: Aliases) -> Whole:
    """Return `whole` with the files of a user's own rows as its tables; as it is where there are none.

    They are no records of the publisher: they hang on it by HAS_TABLE and have a Merkle root of their own.
    """
    if not tables.files:
        return whole
    rows: list[Properties] = [
        {"sha256": sha256_hex(file.data), "media": MEDIA, "text": file.data.decode("utf-8", "replace")}
        for file in tables.files
    ]
    distinct = {str(row["sha256"]): row for row in rows}
    owner = Owner("HAS_TABLE", whole.kind.label, whole.key)
    return replace(
        whole,
        properties={
            **whole.properties,
            "tables_root": merkle_root(file.data for file in tables.files),
            "alias_files": [file.path for file in tables.files],
            "alias_hashes": [sha256_hex(file.data) for file in tables.files],
        },
        batches=(*whole.batches, Nodes("Raw", [*distinct.values()], shared=True, owner=owner)),
        renew=_both(whole.renew, lambda writer: rename(writer, tables.renamed)),
    )


def _both(
    first: "Callable[[Writer], None] | None", second: "Callable[[Writer], None]"
) -> "Callable[[Writer], None]":
    def renew(writer: "Writer") -> None:
        if first:
            first(writer)
        second(writer)

    return renew


def forgotten(graph: Reads, whole: Whole) -> Sequence[Problem]:
    """Return a note where another set of this name was loaded with own tables and this one was not."""
    return () if whole.properties.get("tables_root") else tuple(_forgotten(graph, whole))


def _forgotten(graph: Reads, whole: Whole) -> Iterator[Problem]:
    others = sets_with_own_tables(graph, str(whole.properties["name"]))
    for key, files in others.items():
        if key != whole.key:
            message = (
                f"{key} was loaded with --aliases {' '.join(files)}, this one without: what only these rows map is "
                "not mapped here; pass --aliases again with --replace"
            )
            yield Problem(whole.source, "", "without-aliases", message)

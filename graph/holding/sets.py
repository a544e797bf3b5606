"""Evidence sets: what is loaded, and which of a name is the current one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.holding.change import Reselected
from graph.holding.kind import Kind, Texts
from graph.holding.lookup import Reads
from graph.holding.removal import sweep
from graph.holding.rows import Properties
from graph.holding.selection import select_anew

if TYPE_CHECKING:
    from graph.holding.writer import Writer

_US_DATE = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)")
_NUMBER = re.compile(r"\d+")

_LOADED = """
MATCH (set:EvidenceSet)
RETURN set.key AS key, set.name AS name, set.version AS version, set.content_root AS content_root,
  set.tables_sha256 AS tables_sha256, set.stored AS stored, coalesce(set.current, false) AS current
ORDER BY key
"""

_MARK_CURRENT = """
UNWIND $sets AS row
MATCH (set:EvidenceSet {key: row.key})
SET set.current = row.current
"""

_FORGET_VALIDATIONS = """
MATCH (:Rule {set: $set})-[result:VALIDATED_BY]->(dialect:Dialect)
WHERE dialect.key IN $dialects
DELETE result
"""


@dataclass(frozen=True, slots=True)
class LoadedSet:
    """What the graph knows of a loaded set.

    Attributes:
        key: `sigmahq@r2026-04-01`.
        name: `sigmahq`.
        version: `r2026-04-01`.
        content_root: Merkle root over its records, in hex.
        tables_sha256: of the tables that its derived relationships were made with; None where there are none.
        stored: pieces of evidence in it.
        current: whether it is the newest loaded version of its name.
    """

    key: str
    name: str
    version: str
    content_root: str
    tables_sha256: str | None
    stored: int
    current: bool


def loaded_sets(graph: Reads) -> list[LoadedSet]:
    """Return every loaded set, ordered by key."""
    return [
        LoadedSet(
            key=str(row["key"]),
            name=str(row["name"]),
            version=str(row["version"]),
            content_root=str(row["content_root"]),
            tables_sha256=None if row["tables_sha256"] is None else str(row["tables_sha256"]),
            stored=int(str(row["stored"])),
            current=row["current"] is True,
        )
        for row in graph.read(_LOADED, {})
    ]


def settle(writer: "Writer", texts: Texts) -> tuple[Reselected, ...]:
    """Mark the newest version of each name as current, and compute anew what environments select."""
    del texts
    sets = loaded_sets(writer)
    newest = {each.name: each.key for each in sorted(sets, key=age)}
    current = [{"key": each.key, "current": newest[each.name] == each.key} for each in sets]
    writer.change(_MARK_CURRENT, {"sets": current})
    reselected = select_anew(writer)
    sweep(writer)
    return reselected


def newer_than(graph: Reads, properties: Properties) -> str | None:
    """Return the key of the newest loaded set of the same name that is newer than this one; None if this is it.

    Args:
        graph: where to look.
        properties: of the node of a set, `name` and `version` among them.
    """
    this = str(properties["version"])
    peers = [each for each in loaded_sets(graph) if each.name == properties["name"]]
    newer = [each for each in peers if age(each) > (version_order(this), this)]
    return max(newer, key=age).key if newer else None


def age(loaded: LoadedSet) -> tuple[str, str]:
    """Return what sorts the sets of one name by their versions."""
    return version_order(loaded.version), loaded.version


def version_order(version: str) -> str:
    """Return a text that sorts as the versions do: numbers by value (9.0 < 10.0), `MM.DD.YYYY` by date.

    The greatest of a set's loaded versions is the current one. CTID dates its mappings the American way.
    """
    dated = _US_DATE.sub(lambda m: f"{m[3]}-{m[1]}-{m[2]}", version)
    return _NUMBER.sub(lambda m: m[0].lstrip("0").zfill(10), dated.casefold())


def forget_validations(writer: "Writer", key: str, dialects: Iterable[str]) -> None:
    """Delete what compiling the rules of a set to some dialects gave."""
    writer.change(_FORGET_VALIDATIONS, {"set": key, "dialects": list(dialects)})


EVIDENCE = Kind(
    word="set",
    label="EvidenceSet",
    listed="`sightline sets` lists them",
    otherwise="use --replace to replace it, --set for rules of another source, or --set-version for another version",
    settle=settle,
    besides=("MATCH (source:NativeSource) WHERE source.key STARTS WITH $key + '/' DETACH DELETE source",),
)

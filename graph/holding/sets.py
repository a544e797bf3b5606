"""Evidence sets: what is loaded, and which of a name is the current one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)
# A git hash, short or full, by chance of digits alone; a day without hyphens (20260805) is none.
_HASH = re.compile(
    r"(?<![0-9a-z])(?!(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{4}|\d{6})?(?![0-9a-z]))"
    r"(?=[a-f]*\d)[0-9a-f]{7,40}(?![0-9a-z])",
    re.ASCII,
)
_AFTER_ALL = "9999"
"""Sorts after every timestamp: what is about to be loaded would be the last one."""

_LOADED = """
MATCH (set:EvidenceSet)
RETURN set.key AS key, set.name AS name, set.version AS version, set.content_root AS content_root,
  set.tables_sha256 AS tables_sha256, set.stored AS stored, coalesce(set.current, false) AS current,
  set.domain AS domain, set.loaded_at AS loaded_at, set.load_id AS load_id
ORDER BY key
"""

_MARK_CURRENT = """
UNWIND $sets AS row
MATCH (set:EvidenceSet {key: row.key})
SET set.current = row.current
"""

_LINK_TESTS = """
MATCH (:EvidenceSet)-[:CONTAINS]->(test:Test) WHERE test.rule_ids IS NOT NULL
UNWIND test.rule_ids AS id
MATCH (rule:Evidence {id: id})
MERGE (test)-[:TESTS]->(rule)
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
        current: whether it is the one of its name and domain that is in use.
        domain: of ATT&CK; None where it states none.
        loaded_at: UTC timestamp text, to the second.
        load_id: of the load that brought it.
    """

    key: str
    name: str
    version: str
    content_root: str
    tables_sha256: str | None
    stored: int
    current: bool
    domain: str | None = None
    loaded_at: str = ""
    load_id: str = ""


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
            domain=None if row["domain"] is None else str(row["domain"]),
            loaded_at=str(row["loaded_at"] or ""),
            load_id=str(row["load_id"] or ""),
        )
        for row in graph.read(_LOADED, {})
    ]


def settle(writer: "Writer", texts: Texts) -> tuple[Reselected, ...]:
    """Mark the set in use of each name and domain, join tests with their rules, and select anew for environments."""
    del texts
    # What this very load brought is the last one, even where another came in the same second.
    sets = [
        replace(each, loaded_at=_AFTER_ALL) if each.load_id == writer.load_id else each
        for each in loaded_sets(writer)
    ]
    used = {in_use(peers).key for peers in _by_name(sets)}
    current = [{"key": each.key, "current": each.key in used} for each in sets]
    writer.change(_MARK_CURRENT, {"sets": current})
    writer.change(_LINK_TESTS, {})
    reselected = select_anew(writer)
    sweep(writer)
    return reselected


def newer_than(graph: Reads, properties: Properties) -> str | None:
    """Return the key of the loaded set of the same name and domain that is in use instead of this; None if this is.

    Args:
        graph: where to look; the set itself may be there or not.
        properties: of the node of a set, `key`, `name`, `version` and `domain` among them.
    """
    key, name, domain = (properties.get(each) for each in ("key", "name", "domain"))
    peers = [each for each in loaded_sets(graph) if (each.name, each.domain) == (name, domain)]
    if all(each.key != key for each in peers):
        peers.append(_about_to_be_loaded(properties))
    used = in_use(peers).key
    return None if used == key else used


def _about_to_be_loaded(properties: Properties) -> LoadedSet:
    key, name, version = (str(properties[each]) for each in ("key", "name", "version"))
    return LoadedSet(key, name, version, "", None, 0, current=True, loaded_at=_AFTER_ALL)


def sets_in_use(graph: Reads) -> frozenset[str]:
    """Return the keys of the sets that are in use."""
    return frozenset(each.key for each in loaded_sets(graph) if each.current)


def in_use(peers: Sequence[LoadedSet]) -> LoadedSet:
    """Return which of the sets of one name and domain is in use.

    The newest by date or by number where every version has one; where versions cannot be compared (git hashes, a
    date beside a number), the one that was loaded last (design/semantics.md, which sets are in use).

    Args:
        peers: the sets, at least one.
    """
    kinds = {_kind(each.version) for each in peers}
    compared = len(kinds) == 1 and None not in kinds
    return max(peers, key=lambda each: _age(each, compared=compared))


def _by_name(sets: Iterable[LoadedSet]) -> list[list[LoadedSet]]:
    found: dict[tuple[str, str | None], list[LoadedSet]] = {}
    for each in sets:
        found.setdefault((each.name, each.domain), []).append(each)
    return list(found.values())


def _kind(version: str) -> str | None:
    """Return by what a version is compared: `date`, `number`, or None for neither."""
    if _date(version):
        return "date"
    return "number" if _NUMBER.search(version) and not _HASH.search(version.casefold()) else None


def _date(version: str) -> str | None:
    found = _DAY.search(_iso_dated(version))
    return found[0] if found else None


def _age(loaded: LoadedSet, *, compared: bool) -> tuple[str, str, str, bool, str]:
    """Return what sorts the sets of one name; of two of one second, the one that is in use stays so."""
    order = version_order(loaded.version)
    # A hash behind a date orders nothing.
    within = "" if _HASH.search(loaded.version.casefold()) else order
    first = (_date(loaded.version) or order) if compared else ""
    return first, within if compared else "", loaded.loaded_at, loaded.current, order


def version_order(version: str) -> str:
    """Return a text that sorts as the versions do: numbers by value (9.0 < 10.0), `MM.DD.YYYY` by date.

    CTID dates its mappings the American way.
    """
    dated = _iso_dated(version)
    return _NUMBER.sub(lambda m: m[0].lstrip("0").zfill(10), dated.casefold())


def _iso_dated(version: str) -> str:
    return _US_DATE.sub(lambda m: f"{m[3]}-{m[1].zfill(2)}-{m[2].zfill(2)}", version)


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

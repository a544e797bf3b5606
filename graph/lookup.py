"""The declared reads that a loader may ask of the graph; every other question belongs to queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol, cast


class Reads(Protocol):
    """Something that answers Cypher with rows: an open graph, or a transaction in the middle of a load."""

    def read(self, cypher: str, parameters: Mapping[str, object]) -> list[dict[str, object]]:
        """Return the rows of `cypher`."""


@dataclass(frozen=True, slots=True)
class LoadedRelease:
    """What the graph knows of a loaded release.

    Attributes:
        key: such as `enterprise-attack@18.1`.
        domain: such as `enterprise-attack`.
        number: (major, minor), for order: 9.0 comes before 10.0.
        sample: whether it is the bundled sample.
        content_root: Merkle root over its records, in hex.
        fields_used: `type.field` for each field that any of its objects fills.
        load_id: of the load that brought it.
    """

    key: str
    domain: str
    number: tuple[int, int]
    sample: bool
    content_root: str
    fields_used: tuple[str, ...]
    load_id: str


@dataclass(frozen=True, slots=True)
class Digest:
    """An object of a loaded release: its STIX id and the SHA-256 of its record."""

    stix_id: str
    sha256: str


def loaded_releases(graph: Reads) -> list[LoadedRelease]:
    """Return every loaded release, ordered by domain, sample, number."""
    found = graph.read(
        "MATCH (r:Release) RETURN r.key AS key, r.domain AS domain, r.major AS major, r.minor AS minor, "
        "r.sample AS sample, r.content_root AS content_root, r.fields_used AS fields_used, r.load_id AS load_id "
        "ORDER BY domain, sample, major, minor",
        {},
    )
    return [_loaded_release(row) for row in found]


def _loaded_release(row: Mapping[str, object]) -> LoadedRelease:
    return LoadedRelease(
        key=str(row["key"]),
        domain=str(row["domain"]),
        number=(cast("int", row["major"]), cast("int", row["minor"])),
        sample=row["sample"] is True,
        content_root=str(row["content_root"]),
        fields_used=tuple(cast("list[str]", row["fields_used"])),
        load_id=str(row["load_id"]),
    )


def digests(graph: Reads, release: str) -> dict[str, str]:
    """Return STIX id -> SHA-256 of the record, for every object of `release` that a record states."""
    found = graph.read(
        "MATCH (o:AttackObject {release: $release}) WHERE o.sha256 IS NOT NULL "
        "RETURN o.stix_id AS stix_id, o.sha256 AS sha256",
        {"release": release},
    )
    return {str(row["stix_id"]): str(row["sha256"]) for row in found}


def record_texts(graph: Reads, sha256s: Collection[str]) -> dict[str, str]:
    """Return SHA-256 -> text of the records named."""
    found = graph.read(
        "UNWIND $sha256s AS sha256 MATCH (raw:Raw {sha256: sha256}) RETURN sha256, raw.text AS text",
        {"sha256s": list(sha256s)},
    )
    return {str(row["sha256"]): str(row["text"]) for row in found}

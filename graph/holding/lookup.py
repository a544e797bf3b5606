"""The declared reads that a loader may ask of the graph; every other question belongs to queries."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Protocol, cast

from graph.schema import node


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
        number: (major, minor): 9.0 comes before 10.0.
        beta: whether it is a beta, which comes before the release of its number.
        sample: whether it is the bundled sample.
        content_root: Merkle root over its records, in hex.
        fields_used: `type.field` for each field that any of its objects fills.
        load_id: of the load that brought it.
    """

    key: str
    domain: str
    number: tuple[int, int]
    beta: bool
    sample: bool
    content_root: str
    fields_used: tuple[str, ...]
    load_id: str

    @property
    def order(self) -> tuple[int, int, bool]:
        """What sorts the releases of a domain by age."""
        return *self.number, not self.beta


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
        "ORDER BY domain, sample, major, minor, key ENDS WITH '-beta' DESC",
        {},
    )
    return [_loaded_release(row) for row in found]


def newest_release(graph: Reads, domain: str = "enterprise-attack") -> LoadedRelease | None:
    """Return the newest loaded release of a domain, the sample only where nothing else is; None if none is."""
    found = [each for each in loaded_releases(graph) if each.domain == domain]
    return max(found, key=lambda each: (not each.sample, each.order), default=None)


def _loaded_release(row: Mapping[str, object]) -> LoadedRelease:
    return LoadedRelease(
        key=str(row["key"]),
        domain=str(row["domain"]),
        number=(cast("int", row["major"]), cast("int", row["minor"])),
        beta=str(row["key"]).endswith("-beta"),
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


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an identifier means in a release.

    Attributes:
        via: `direct`, `revoked-by`, or "" if it means nothing there.
        now: the identifier of the live object that it means.
    """

    via: str
    now: str


def meanings(graph: Reads, release: str, attack_ids: Collection[str]) -> dict[str, Meaning]:
    """Return identifier -> what it means in `release`, for each one asked."""
    found = graph.read(
        "UNWIND $ids AS id "
        "OPTIONAL MATCH (:AttackId {id: id})-[x:RESOLVES_TO {release: $release}]->(o:AttackObject) "
        "RETURN id, coalesce(x.via, '') AS via, coalesce(o.attack_id, '') AS now",
        {"ids": list(attack_ids), "release": release},
    )
    return {str(row["id"]): Meaning(str(row["via"]), str(row["now"])) for row in found}


@dataclass(frozen=True, slots=True)
class NamedObject:
    """An object of a release that carries an identifier.

    Attributes:
        stix_id: identifier of the object in every release.
        labels: of its node.
        version: of the object; "" if it has none.
        sha256: of its record.
        live: neither revoked nor deprecated.
    """

    stix_id: str
    labels: tuple[str, ...]
    version: str
    sha256: str
    live: bool


def objects_named(graph: Reads, release: str, attack_id: str) -> list[NamedObject]:
    """Return the objects of `release` with that identifier, dead or alive, live ones first."""
    found = graph.read(
        "MATCH (o:AttackObject {attack_id: $attack_id}) WHERE o.release = $release "
        "RETURN o.stix_id AS stix_id, labels(o) AS labels, coalesce(o.version, '') AS version, "
        "o.sha256 AS sha256, o.live AS live ORDER BY live DESC, stix_id",
        {"release": release, "attack_id": attack_id},
    )
    return [
        NamedObject(
            stix_id=str(row["stix_id"]),
            labels=tuple(cast("list[str]", row["labels"])),
            version=str(row["version"]),
            sha256=str(row["sha256"]),
            live=row["live"] is True,
        )
        for row in found
    ]


def known_log_sources(graph: Reads, keys: Collection[str]) -> set[str]:
    """Return those of the folded names that an analytic, component or rule of the graph reads or lists."""
    found = graph.read(
        "UNWIND $keys AS key MATCH (s:LogSource {key: key}) "
        "WHERE EXISTS { (s)<-[:READS|RECORDED_IN]-() } RETURN key",
        {"keys": list(keys)},
    )
    return {str(row["key"]) for row in found}


def known_rule_log_sources(graph: Reads) -> set[str]:
    """Return the log sources that the rules of the graph name: `sigma:product/category/service`, `elastic:NAME`."""
    found = graph.read(
        "MATCH (:EvidenceSet)-[:CONTAINS]->(r:Rule) "
        "UNWIND coalesce(r.logsources, []) AS name RETURN DISTINCT name",
        {},
    )
    return {str(row["name"]) for row in found}


def known_tactics(graph: Reads) -> set[str]:
    """Return the shortnames of the tactics of all loaded releases."""
    found = graph.read(
        "MATCH (r:Release) MATCH (t:Tactic {release: r.key}) RETURN DISTINCT t.shortname AS name", {}
    )
    return {str(row["name"]) for row in found}


def known_platforms(graph: Reads) -> set[str]:
    """Return the platforms of the live techniques of all loaded releases."""
    found = graph.read(
        "MATCH (r:Release)-[:CONTAINS]->(t:Technique) WHERE t.live "
        "UNWIND t.platforms AS name RETURN DISTINCT name",
        {},
    )
    return {str(row["name"]) for row in found}


def sets_with_the_same_rules(graph: Reads, key: str) -> dict[str, int]:
    """Return key -> number of rules, for the other sets in use that hold rules of the set `key` too."""
    found = graph.read(
        "MATCH (:EvidenceSet {key: $key})-[:CONTAINS]->(rule:Rule) MATCH (other:Evidence {id: rule.id}) "
        "WHERE other.set <> $key AND other.identity = rule.identity "
        "MATCH (set:EvidenceSet {key: other.set}) WHERE set.current AND set.sample IS NULL "
        "RETURN set.key AS key, count(DISTINCT rule) AS rules ORDER BY key",
        {"key": key},
    )
    return {str(row["key"]): cast("int", row["rules"]) for row in found}


def annotation_sets(graph: Reads, keys: Collection[str]) -> dict[str, str]:
    """Return annotation key -> key of its set, for those of the annotations asked that are loaded."""
    found = graph.read(
        "UNWIND $keys AS key MATCH (a:Annotation {key: key}) RETURN key, a.set AS set", {"keys": list(keys)}
    )
    return {str(row["key"]): str(row["set"]) for row in found}


@dataclass(frozen=True, slots=True)
class Held:
    """What is loaded under a key.

    Attributes:
        content_root: Merkle root over its records, in hex.
        tables_sha256: of the tables that its derived relationships were made with; None where there are none.
        tables_root: Merkle root over the user's own tables among them, in hex; None where there are none.
    """

    content_root: str
    tables_sha256: str | None
    tables_root: str | None = None


def held(graph: Reads, label: str, key: str) -> Held | None:
    """Return what is loaded under `key`; `label` is declared, and that of the node which owns everything."""
    found = graph.read(
        f"MATCH (n:{node(label).label} {{key: $key}}) "
        "RETURN n.content_root AS content_root, n.tables_sha256 AS tables_sha256, n.tables_root AS tables_root",
        {"key": key},
    )
    for row in found:
        return Held(str(row["content_root"]), _text(row["tables_sha256"]), _text(row["tables_root"]))
    return None


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def sets_with_own_tables(graph: Reads, name: str) -> dict[str, list[str]]:
    """Return key -> files of a user's own tables, for the sets of that name that were loaded with some."""
    found = graph.read(
        "MATCH (set:EvidenceSet {name: $name}) WHERE set.tables_root IS NOT NULL "
        "RETURN set.key AS key, set.alias_files AS files ORDER BY key",
        {"name": name},
    )
    return {str(row["key"]): list(map(str, cast("list[object]", row["files"]))) for row in found}


def held_keys(graph: Reads, label: str) -> list[str]:
    """Return the keys of what is loaded with that label, sorted."""
    found = graph.read(f"MATCH (n:{node(label).label}) RETURN n.key AS key ORDER BY key", {})
    return [str(row["key"]) for row in found]


def part_digests(graph: Reads, label: str, key: str) -> dict[str, str]:
    """Return id -> SHA-256 of the record, for every piece of evidence of what is loaded under `key`."""
    found = graph.read(
        f"MATCH (:{node(label).label} {{key: $key}})-[:CONTAINS]->(part:Evidence) "
        "RETURN part.id AS id, part.sha256 AS sha256",
        {"key": key},
    )
    return {str(row["id"]): str(row["sha256"]) for row in found}

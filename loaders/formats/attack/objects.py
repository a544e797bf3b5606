"""The typed records of a bundle, and how a STIX object becomes one.

Field names and their meaning: STIX 2.1, sections 3 to 5, and the ATT&CK extensions to it. What a field holds
beside its declared type is a problem and stays in the raw record; it never stops the object.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.holding.succession import field_digests
from graph.identifiers import LONGEST_KEY, is_stix_id
from loaders.formats.attack.labels import LABELS, Body, attack_reference
from loaders.reading.problems import Problem, Severity
from loaders.tables.platforms import stated

if TYPE_CHECKING:
    from graph.holding.rows import Properties, Value


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a bundle's `objects`, as published.

    Attributes:
        pointer: its position (RFC 6901).
        sha256: of its RFC 8785 form, in hex.
        leaf: its leaf hash in the Merkle tree of the release.
        text: that form.
        body: the parsed object; empty when the entry is no object.
    """

    pointer: str
    sha256: str
    leaf: bytes
    text: str
    body: Body


@dataclass(frozen=True, slots=True)
class AttackObject:
    """An object that becomes a node.

    Attributes:
        stix_id: its identifier in every release.
        stix_type: as published.
        label: declared in graph/schema/__init__.py.
        attack_id: such as T1528; None where the source gives none.
        live: neither revoked nor deprecated.
        properties: of the node, but for `key` and `release`.
        record: where it came from; None for a tactic that only kill chain phases name.
    """

    stix_id: str
    stix_type: str
    label: str
    attack_id: str | None
    live: bool
    properties: "Properties"
    record: Record | None = field(repr=False)

    @property
    def body(self) -> Body:
        """The parsed object; empty for an inferred tactic."""
        return self.record.body if self.record else {}


@dataclass(frozen=True, slots=True)
class AttackRelationship:
    """A relationship object.

    Attributes:
        stix_id: its identifier; the same id may join other objects in another release.
        type: `relationship_type` as published.
        source_ref: identifier of the start.
        target_ref: identifier of the end.
        live: neither revoked nor deprecated.
        record: where it came from.
    """

    stix_id: str
    type: str
    source_ref: str
    target_ref: str
    live: bool
    record: Record = field(repr=False)


Report = Callable[[Problem], None]


def is_dead(body: Body) -> bool:
    """Tell whether an object is revoked or deprecated."""
    return body.get("revoked") is True or body.get("x_mitre_deprecated") is True


_TEXTS = {
    "name": "name",
    "description": "description",
    "created": "created",
    "modified": "modified",
    "x_mitre_version": "version",
    "x_mitre_shortname": "shortname",
    "x_mitre_detection": "detection",
    "first_seen": "first_seen",
    "last_seen": "last_seen",
}
_LISTS = {
    "x_mitre_platforms": "platforms",
    "x_mitre_domains": "domains",
    "x_mitre_contributors": "contributors",
    "x_mitre_collection_layers": "collection_layers",
    "x_mitre_tactic_type": "tactic_type",
    "x_mitre_impact_type": "impact_type",
    "x_mitre_sectors": "sectors",
    "aliases": "aliases",
    "x_mitre_aliases": "aliases",
}


_TYPED = {"Software": "kind", "Other": "stix_type"}
"""Label -> the property that keeps its STIX type."""


class ObjectReader:
    """Turns STIX objects into typed records and reports what does not fit.

    Args:
        path: the file, for problems.
        report: takes each problem.
        declared: label -> names of the properties that a node of it may carry.
    """

    def __init__(self, path: str, report: Report, declared: Callable[[str], frozenset[str]]) -> None:
        self._path = path
        self._report = report
        self._declared = declared

    def read(self, record: Record) -> AttackObject | AttackRelationship | None:
        """Return the typed record; None (and a problem) for an entry that can be neither kind."""
        body = record.body
        stix_id, stix_type = body.get("id"), body.get("type")
        if not isinstance(stix_type, str) or not is_stix_id(stix_id):
            self._problem(
                record, "malformed-id", f"not a STIX object: id {stix_id!r}, type {stix_type!r}", skipped=True
            )
            return None
        if str(stix_id).partition("--")[0] != stix_type:
            self._problem(record, "id-type-mismatch", f"the id {stix_id} is not the id of a {stix_type}")
        if stix_type == "relationship":
            return self._relationship(record, str(stix_id))
        return self._object(record, str(stix_id), stix_type)

    def _relationship(self, record: Record, stix_id: str) -> AttackRelationship | None:
        body = record.body
        kind, source, target = (body.get(name) for name in ("relationship_type", "source_ref", "target_ref"))
        if not (isinstance(kind, str) and isinstance(source, str) and isinstance(target, str)):
            message = f"the relationship {stix_id} lacks its type, source_ref or target_ref"
            self._problem(record, "malformed-relationship", message, skipped=True)
            return None
        return AttackRelationship(stix_id, kind, source, target, not is_dead(body), record)

    def _object(self, record: Record, stix_id: str, stix_type: str) -> AttackObject:
        label = LABELS.get(stix_type, "Other")
        if label == "Other":
            self._problem(record, "unknown-type", f"the type {stix_type} is not known; kept as Other")
        body = record.body
        attack_id = self._attack_id(record)
        properties: Properties = {
            "stix_id": stix_id,
            "attack_id": attack_id,
            "url": _text(attack_reference(body).get("url")),
            "revoked": body.get("revoked") is True,
            "deprecated": body.get("x_mitre_deprecated") is True,
            "live": not is_dead(body),
            "sha256": record.sha256,
            "field_digests": field_digests(stix_type, body),
            **self._plain_fields(record, label),
            **self._special_fields(record, label),
        }
        filled: Properties = {name: value for name, value in properties.items() if value is not None}
        return AttackObject(stix_id, stix_type, label, attack_id, not is_dead(body), filled, record)

    def _attack_id(self, record: Record) -> str | None:
        value = attack_reference(record.body).get("external_id")
        if value is None or (isinstance(value, str) and 0 < len(value) <= LONGEST_KEY):
            return value
        self._problem(record, "unusual-value", f"the attack id {str(value)[:40]!r} is not a short text")
        return None

    def _plain_fields(self, record: Record, label: str) -> "Properties":
        declared = self._declared(label)
        found: Properties = {}
        for source, name in _TEXTS.items():
            if name in declared and source in record.body:
                found[name] = self._checked_text(record, source)
        for source, name in _LISTS.items():
            if name in declared and source in record.body:
                listed = self._checked_list(record, source)
                found[name] = (stated(listed) or None) if listed and name == "platforms" else listed
        return found

    def _special_fields(self, record: Record, label: str) -> "Properties":
        body = record.body
        if label == "Technique":
            return {"is_subtechnique": body.get("x_mitre_is_subtechnique") is True}
        if label in _TYPED:
            return {_TYPED[label]: _text(body.get("type"))}
        if label == "Note":
            return {"name": _text(body.get("abstract")), "description": _text(body.get("content"))}
        if label == "Analytic":
            return self._mutable_elements(record)
        if label == "Asset":
            return {"related_assets": self._entries(record, "x_mitre_related_assets", "name")}
        return {}

    def _mutable_elements(self, record: Record) -> "Properties":
        return {
            "mutable_elements": self._entries(record, "x_mitre_mutable_elements", "field"),
            "mutable_element_notes": self._entries(record, "x_mitre_mutable_elements", "description"),
        }

    def _entries(self, record: Record, source: str, key: str) -> "Value":
        entries = record.body.get(source)
        if not isinstance(entries, list):
            return None
        return [_text(each.get(key)) or "" if isinstance(each, dict) else "" for each in entries]

    def _checked_text(self, record: Record, source: str) -> str | None:
        value = record.body[source]
        if value is None or isinstance(value, str):
            return value
        self._problem(
            record, "unusual-value", f"{source} is {type(value).__name__}, not text; kept in the raw record"
        )
        return None

    def _checked_list(self, record: Record, source: str) -> list[str] | None:
        value = record.body[source]
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return value
        if value is not None:
            self._problem(record, "unusual-value", f"{source} is not a list of texts; kept in the raw record")
        return None

    def _problem(self, record: Record, code: str, message: str, *, skipped: bool = False) -> None:
        severity = Severity.SKIPPED if skipped else Severity.NOTE
        self._report(Problem(self._path, record.pointer, code, message, severity, record.sha256))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None

"""Every reference of a bundle as a relationship: relationship objects and what stands inside objects alike.

The embedded ones (kill chain phases, analytic_refs, log source references, tactic_refs, data_source_ref and
links in descriptions) are half of the graph; a loader that reads relationship objects only loses them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from graph.holding.rows import Properties
from graph.schema import relationship
from loaders.formats.attack.bundle import KILL_CHAINS, Bundle
from loaders.formats.attack.links import mentioned
from loaders.formats.attack.objects import LONGEST_KEY, AttackObject, AttackRelationship, Record
from loaders.reading.problems import Problem, Severity

TYPES = {
    "detects": "DETECTS",
    "mitigates": "MITIGATES",
    "uses": "USES",
    "subtechnique-of": "SUBTECHNIQUE_OF",
    "attributed-to": "ATTRIBUTED_TO",
    "revoked-by": "REVOKED_BY",
    "targets": "TARGETS",
}
"""`relationship_type` -> declared type; any other becomes RELATED_TO."""

Edge = tuple[str, str, Properties]
"""(id of the start, id of the end, properties); ids are STIX ids, or the key of a shared node."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Relationships of one type between two families of nodes.

    Attributes:
        type: declared in graph/schema/__init__.py.
        start: base label of the start nodes.
        end: base label of the end nodes.
        rows: the edges; an AttackObject is named by its STIX id.
    """

    type: str
    start: str
    end: str
    rows: Sequence[Edge]


class References:
    """Finds the relationships of one bundle and reports those that lead nowhere.

    Args:
        bundle: the parsed bundle.
        objects: its objects, and the tactics that only its kill chain phases name.
    """

    def __init__(self, bundle: Bundle, objects: Sequence[AttackObject]) -> None:
        self.problems: list[Problem] = []
        self.unstored = 0
        self._bundle = bundle
        self._objects = objects
        self._by_id = {each.stix_id: each for each in objects}

    def edges(self) -> Iterator[Edges]:
        """Yield every relationship between two objects, grouped by type."""
        yield from self._recorded()
        yield self._between("ACHIEVES", self._achieves())
        yield self._between("HAS_TACTIC", self._listed("Matrix", "tactic_refs", "Tactic", positions=True))
        yield self._between(
            "HAS_ANALYTIC", self._listed("DetectionStrategy", "x_mitre_analytic_refs", "Analytic")
        )
        yield self._between("LOOKS_FOR", self._looks_for())
        yield self._between("PART_OF", self._part_of())
        yield self._between("MENTIONS", self._mentions())
        yield Edges("READS", "AttackObject", "LogSource", list(self._reads()))
        yield Edges("RECORDED_IN", "AttackObject", "LogSource", list(self._recorded_in()))

    def _between(self, kind: str, rows: Iterable[Edge]) -> Edges:
        return Edges(kind, "AttackObject", "AttackObject", list(rows))

    def _recorded(self) -> Iterator[Edges]:
        grouped: dict[str, list[Edge]] = defaultdict(list)
        for each in self._bundle.relationships:
            ends = self._by_id.get(each.source_ref), self._by_id.get(each.target_ref)
            if ends[0] is None or ends[1] is None:
                self._dangling(each)
                continue
            kind = self._kind(each, ends[0], ends[1])
            grouped[kind].append((each.source_ref, each.target_ref, _recorded_properties(each, kind)))
        for kind, rows in grouped.items():
            yield self._between(kind, rows)

    def _kind(self, each: AttackRelationship, start: AttackObject, end: AttackObject) -> str:
        kind = TYPES.get(each.type)
        if kind is None:
            return "RELATED_TO"
        family = (("AttackObject", "AttackObject"), (start.label, end.label))
        if not any(pair in relationship(kind).ends for pair in family):
            message = f"{each.type} joins a {start.label} and a {end.label}; kept as RELATED_TO"
            self._note(each.record, "unexpected-ends", message)
            return "RELATED_TO"
        if start is end:
            self._note(each.record, "self-reference", f"{each.type} joins {start.stix_id} with itself")
        return kind

    def _dangling(self, each: AttackRelationship) -> None:
        missing = " and ".join(ref for ref in (each.source_ref, each.target_ref) if ref not in self._by_id)
        self.unstored += 1
        self._note(
            each.record,
            "dangling-reference",
            f"{each.type}: {missing} is not in the bundle",
            Severity.SKIPPED,
        )

    def _achieves(self) -> Iterator[Edge]:
        tactics = {
            chain_and_name: each
            for each in self._objects
            for chain_and_name in _chain_names(each, self._bundle)
        }
        for technique in self._of("Technique"):
            for chain, name in phases(technique):
                tactic = tactics.get((chain, name))
                if tactic is None:
                    self._odd(
                        technique, "/kill_chain_phases", f"no tactic {name} of {chain} is in the bundle"
                    )
                else:
                    yield technique.stix_id, tactic.stix_id, {}

    def _listed(self, label: str, field: str, target: str, *, positions: bool = False) -> Iterator[Edge]:
        for each in self._of(label):
            for position, ref in enumerate(_list(each, field)):
                if self._is_a(ref, target):
                    yield each.stix_id, ref, {"position": position} if positions else {}
                else:
                    self._odd(each, f"/{field}/{position}", f"{ref!r} is no {target} of the bundle")

    def _log_source_references(self) -> Iterator[tuple[AttackObject, str | None, dict[str, Any]]]:
        """Yield (analytic, id of the component or None, entry) for each log source reference."""
        for analytic in self._of("Analytic"):
            for index, entry in enumerate(_list(analytic, "x_mitre_log_source_references")):
                if not isinstance(entry, dict):
                    self._odd(analytic, f"/x_mitre_log_source_references/{index}", "no object")
                    continue
                component = entry.get("x_mitre_data_component_ref")
                yield analytic, component if self._is_a(component, "DataComponent") else None, entry

    def _looks_for(self) -> Iterator[Edge]:
        seen: set[tuple[str, str]] = set()
        for analytic, component, entry in self._log_source_references():
            if component is None:
                named = entry.get("x_mitre_data_component_ref")
                self._odd(
                    analytic, "/x_mitre_log_source_references", f"{named!r} is no component of the bundle"
                )
            elif (analytic.stix_id, component) not in seen:
                seen.add((analytic.stix_id, component))
                yield analytic.stix_id, component, {}

    def _reads(self) -> Iterator[Edge]:
        for analytic, component, entry in self._log_source_references():
            name = entry.get("name")
            if not _is_name(name):
                self._unnamed(analytic, "/x_mitre_log_source_references", name)
                continue
            properties = _filled(channel=entry.get("channel"), as_written=name, component=component)
            yield analytic.stix_id, name, properties

    def _recorded_in(self) -> Iterator[Edge]:
        for component in self._of("DataComponent"):
            for index, entry in enumerate(_list(component, "x_mitre_log_sources")):
                name = entry.get("name") if isinstance(entry, dict) else None
                if _is_name(name):
                    yield component.stix_id, name, _filled(channel=entry.get("channel"), as_written=name)
                else:
                    self._unnamed(component, f"/x_mitre_log_sources/{index}", name)

    def _part_of(self) -> Iterator[Edge]:
        for component in self._of("DataComponent"):
            ref = component.body.get("x_mitre_data_source_ref")
            if not ref:
                continue
            if self._is_a(ref, "DataSource"):
                yield component.stix_id, ref, {}
            else:
                self._odd(component, "/x_mitre_data_source_ref", f"{ref!r} is no data source of the bundle")

    def _mentions(self) -> Iterator[Edge]:
        known = _by_label_and_id(self._objects)
        for each in self._objects:
            text = each.properties.get("description")
            if not isinstance(text, str) or "attack.mitre.org" not in text:
                continue
            for label, attack_id in dict.fromkeys(mentioned(text)):
                target = known.get((label, attack_id))
                if target is None:
                    self._odd(
                        each,
                        "/description",
                        f"links {attack_id}, which is not in the bundle",
                        "dangling-link",
                    )
                elif target is not each:
                    yield each.stix_id, target.stix_id, {}

    def _of(self, label: str) -> Iterator[AttackObject]:
        return (each for each in self._objects if each.label == label)

    def _is_a(self, ref: object, label: str) -> bool:
        return isinstance(ref, str) and ref in self._by_id and self._by_id[ref].label == label

    def _unnamed(self, each: AttackObject, field: str, name: object) -> None:
        self._odd(each, field, f"the log source {str(name)[:40]!r} is no short text", "unusual-value")

    def _odd(self, each: AttackObject, field: str, message: str, code: str = "dangling-reference") -> None:
        pointer = (each.record.pointer if each.record else "") + field
        sha256 = each.record.sha256 if each.record else None
        self.problems.append(
            Problem(self._bundle.path, pointer, code, f"{each.stix_id}: {message}", Severity.NOTE, sha256)
        )

    def _note(self, record: Record, code: str, message: str, severity: Severity = Severity.NOTE) -> None:
        self.problems.append(
            Problem(self._bundle.path, record.pointer, code, message, severity, record.sha256)
        )


def phases(technique: AttackObject) -> Iterator[tuple[str, str]]:
    """Yield (kill_chain_name, phase_name) for each kill chain phase, repetitions left out."""
    found = dict.fromkeys(
        (str(each.get("kill_chain_name")), str(each.get("phase_name")))
        for each in _list(technique, "kill_chain_phases")
        if isinstance(each, dict)
    )
    yield from found


def inferred_tactics(bundle: Bundle) -> list[AttackObject]:
    """Return the tactics that kill chain phases name, for a bundle without tactic objects (releases 1, 2)."""
    if any(each.label == "Tactic" for each in bundle.objects):
        return []
    named = {phase for each in bundle.objects if each.label == "Technique" for phase in phases(each)}
    return [_inferred(chain, name) for chain, name in sorted(named)]


def _inferred(chain: str, name: str) -> AttackObject:
    properties: Properties = {
        "name": name.replace("-", " ").title(),
        "shortname": name,
        "inferred": True,
        "domains": [KILL_CHAINS.get(chain, chain)],
        "revoked": False,
        "deprecated": False,
        "live": True,
    }
    return AttackObject(
        stix_id=f"kill-chain/{chain}/{name}",
        stix_type="x-mitre-tactic",
        label="Tactic",
        attack_id=None,
        live=True,
        properties=properties,
        record=None,
    )


def _chain_names(each: AttackObject, bundle: Bundle) -> Iterator[tuple[str, str]]:
    """Yield the (kill_chain_name, shortname) by which techniques refer to a tactic.

    A shortname alone is ambiguous: enterprise shares 12 of them with mobile and 9 with ICS.
    """
    shortname = each.properties.get("shortname")
    if each.label != "Tactic" or not isinstance(shortname, str):
        return
    domains = each.properties.get("domains") or [bundle.domain]
    for chain, domain in KILL_CHAINS.items():
        if isinstance(domains, list) and domain in domains:
            yield chain, shortname


def _by_label_and_id(objects: Iterable[AttackObject]) -> dict[tuple[str, str], AttackObject]:
    """Return the object that each (label, attack id) means: a live one wins over a dead one."""
    known: dict[tuple[str, str], AttackObject] = {}
    for each in objects:
        if each.attack_id and (each.live or (each.label, each.attack_id) not in known):
            known[each.label, each.attack_id] = each
    return known


def _recorded_properties(each: AttackRelationship, kind: str) -> Properties:
    body = each.record.body
    properties: Properties = {"stix_id": each.stix_id, "sha256": each.record.sha256}
    for name in ("description", "created", "modified"):
        value = body.get(name)
        if isinstance(value, str):
            properties[name] = value
    if kind == "RELATED_TO":
        properties["relationship_type"] = each.type
    references = body.get("external_references")
    if isinstance(references, list):
        urls = [entry.get("url") for entry in references if isinstance(entry, dict)]
        properties["urls"] = [url for url in urls if isinstance(url, str)] or None
    return properties


def _is_name(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_KEY


def _filled(**values: object) -> Properties:
    return {name: value for name, value in values.items() if isinstance(value, str)}


def _list(each: AttackObject, field: str) -> list[Any]:
    value = each.body.get(field)
    return value if isinstance(value, list) else []

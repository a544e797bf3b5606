"""Every reference of a bundle as a relationship between its objects; those that lead nowhere are reported."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.holding.rows import Properties
from graph.schema import relationship
from loaders.formats.attack.bundle import Bundle
from loaders.formats.attack.objects import AttackObject, AttackRelationship, Record
from loaders.formats.attack.references import (
    DANGLING,
    EMBEDDED,
    KILL_CHAINS,
    RECORDED,
    RELATED_TO,
    link_name,
    other_references,
    phase_names,
    phases,
    recorded,
)
from loaders.reading.problems import Problem, Severity
from loaders.references import Oddity, Reference, Rule
from loaders.tables.attack_ids import domains_of

Edge = tuple[str, str, Properties]
"""(id of the start, id of the end, properties); ids are STIX ids, or the name of a log source."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Relationships of one type between two families of nodes.

    Attributes:
        type: declared in graph/schema/.
        start: base label of the start nodes.
        end: base label of the end nodes.
        rows: the edges; an AttackObject is named by its STIX id.
    """

    type: str
    start: str
    end: str
    rows: Sequence[Edge]


class BundleEdges:
    """Finds the relationships of one bundle and reports those that lead nowhere.

    Args:
        bundle: the parsed bundle.
        objects: its objects, and the tactics that only its kill chain phases name.

    Once `edges` was read, `problems` has what leads nowhere, and `unstored` how many relationship objects do;
    `elsewhere` has the links of descriptions that leave the bundle, as `link_name` writes them, by STIX id.
    """

    def __init__(self, bundle: Bundle, objects: Sequence[AttackObject]) -> None:
        self.problems: list[Problem] = []
        self.unstored = 0
        self.elsewhere: dict[str, list[str]] = defaultdict(list)
        self._bundle = bundle
        self._objects = objects
        self._by_id = {each.stix_id: each for each in objects}

    def edges(self) -> Iterator[Edges]:
        """Yield every relationship between two objects, or an object and a log source, grouped by type."""
        yield from self._recorded()
        for rule in EMBEDDED:
            end = "LogSource" if rule.ends == ("LogSource",) else "AttackObject"
            yield Edges(rule.type, "AttackObject", end, list(self._embedded(rule)))
        self._check_other_references()

    def _check_other_references(self) -> None:
        """Note what objects and relationships name in fields that no rule reads, where the bundle lacks it."""
        known = self._by_id.keys() | {each.stix_id for each in self._bundle.relationships}
        records = [each.record for each in self._objects if each.record]
        records += [each.record for each in self._bundle.relationships]
        for record in records:
            for pointer, ref in other_references(record.body):
                if ref not in known:
                    at = Oddity(pointer, f"{ref} is not in the bundle", DANGLING)
                    self._odd_at(record, at)

    def _embedded(self, rule: Rule) -> Iterator[Edge]:
        """Yield the relationships of one rule; what leads nowhere becomes a problem."""
        known = self._ends(rule)
        for start in self._objects:
            if start.label not in rule.starts and rule.starts != ("AttackObject",):
                continue
            for found in rule.find(start.body):
                if isinstance(found, Oddity):
                    self._odd(start, found)
                elif known is None:
                    yield start.stix_id, found.end, self._of_known_component(found.properties)
                elif found.end not in known:
                    self._leads_away(start, rule, found)
                elif known[found.end] is not start or rule.name != "link-in-description":
                    yield start.stix_id, known[found.end].stix_id, found.properties

    def _leads_away(self, start: AttackObject, rule: Rule, found: Reference) -> None:
        if rule.name == "link-in-description":
            self.elsewhere[start.stix_id].append(found.end)
            self._odd(start, _away(found, self._bundle.domain))
        else:
            self._odd(start, _dangling(rule, found))

    def _ends(self, rule: Rule) -> Mapping[str, AttackObject] | None:
        """Return what a rule's references may name, by the name; None for log sources, which are made by it."""
        if rule.ends == ("LogSource",):
            return None
        if rule.name == "tactic-of-phase":
            return self._by_phase()
        if rule.name == "link-in-description":
            return _by_link(self._objects)
        if rule.ends == ("AttackObject",):
            return self._by_id
        return {stix_id: each for stix_id, each in self._by_id.items() if each.label in rule.ends}

    def _by_phase(self) -> Mapping[str, AttackObject]:
        """Return the tactic of each phase: of several with one shortname a live one, of the lowest id."""
        known: dict[str, AttackObject] = {}
        tactics = (each for each in self._objects if each.label == "Tactic")
        for each in sorted(tactics, key=lambda each: (not each.live, each.attack_id or "", each.stix_id)):
            for name in _phase_names(each, self._bundle):
                first = known.setdefault(name, each)
                if first is not each and each.live and each.record:
                    message = f"{name} is the shortname of {first.attack_id} too; techniques achieve that one"
                    self._note(each.record, "ambiguous-tactic", message)
        return known

    def _of_known_component(self, properties: Properties) -> Properties:
        component = self._by_id.get(str(properties.get("component")))
        if "component" in properties and (component is None or component.label != "DataComponent"):
            return {name: value for name, value in properties.items() if name != "component"}
        return properties

    def _recorded(self) -> Iterator[Edges]:
        grouped: dict[str, list[Edge]] = defaultdict(list)
        for each in self._bundle.relationships:
            ends = self._by_id.get(each.source_ref), self._by_id.get(each.target_ref)
            if ends[0] is None or ends[1] is None:
                self._lost(each)
                continue
            stated = recorded(each.record.body)
            assert stated is not None  # noqa: S101  it became an AttackRelationship by the same three fields
            kind = self._kind(each, ends[0], ends[1])
            properties = {**stated.properties, "sha256": each.record.sha256}
            if kind == RELATED_TO:
                properties["relationship_type"] = each.type
            grouped[kind].append((each.source_ref, each.target_ref, properties))
        for kind, rows in grouped.items():
            yield Edges(kind, "AttackObject", "AttackObject", rows)

    def _kind(self, each: AttackRelationship, start: AttackObject, end: AttackObject) -> str:
        kind = RECORDED.get(each.type)
        if kind is None:
            return RELATED_TO
        family = (("AttackObject", "AttackObject"), (start.label, end.label))
        if not any(pair in relationship(kind).ends for pair in family):
            message = f"{each.type} joins a {start.label} and a {end.label}; kept as RELATED_TO"
            self._note(each.record, "unexpected-ends", message)
            return RELATED_TO
        if start is end:
            self._note(each.record, "self-reference", f"{each.type} joins {start.stix_id} with itself")
        return kind

    def _lost(self, each: AttackRelationship) -> None:
        missing = " and ".join(ref for ref in (each.source_ref, each.target_ref) if ref not in self._by_id)
        self.unstored += 1
        message = f"{each.type}: {missing} is not in the bundle"
        self._note(each.record, "dangling-reference", message, Severity.SKIPPED)

    def _odd(self, each: AttackObject, found: Oddity) -> None:
        if each.record:
            self._odd_at(each.record, found)

    def _odd_at(self, record: Record, found: Oddity) -> None:
        pointer, message = record.pointer + found.pointer, f"{record.body.get('id')}: {found.message}"
        self.problems.append(
            Problem(self._bundle.path, pointer, found.code, message, Severity.NOTE, record.sha256)
        )

    def _note(self, record: Record, code: str, message: str, severity: Severity = Severity.NOTE) -> None:
        self.problems.append(
            Problem(self._bundle.path, record.pointer, code, message, severity, record.sha256)
        )


_ENDS = {"DataComponent": "component", "DataSource": "data source"}


def _dangling(rule: Rule, found: Reference) -> Oddity:
    """Return the oddity of a reference whose end is not in the bundle."""
    if rule.name == "tactic-of-phase":
        chain, _, name = found.end.partition("/")
        return Oddity(found.pointer, f"no tactic {name} of {chain} is in the bundle", DANGLING)
    what = _ENDS.get(rule.ends[0], rule.ends[0])
    return Oddity(found.pointer, f"{found.end!r} is not a {what} of the bundle", DANGLING)


def _away(found: Reference, domain: str) -> Oddity:
    """Return the oddity of a link to an object that is not in the bundle: another domain may have published it."""
    attack_id = found.end.partition("/")[2]
    others = [each for each in domains_of(attack_id) if each != domain]
    if others:
        return Oddity(found.pointer, f"links {attack_id}, which is of {' and '.join(others)}", "other-domain")
    return Oddity(found.pointer, f"links {attack_id}, which is not in the bundle", "dangling-link")


def _by_link(objects: Iterable[AttackObject]) -> dict[str, AttackObject]:
    """Return the object that each link means: a live one wins over a dead one."""
    known: dict[str, AttackObject] = {}
    for each in objects:
        name = link_name(each.label, each.attack_id) if each.attack_id else ""
        if name and (each.live or name not in known):
            known[name] = each
    return known


def _phase_names(each: AttackObject, bundle: Bundle) -> list[str]:
    """Return the phases by which techniques refer to a tactic; those of an inferred tactic are in its properties."""
    if each.label != "Tactic":
        return []
    return phase_names(each.properties.get("shortname"), each.properties.get("domains") or [bundle.domain])


def inferred_tactics(bundle: Bundle) -> list[AttackObject]:
    """Return the tactics that kill chain phases name, for a bundle without tactic objects (releases 1, 2)."""
    if any(each.label == "Tactic" for each in bundle.objects):
        return []
    named = {phase for each in bundle.objects if each.label == "Technique" for phase in phases(each.body)}
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

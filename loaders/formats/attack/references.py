"""The rules by which a STIX object states its relationships, each a pure function of that one object.

Field names and their meaning: STIX 2.1, sections 3 to 5, and the ATT&CK extensions to it. The embedded references
(kill chain phases, analytic_refs, log source references, tactic_refs, data_source_ref and links in descriptions)
are half of the graph; a loader that reads relationship objects only loses them.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeGuard

from graph.identifiers import LONGEST_KEY
from loaders.formats.attack.labels import LABELS, attack_reference
from loaders.formats.attack.links import mentioned
from loaders.references import Body, Finding, Oddity, Reference, Rule

if TYPE_CHECKING:
    from graph.holding.rows import Properties

KILL_CHAINS = {
    "mitre-attack": "enterprise-attack",
    "mitre-mobile-attack": "mobile-attack",
    "mitre-ics-attack": "ics-attack",
    "mitre-pre-attack": "pre-attack",
}
"""`kill_chain_name` -> domain."""

DANGLING = "dangling-reference"
UNUSUAL = "unusual-value"


# Relationship objects -------------------------------------------------------------------------------------

RELATED_TO = "RELATED_TO"
RECORDED = {
    "detects": "DETECTS",
    "mitigates": "MITIGATES",
    "uses": "USES",
    "subtechnique-of": "SUBTECHNIQUE_OF",
    "attributed-to": "ATTRIBUTED_TO",
    "revoked-by": "REVOKED_BY",
    "targets": "TARGETS",
}
"""`relationship_type` -> declared type; any other becomes RELATED_TO."""

_DETECTING = {"x-mitre-detection-strategy": "strategy-detects", "x-mitre-data-component": "component-detects"}


def recorded(body: Body) -> Reference | None:
    """Return what a relationship object states; None when it lacks its type, source_ref or target_ref.

    The rule's name is the `relationship_type`, but for `detects`, which two types of object state.
    """
    kind, source, target = (body.get(name) for name in ("relationship_type", "source_ref", "target_ref"))
    if not (isinstance(kind, str) and isinstance(source, str) and isinstance(target, str)):
        return None
    declared = RECORDED.get(kind, RELATED_TO)
    rule = _DETECTING.get(source.partition("--")[0], kind) if kind == "detects" else kind
    if declared == RELATED_TO:
        rule = "related-to"
    return Reference(source, target, "", declared, rule, _recorded_properties(body, kind))


def _recorded_properties(body: Body, kind: str) -> "Properties":
    properties: Properties = {"stix_id": body.get("id")}
    for name in ("description", "created", "modified"):
        value = body.get(name)
        if isinstance(value, str):
            properties[name] = value
    if kind not in RECORDED:
        properties["relationship_type"] = kind
    references = body.get("external_references")
    if isinstance(references, list):
        urls = [entry.get("url") for entry in references if isinstance(entry, dict)]
        properties["urls"] = [url for url in urls if isinstance(url, str)] or None
    return properties


def _recorded_by(rule: str) -> Callable[[Body], Iterator[Finding]]:
    def find(body: Body) -> Iterator[Finding]:
        found = recorded(body)
        if found is not None and found.rule == rule:
            yield found

    return find


# References inside objects --------------------------------------------------------------------------------


def phases(body: Body) -> Iterator[tuple[str, str]]:
    """Yield (kill_chain_name, phase_name) for each kill chain phase of a technique, repetitions left out."""
    yield from dict.fromkeys(
        (str(entry.get("kill_chain_name")), str(entry.get("phase_name")))
        for entry in _list(body, "kill_chain_phases")
        if isinstance(entry, dict)
    )


def _tactic_of_phase(body: Body) -> Iterator[Finding]:
    for chain, name in phases(body):
        yield Reference(_id(body), f"{chain}/{name}", "/kill_chain_phases", "ACHIEVES", "tactic-of-phase", {})


def phase_names(shortname: object, domains: object) -> list[str]:
    """Return the `kill_chain_name/phase_name` by which techniques refer to a tactic.

    A shortname alone is ambiguous: enterprise shares 12 of them with mobile and 9 with ICS.
    """
    if not isinstance(shortname, str) or not isinstance(domains, list):
        return []
    return [f"{chain}/{shortname}" for chain, domain in KILL_CHAINS.items() if domain in domains]


def _phases_of_tactic(body: Body, domain: str) -> Collection[str]:
    return phase_names(body.get("x_mitre_shortname"), body.get("x_mitre_domains") or [domain])


def _tactic_in_matrix(body: Body) -> Iterator[Finding]:
    for found in _listed(body, "tactic_refs", "HAS_TACTIC", "tactic-in-matrix", "Tactic"):
        if isinstance(found, Reference):
            found.properties["position"] = int(found.pointer.rpartition("/")[2])
        yield found


def _analytic_in_strategy(body: Body) -> Iterator[Finding]:
    return _listed(body, "x_mitre_analytic_refs", "HAS_ANALYTIC", "analytic-in-strategy", "Analytic")


def _listed(body: Body, field: str, kind: str, rule: str, target: str) -> Iterator[Finding]:
    for position, ref in enumerate(_list(body, field)):
        pointer = f"/{field}/{position}"
        if isinstance(ref, str):
            yield Reference(_id(body), ref, pointer, kind, rule, {})
        else:
            yield Oddity(pointer, f"{ref!r} is not a {target} of the bundle", DANGLING)


def _component_of_analytic(body: Body) -> Iterator[Finding]:
    seen: set[str] = set()
    for pointer, entry in _log_source_references(body):
        component = entry.get("x_mitre_data_component_ref") if isinstance(entry, dict) else None
        if not isinstance(entry, dict):
            yield Oddity(pointer, "no object", DANGLING)
        elif not isinstance(component, str):
            yield Oddity(pointer, f"{component!r} is not a data component of the bundle", DANGLING)
        elif component not in seen:
            seen.add(component)
            yield Reference(_id(body), component, pointer, "LOOKS_FOR", "component-of-analytic", {})


def _log_source_of_analytic(body: Body) -> Iterator[Finding]:
    for pointer, entry in _log_source_references(body):
        if not isinstance(entry, dict):
            continue
        name = entry.get("name")
        if is_log_source_name(name):
            properties = _filled(
                channel=entry.get("channel"),
                as_written=name,
                component=entry.get("x_mitre_data_component_ref"),
            )
            yield Reference(_id(body), name, pointer, "READS", "log-source-of-analytic", properties)
        else:
            yield _unnamed(pointer, name)


def _log_source_references(body: Body) -> Iterator[tuple[str, object]]:
    for index, entry in enumerate(_list(body, "x_mitre_log_source_references")):
        yield f"/x_mitre_log_source_references/{index}", entry


def _log_source_of_component(body: Body) -> Iterator[Finding]:
    for index, entry in enumerate(_list(body, "x_mitre_log_sources")):
        pointer = f"/x_mitre_log_sources/{index}"
        name = entry.get("name") if isinstance(entry, dict) else None
        if is_log_source_name(name):
            properties = _filled(channel=entry.get("channel"), as_written=name)
            yield Reference(_id(body), name, pointer, "RECORDED_IN", "log-source-of-component", properties)
        else:
            yield _unnamed(pointer, name)


def _source_of_component(body: Body) -> Iterator[Finding]:
    ref, pointer = body.get("x_mitre_data_source_ref"), "/x_mitre_data_source_ref"
    if isinstance(ref, str) and ref:
        yield Reference(_id(body), ref, pointer, "PART_OF", "source-of-component", {})
    elif ref:
        yield Oddity(pointer, f"{ref!r} is not a data source of the bundle", DANGLING)


def link_name(label: str, attack_id: str) -> str:
    """Return how a link in a description names an object: by its label and its ATT&CK id."""
    return f"{label}/{attack_id}"


def _object_of_note(body: Body) -> Iterator[Finding]:
    for found in _listed(body, "object_refs", "NOTES", "object-of-note", "object"):
        if isinstance(found, Reference) and isinstance(body.get("content"), str):
            found.properties["description"] = body["content"]
        yield found


UNRULED = re.compile(
    r"(?!(?:source|target|x_mitre_data_source)_ref$|(?:tactic|x_mitre_analytic)_refs$)\w+_refs?"
)
"""Fields with identifiers of other objects that no rule reads: who made it, how it may be used, ..."""
_STIX_DEFINES = frozenset(
    f"marking-definition--{each}"
    for each in (
        "613f2e26-407d-48c7-9eca-b8e91df99dc9",
        "34098fce-860f-48ae-8e50-ebd3cc5e41da",
        "f88d31f6-486f-44da-b317-01333bde0b82",
        "5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
    )
)
"""The markings of the Traffic Light Protocol (STIX 2.1, section 7.2.1.4), which no bundle has to hold."""


def other_references(body: Body) -> Iterator[tuple[str, str]]:
    """Yield (JSON pointer, identifier) of what an object names in fields that no rule reads."""
    read = {"object_refs"} if body.get("type") == "note" else set()
    for name, value in body.items():
        if UNRULED.fullmatch(name) and name not in read:
            for position, ref in enumerate(value if isinstance(value, list) else [value]):
                pointer = f"/{name}/{position}" if isinstance(value, list) else f"/{name}"
                if isinstance(ref, str) and ref and ref not in _STIX_DEFINES:
                    yield pointer, ref


def _link_in_description(body: Body) -> Iterator[Finding]:
    text = body.get("description")
    if isinstance(text, str) and "attack.mitre.org" in text:
        for label, attack_id in dict.fromkeys(mentioned(text)):
            end = link_name(label, attack_id)
            yield Reference(_id(body), end, "/description", "MENTIONS", "link-in-description", {})


def _names_in_links(body: Body, domain: str) -> Collection[str]:
    del domain
    attack_id = attack_reference(body).get("external_id")
    label = LABELS.get(str(body.get("type")), "Other")
    return [link_name(label, attack_id)] if isinstance(attack_id, str) else []


def _stix_ids(body: Body, domain: str) -> Collection[str]:
    del domain
    return [_id(body)]


def is_log_source_name(name: object) -> TypeGuard[str]:
    """Tell whether `name` can be a log source: a text that an index of the graph takes."""
    return isinstance(name, str) and 0 < len(name) <= LONGEST_KEY


def _unnamed(pointer: str, name: object) -> Oddity:
    return Oddity(pointer, f"the log source {str(name)[:40]!r} is not a short text", UNUSUAL)


def _filled(**values: object) -> "Properties":
    return {name: value for name, value in values.items() if isinstance(value, str)}


def _id(body: Body) -> str:
    return str(body.get("id"))


def _list(body: Body, field: str) -> list[Any]:
    value = body.get(field)
    return value if isinstance(value, list) else []


# The rules by name ----------------------------------------------------------------------------------------

_ANY = ("AttackObject",)
_ACTORS = ("Group", "Campaign", "Software")

EMBEDDED: tuple[Rule, ...] = (
    Rule("tactic-of-phase", "ACHIEVES", ("Technique",), ("Tactic",),
         "The technique has a kill chain phase of the tactic's shortname, in the chain of the tactic's domain.",
         _tactic_of_phase, _phases_of_tactic),
    Rule("tactic-in-matrix", "HAS_TACTIC", ("Matrix",), ("Tactic",),
         "The matrix lists the tactic in `tactic_refs`.", _tactic_in_matrix, _stix_ids),
    Rule("analytic-in-strategy", "HAS_ANALYTIC", ("DetectionStrategy",), ("Analytic",),
         "The strategy lists the analytic in `x_mitre_analytic_refs`.", _analytic_in_strategy, _stix_ids),
    Rule("component-of-analytic", "LOOKS_FOR", ("Analytic",), ("DataComponent",),
         "A log source reference of the analytic names the component.", _component_of_analytic, _stix_ids),
    Rule("source-of-component", "PART_OF", ("DataComponent",), ("DataSource",),
         "The component names the data source in `x_mitre_data_source_ref`.", _source_of_component, _stix_ids),
    Rule("object-of-note", "NOTES", ("Note",), _ANY,
         "The note lists the object in `object_refs`.", _object_of_note, _stix_ids),
    Rule("link-in-description", "MENTIONS", _ANY, _ANY,
         "The description links the object's page on attack.mitre.org.", _link_in_description, _names_in_links),
    Rule("log-source-of-analytic", "READS", ("Analytic",), ("LogSource",),
         "A log source reference of the analytic names the log source.", _log_source_of_analytic),
    Rule("log-source-of-component", "RECORDED_IN", ("DataComponent",), ("LogSource",),
         "The component lists the log source in `x_mitre_log_sources`.", _log_source_of_component),
)  # fmt: skip
"""The rules that read an object, in the order in which a release is loaded."""

_RECORDED = (
    ("strategy-detects", "DETECTS", ("DetectionStrategy",), ("Technique",)),
    ("component-detects", "DETECTS", ("DataComponent",), ("Technique",)),
    ("mitigates", "MITIGATES", ("Mitigation",), ("Technique",)),
    ("uses", "USES", _ACTORS, ("Technique", "Software")),
    ("subtechnique-of", "SUBTECHNIQUE_OF", ("Technique",), ("Technique",)),
    ("attributed-to", "ATTRIBUTED_TO", ("Campaign",), ("Group",)),
    ("revoked-by", "REVOKED_BY", _ANY, _ANY),
    ("targets", "TARGETS", ("Technique",), ("Asset",)),
    ("related-to", RELATED_TO, _ANY, _ANY),
)

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        **{rule.name: rule for rule in EMBEDDED},
        **{
            name: Rule(
                name,
                kind,
                starts,
                ends,
                "A relationship object joins the two.",
                _recorded_by(name),
                _stix_ids,
            )
            for name, kind, starts, ends in _RECORDED
        },
    }
)
"""Every rule that reads a record of ATT&CK, by its name."""

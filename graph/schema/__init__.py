"""What the graph is, as data: every label, relationship, constraint and index is declared here and nowhere else.

Constraints, indexes, docs/model.md, the Browser's style and the statements of the writer are derived from these
declarations, so a label or type that reaches query text has always passed through this module.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache


class Layer(StrEnum):
    """Who speaks: the three layers that never mix, and what is computed or kept beside them."""

    OFFICIAL = "official"
    EVIDENCE = "evidence"
    YOURS = "yours"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Node:
    """A label.

    Attributes:
        label: the label itself.
        layer: whose word it is.
        doc: what one node stands for.
        base: the label that carries the key: the label itself, or a second label that a family of labels shares.
        key: the property that identifies a node among all of its `base`.
        properties: name -> meaning, beyond those of the base.
        indexed: properties (each on its own) that questions look nodes up by.
        color: fill in the Browser, as `#rrggbb`; "" takes the base's.
        caption: what the Browser writes on the node, in its style language.
    """

    label: str
    layer: Layer
    doc: str
    base: str
    key: str = "key"
    properties: dict[str, str] = field(default_factory=dict)
    indexed: tuple[str, ...] = ()
    color: str = ""
    caption: str = "{name}"


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship type.

    Attributes:
        type: the type itself.
        ends: the pairs of labels that it joins.
        doc: what one of them says.
        derived: computed by Sightline from recorded facts; can be deleted and made again.
        properties: name -> meaning.
    """

    type: str
    ends: tuple[tuple[str, str], ...]
    doc: str
    derived: bool = False
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def arrows(self) -> tuple[str, ...]:
        """The arrow of each pair of ends, such as `(:Technique)-[:ACHIEVES]->(:Tactic)`."""
        return tuple(f"(:{start})-[:{self.type}]->(:{end})" for start, end in self.ends)


ATTACK_OBJECT = Node(
    "AttackObject",
    Layer.OFFICIAL,
    "An object of one ATT&CK release, as published. Every official node but Release has this second label.",
    base="AttackObject",
    properties={
        "key": "`<release>/<stix_id>`, unique",
        "release": "key of its release",
        "stix_id": "identifier of the object in every release; absent on a tactic that is known from kill chain phases only",
        "attack_id": "T1528, TA0006, ...; absent where the source gives none (data components up to 17)",
        "name": "as published",
        "description": "as published",
        "url": "its page on attack.mitre.org",
        "created": "timestamp text as published",
        "modified": "timestamp text as published; no change detector, compare `sha256`",
        "version": "version of the object, not of the release",
        "revoked": "true or false; absent in the source means false",
        "deprecated": "true or false; absent in the source means false",
        "live": "neither revoked nor deprecated",
        "sha256": "of the record's RFC 8785 form",
        "domains": "list, as published",
        "contributors": "list, as published",
    },
    indexed=("attack_id", "stix_id", "release"),
    color="#A5ABB6",
    caption="{name}",
)

_PLATFORMS = {"platforms": "list, as published"}
_ALIASES = {"aliases": "list, as published"}


def _official(label: str, doc: str, color: str, *, caption: str = "{attack_id}", **properties: str) -> Node:
    return Node(
        label,
        Layer.OFFICIAL,
        doc,
        base="AttackObject",
        properties=properties,
        indexed=("attack_id", "release"),
        color=color,
        caption=caption,
    )


OFFICIAL_NODES: tuple[Node, ...] = (
    ATTACK_OBJECT,
    _official("Matrix", "A matrix: the ordered columns of a domain.", "#57606F", caption="{name}"),
    _official(
        "Tactic", "Why an adversary acts.", "#8E44AD", caption="{name}", shortname="such as `credential-access`",
        inferred="true where releases 1 and 2 name it in kill chain phases only",
        tactic_type="list, mobile only",
    ),
    _official(
        "Technique", "How an adversary acts; a sub-technique is a Technique too.", "#C0392B",
        caption="{attack_id} {name}",
        is_subtechnique="true or false", detection="the text on detection that releases up to 17 carry",
        impact_type="list", **_PLATFORMS,
    ),
    _official("DetectionStrategy", "A way to detect one technique, made of analytics; from 18 on.", "#16A085"),
    _official(
        "Analytic", "Detection guidance for one platform; from 18 on.", "#1ABC9C",
        mutable_elements="list: names of what a defender tunes",
        mutable_element_notes="list: what each of them means, in the same order", **_PLATFORMS,
    ),
    _official("DataSource", "A kind of telemetry; up to 17.", "#2C6E8F", caption="{name}", collection_layers="list", **_PLATFORMS),
    _official("DataComponent", "What a data source lets one see.", "#2980B9", caption="{name}"),
    _official("Mitigation", "A control.", "#27AE60", caption="{attack_id} {name}"),
    _official("Group", "An activity group.", "#2C3E50", caption="{name}", **_ALIASES),
    _official(
        "Software", "Malware or a tool.", "#7F5539", caption="{name}", kind="`malware` or `tool`",
        **_ALIASES, **_PLATFORMS,
    ),
    _official(
        "Campaign", "Intrusions over a stretch of time.", "#6D214F", caption="{name}",
        first_seen="timestamp text", last_seen="timestamp text", **_ALIASES,
    ),
    _official(
        "Asset", "A device or system of an industrial plant.", "#D35400", caption="{name}",
        sectors="list", related_assets="list of names", **_PLATFORMS,
    ),
    _official("Identity", "Who published.", "#95A5A6", caption="{name}"),
    _official("Marking", "Terms of use.", "#95A5A6", caption="Marking"),
    _official("Collection", "The object by which a STIX 2.1 bundle states its release.", "#95A5A6", caption="{name}"),
    _official("Other", "An object of a type that this version does not know.", "#95A5A6", caption="{name}",
              stix_type="the type"),
    Node(
        "Release", Layer.OFFICIAL, "One loaded release of one domain.", base="Release",
        properties={
            "key": "`enterprise-attack@18.1`; a bundled sample ends in `-sample`",
            "domain": "`enterprise-attack`, `mobile-attack`, `ics-attack` or `pre-attack`",
            "version": "`18.1`", "major": "number before the dot", "minor": "number after the dot",
            "sample": "true for the bundled sample", "stix_form": "`2.0` or `2.1`",
            "fingerprint": "first 16 hex digits of the SHA-256 over its sorted `id|modified` lines",
            "content_root": "Merkle tree hash (RFC 6962) over its distinct records",
            "file_sha256": "of the file that carried it", "source_name": "that file's name",
            "objects": "objects that are nodes", "relationships": "objects that are relationships",
            "problems": "odd things reported", "items": "objects in the file",
            "fields_used": "list: `type.field` for each field that any object fills",
            "loaded_at": "when, UTC text", "loader_version": "by which Sightline", "load_id": "of this very load",
        },
        color="#F39C12", caption="{domain} {version}",
    ),
)  # fmt: skip

SHARED_NODES: tuple[Node, ...] = (
    Node(
        "AttackId", Layer.SHARED, "An identifier such as T1528, over all releases: what evidence claims.",
        base="AttackId", key="id", properties={"id": "the identifier, unique"},
        color="#E67E22", caption="{id}",
    ),
    Node(
        "LogSource", Layer.SHARED, "A log source, its name folded by NFC, white space and case.",
        base="LogSource",
        properties={
            "key": "the folded name, unique", "name": "one spelling of it", "spellings": "list: every spelling met",
            "canonical": "the name that questions join on",
            "listed": "whether our table of log-source names lists it; else `canonical` is its first spelling",
        },
        indexed=("canonical",), color="#3498DB", caption="{name}",
    ),
    Node(
        "Raw", Layer.SHARED, "A record as its source published it, kept once.", base="Raw", key="sha256",
        properties={"sha256": "over its bytes, unique", "media": "`application/json` or `application/yaml`",
                    "text": "the bytes as text"},
        color="#BDC3C7", caption="{sha256}",
    ),
    Node(
        "Problem", Layer.SHARED, "Something of a release or set that could not become a node or relationship.",
        base="Problem",
        properties={"key": "unique", "path": "file", "pointer": "place in it", "code": "stable word",
                    "message": "one sentence", "severity": "note, skipped or fatal",
                    "sha256": "of the record it concerns"},
        indexed=("code",), color="#E84393", caption="{code}",
    ),
    Node(
        "LoadLock", Layer.SHARED, "The one node that a load locks, so that loads follow each other.",
        base="LoadLock", key="id", properties={"id": "1", "taken_at": "milliseconds since 1970"},
        color="#636E72", caption="lock",
    ),
)  # fmt: skip

EVIDENCE_SET = Node(
    "EvidenceSet", Layer.EVIDENCE, "A dated, hashed set of evidence. Every set has this second label.",
    base="EvidenceSet",
    properties={
        "key": "`<name>@<version>`, unique", "name": "such as `sigmahq`", "version": "such as `r2026-04-01`",
        "kind": "format that it came in", "publisher": "who says so", "domain": "ATT&CK domain it speaks of",
        "attack_version": "release it was made for", "current": "true on the newest version of its name",
        "content_root": "Merkle tree hash (RFC 6962) over its distinct records", "file_sha256": "of the file or tree",
        "source_name": "that file's name", "items": "pieces in the source", "stored": "pieces that are nodes",
        "claims": "claims stored", "problems": "odd things reported",
        "tables_sha256": "of the tables of ours that its derived relationships were made with", "loaded_at": "when, UTC text",
        "loader_version": "by which Sightline", "load_id": "of this very load",
    },
    indexed=("name",), color="#F1C40F", caption="{key}",
)  # fmt: skip

EVIDENCE = Node(
    "Evidence", Layer.EVIDENCE, "A piece of evidence. Every rule, detection and capability has this second label.",
    base="Evidence",
    properties={
        "key": "`<set key>/<id>`, unique", "id": "as its publisher gives it", "title": "as published",
        "set": "key of its set", "status": "as published", "sha256": "of its record", "path": "file in the set",
        "platforms": "list: where it runs; absent when it states none", "description": "as published",
        "counted": "false where coverage leaves it out (deprecated, retired, non_mappable, ...)",
    },
    indexed=("id", "set"), color="#FDCB6E", caption="{title}",
)  # fmt: skip

EVIDENCE_NODES: tuple[Node, ...] = (
    EVIDENCE_SET,
    *(
        Node(label, Layer.EVIDENCE, doc, base="EvidenceSet", color="#F1C40F", caption="{key}")
        for label, doc in (
            ("RuleSet", "Rules of one release of a rule repository."),
            ("DetectionSet", "Cloud-native detections of one file."),
            ("MappingSet", "Mapped capabilities of one mapping file."),
        )
    ),
    EVIDENCE,
    Node(
        "Rule", Layer.EVIDENCE, "A Sigma rule.", base="Evidence",
        properties={
            "level": "informational to critical", "author": "as published", "date": "text", "modified": "text",
            "product": "of its log source", "category": "of its log source", "service": "of its log source",
            "logsource": "`sigma:product/category/service`", "family": "detection, correlation or filter",
            "line": "where it begins in its file", "name": "by which correlation rules refer to it",
            "related": "list: `type id` of each rule that it states a relation to",
            "refers_to": "list: ids or names of the rules that a correlation or filter rule is about",
            "tags": "list, as written", "tactics": "list: shortnames of its tactic tags, folded",
            "references": "list of addresses",
        },
        indexed=("id", "set", "logsource"), color="#E1B12C", caption="{title}",
    ),
    Node(
        "Detection", Layer.EVIDENCE, "A cloud-native finding, or a number of findings that are not listed.",
        base="Evidence",
        properties={"finding": "its identifier; absent when only a number is published",
                    "count": "how many findings it stands for", "severity": "as published",
                    "last_verified": "date text", "source": "key of its source"},
        indexed=("id", "set"), color="#FBC531", caption="{title}",
    ),
    Node(
        "Capability", Layer.EVIDENCE, "A product's capability that a mapping speaks of.", base="Evidence",
        properties={"group": "as published", "provider": "key of its provider", "framework": "mapping framework",
            "tags": "list, as published"},
        indexed=("id", "set"), color="#FFC048", caption="{title}",
    ),
    Node(
        "NativeSource", Layer.EVIDENCE, "A product that reports findings.", base="NativeSource",
        properties={"key": "unique", "name": "as published", "cloud": "aws, azure, ...",
                    "kind": "threat-detection, posture, ...", "platforms": "list: ATT&CK platforms that it watches",
                    "url": "its page", "version": "as published"},
        color="#00A8FF", caption="{name}",
    ),
    Node(
        "Provider", Layer.EVIDENCE, "Who offers mapped capabilities.", base="Provider",
        properties={"key": "unique", "name": "as published"}, color="#0097E6", caption="{name}",
    ),
    Node(
        "Product", Layer.EVIDENCE, "One product behind several names, by our product table.", base="Product",
        properties={"key": "unique", "name": "its present name"}, color="#487EB0", caption="{name}",
    ),
    Node(
        "Dialect", Layer.EVIDENCE, "A SIEM's query language that rules are compiled to.", base="Dialect",
        properties={"key": "unique", "name": "as its vendor writes it"}, color="#9C88FF", caption="{name}",
    ),
)  # fmt: skip

YOUR_NODES: tuple[Node, ...] = (
    Node(
        "Environment", Layer.YOURS, "A place of yours: what it runs, collects and enables.", base="Environment",
        properties={"key": "its name, unique", "content_root": "Merkle tree hash over its file's record",
                    "file_sha256": "of the file", "source_name": "that file's name", "loaded_at": "when, UTC text",
                    "platforms_stated": "whether the file lists platforms", "selectors": "list: each selector as JSON",
                    "selected": "list: pieces of evidence that each selector matched, in the same order",
                    "placements": "list: each placement as JSON", "load_id": "of this very load"},
        color="#44BD32", caption="{key}",
    ),
    Node(
        "Platform", Layer.YOURS, "An ATT&CK platform that an environment runs.", base="Platform", key="name",
        properties={"name": "as ATT&CK writes it, unique"}, color="#4CD137", caption="{name}",
    ),
    Node(
        "Annotation", Layer.YOURS, "Somebody's reading of an official object.", base="Annotation",
        properties={
            "key": "its id, unique", "author": "who", "created": "date text", "reviewed": "date text",
            "status": "draft, reviewed or retired", "confidence": "low, medium or high", "summary": "text",
            "executive_level": "low to critical", "executive_text": "text", "technical_view": "text",
            "likely_telemetry": "list of text", "detection_direction": "list of text",
            "mitigation_priorities": "list of text", "limits": "text", "references": "list of addresses",
            "supersedes": "key of another", "release": "key of the release it was written for",
            "attack_id": "of the object", "stix_id": "of the object",
            "claims": "list: each claim about the object as JSON", "sha256": "of its file",
            "set": "key of the file it came in",
        },
        indexed=("set",), color="#8C7AE6", caption="{key}",
    ),
)  # fmt: skip

NODES: tuple[Node, ...] = (*OFFICIAL_NODES, *SHARED_NODES, *EVIDENCE_NODES, *YOUR_NODES)

_RECORD = {
    "stix_id": "of the relationship object",
    "release": "key of its release",
    "sha256": "of its record",
    "description": "as published",
    "created": "timestamp text",
    "modified": "timestamp text",
    "urls": "list: addresses of its citations",
}
_IN_RELEASE = {"release": "key of its release"}

RELATIONSHIPS: tuple[Relationship, ...] = (
    Relationship(
        "CONTAINS",
        # (:Release)-[:CONTAINS]->(:AttackObject)    (:EvidenceSet)-[:CONTAINS]->(:Evidence)
        (("Release", "AttackObject"), ("EvidenceSet", "Evidence")),
        "What a release or set is made of.",
    ),
    Relationship(
        "HAS_RECORD",
        # (:Release)-[:HAS_RECORD]->(:Raw)    (:EvidenceSet)-[:HAS_RECORD]->(:Raw)
        (("Release", "Raw"), ("EvidenceSet", "Raw"), ("Environment", "Raw"), ("Annotation", "Raw")),
        "Every record of a release or set, relationship objects included.",
    ),
    Relationship(
        "HAS_PROBLEM",
        # (:Release)-[:HAS_PROBLEM]->(:Problem)
        (("Release", "Problem"), ("EvidenceSet", "Problem")),
        "What could not be taken, or is odd.",
    ),
    Relationship(
        "HAS_ID",
        # (:AttackObject)-[:HAS_ID]->(:AttackId)
        (("AttackObject", "AttackId"),),
        "The identifier of an object, dead or alive.",
    ),
    Relationship(
        "SUCCEEDS",
        # (:Release)-[:SUCCEEDS]->(:Release)    (:AttackObject)-[:SUCCEEDS]->(:AttackObject)
        (("Release", "Release"), ("AttackObject", "AttackObject")),
        "The next older loaded release of the domain, and the same object in it.",
        derived=True,
        properties={
            "change": "on objects: unchanged, bookkeeping, schema or content",
            "fields": "on objects: list of the fields that differ",
        },
    ),
    Relationship(
        "HAS_TACTIC",
        # (:Matrix)-[:HAS_TACTIC]->(:Tactic)
        (("Matrix", "Tactic"),),
        "A column of the matrix.",
        properties={"position": "from 0, left to right"},
    ),
    Relationship(
        "ACHIEVES",
        # (:Technique)-[:ACHIEVES]->(:Tactic)
        (("Technique", "Tactic"),),
        "A kill chain phase, matched by (kill_chain_name, shortname).",
    ),
    Relationship(
        "SUBTECHNIQUE_OF",
        # (:Technique)-[:SUBTECHNIQUE_OF]->(:Technique)
        (("Technique", "Technique"),),
        "The parent of a sub-technique.",
        properties=_RECORD,
    ),
    Relationship(
        "REVOKED_BY",
        # (:AttackObject)-[:REVOKED_BY]->(:AttackObject)
        (("AttackObject", "AttackObject"),),
        "The object that replaces a revoked one.",
        properties=_RECORD,
    ),
    Relationship(
        "DETECTS",
        # (:DetectionStrategy)-[:DETECTS]->(:Technique)    up to 17: (:DataComponent)-[:DETECTS]->(:Technique)
        (("DetectionStrategy", "Technique"), ("DataComponent", "Technique")),
        "Guidance on detection: from 18 on a strategy, up to 17 a component.",
        properties=_RECORD,
    ),
    Relationship(
        "HAS_ANALYTIC",
        # (:DetectionStrategy)-[:HAS_ANALYTIC]->(:Analytic)
        (("DetectionStrategy", "Analytic"),),
        "An analytic of the strategy.",
    ),
    Relationship(
        "LOOKS_FOR",
        # (:Analytic)-[:LOOKS_FOR]->(:DataComponent)    (:Rule)-[:LOOKS_FOR]->(:AttackId)
        (("Analytic", "DataComponent"), ("Rule", "AttackId")),
        "The component that an analytic needs; the component's id that a rule's log source lets it see.",
        properties={
            "scope": "on rules: `log` when the log as a whole shows it, `event` when the events that the rule names do, else `category`",
            "confidence": "on rules: of the alias table's row",
        },
    ),
    Relationship(
        "READS",
        # (:Analytic)-[:READS]->(:LogSource)    (:Rule)-[:READS]->(:LogSource)
        (("Analytic", "LogSource"), ("Rule", "LogSource")),
        "A log source that is read; on analytics one per reference in the source.",
        properties={
            "channel": "as published",
            "as_written": "the name as published",
            "component": "on analytics: stix_id of the component",
            "release": "on analytics: key of the release",
            "confidence": "on rules: of the alias table's row",
        },
    ),
    Relationship(
        "RECORDED_IN",
        # (:DataComponent)-[:RECORDED_IN]->(:LogSource)
        (("DataComponent", "LogSource"),),
        "A log source in which a component can be seen.",
        properties={"channel": "as published", "as_written": "the name as published", **_IN_RELEASE},
    ),
    Relationship(
        "PART_OF",
        # (:DataComponent)-[:PART_OF]->(:DataSource)
        (("DataComponent", "DataSource"),),
        "The data source of a component; up to 17.",
    ),
    Relationship(
        "MITIGATES",
        # (:Mitigation)-[:MITIGATES]->(:Technique)
        (("Mitigation", "Technique"),),
        "A control that helps against a technique.",
        properties=_RECORD,
    ),
    Relationship(
        "USES",
        # (:Group|Campaign|Software)-[:USES]->(:Technique|Software)
        tuple(
            (start, end) for start in ("Group", "Campaign", "Software") for end in ("Technique", "Software")
        ),
        "Somebody or something uses it.",
        properties=_RECORD,
    ),
    Relationship(
        "ATTRIBUTED_TO",
        # (:Campaign)-[:ATTRIBUTED_TO]->(:Group)
        (("Campaign", "Group"),),
        "The group behind a campaign.",
        properties=_RECORD,
    ),
    Relationship(
        "TARGETS",
        # (:Technique)-[:TARGETS]->(:Asset)
        (("Technique", "Asset"),),
        "The asset at which a technique aims; ICS.",
        properties=_RECORD,
    ),
    Relationship(
        "RELATED_TO",
        # (:AttackObject)-[:RELATED_TO]->(:AttackObject)
        (("AttackObject", "AttackObject"),),
        "Any other relationship object; `relationship_type` says which.",
        properties={"relationship_type": "as published", **_RECORD},
    ),
    Relationship(
        "MENTIONS",
        # (:AttackObject)-[:MENTIONS]->(:AttackObject)
        (("AttackObject", "AttackObject"),),
        "A link to attack.mitre.org in a description.",
        derived=True,
    ),
    Relationship(
        "CLAIMS",
        # (:Evidence)-[:CLAIMS]->(:AttackId)
        (("Evidence", "AttackId"),),
        "Somebody says that a piece of evidence concerns a technique.",
        properties={
            "category": "detect, protect, respond or mitigate",
            "effectiveness": "minimal, partial or significant (CTID)",
            "confidence": "0 to 1, as the source states it",
            "basis": "what the confidence rests on",
            "raw_value": "the score as written",
            "as_of": "date text",
            "status": "as published",
            "comment": "as published",
            "count": "how many equal rows or findings it stands for",
            "counted": "false where coverage leaves it out",
            "urls": "list: evidence links",
            "origin_file": "file that states it",
            "origin_pointer": "place in it",
            "origin_sha256": "of the record that states it",
        },
    ),
    Relationship(
        "RESOLVES_TO",
        # (:AttackId)-[:RESOLVES_TO]->(:AttackObject)
        (("AttackId", "AttackObject"),),
        "The live object that an identifier means in a release.",
        derived=True,
        properties={
            "release": "key of the release",
            "via": "`direct` or `revoked-by`",
            "hops": "list: the identifiers walked, first and last included",
        },
    ),
    Relationship(
        "NAMES",
        # (:Rule)-[:NAMES]->(:AttackId)
        (("Rule", "AttackId"),),
        "A group, software or data source that a rule's tag names.",
    ),
    Relationship(
        "RELATES_TO",
        # (:Rule)-[:RELATES_TO]->(:Rule)
        (("Rule", "Rule"),),
        "A rule's own `related` entry, or a rule that it counts or filters.",
        properties={
            "type": "similar, derived, obsolete, merged or renamed; refers-to of correlation and filter rules"
        },
    ),
    Relationship(
        "REPORTED_BY",
        # (:Detection)-[:REPORTED_BY]->(:NativeSource)
        (("Detection", "NativeSource"),),
        "The product that reports a finding.",
    ),
    Relationship(
        "OFFERED_BY",
        # (:Capability)-[:OFFERED_BY]->(:Provider)
        (("Capability", "Provider"),),
        "Who offers a capability.",
    ),
    Relationship(
        "SAME_PRODUCT",
        # (:NativeSource|Capability)-[:SAME_PRODUCT]->(:Product)
        (("NativeSource", "Product"), ("Capability", "Product")),
        "The product behind a name, by our product table.",
        derived=True,
    ),
    Relationship(
        "VALIDATED_BY",
        # (:Rule)-[:VALIDATED_BY]->(:Dialect)
        (("Rule", "Dialect"),),
        "Whether a rule compiles to a dialect. Compiling is not detecting.",
        properties={
            "ok": "true or false",
            "error": "the compiler's message",
            "backend_version": "of the compiler",
            "on": "date text",
            "load_id": "of this very run",
        },
    ),
    Relationship(
        "COLLECTS",
        # (:Environment)-[:COLLECTS]->(:LogSource)
        (("Environment", "LogSource"),),
        "A log source and how far it is collected.",
        properties={
            "status": "collected, partial, planned or not_used",
            "since": "date text",
            "note": "text",
            "as_written": "the name as written",
        },
    ),
    Relationship(
        "RUNS",
        # (:Environment)-[:RUNS]->(:Platform)
        (("Environment", "Platform"),),
        "A platform that the environment runs.",
    ),
    Relationship(
        "ENABLES",
        # (:Environment)-[:ENABLES]->(:Evidence)
        (("Environment", "Evidence"),),
        "A piece of evidence that is switched on.",
        properties={"since": "date text"},
    ),
    Relationship(
        "PLACES",
        # (:Environment)-[:PLACES]->(:Evidence)
        (("Environment", "Evidence"),),
        "Where evidence without a platform applies in this environment.",
        properties={"platforms": "list"},
    ),
    Relationship(
        "VALIDATED",
        # (:Environment)-[:VALIDATED]->(:Evidence)
        (("Environment", "Evidence"),),
        "A piece of evidence that was tried out.",
        properties={"state": "tested or observed", "on": "date text", "note": "text"},
    ),
    Relationship(
        "ABOUT",
        # (:Annotation)-[:ABOUT]->(:AttackId)
        (("Annotation", "AttackId"),),
        "What an annotation reads.",
    ),
    Relationship(
        "CITES",
        # (:Annotation)-[:CITES]->(:AttackId|LogSource)
        (("Annotation", "AttackId"), ("Annotation", "LogSource")),
        "What an annotation points to.",
        properties={"section": "part of the annotation that does"},
    ),
)

FULLTEXT_NAME = "search"
FULLTEXT_LABELS = ("AttackObject", "Evidence", "LogSource", "Annotation")
FULLTEXT_PROPERTIES = (
    *("name", "attack_id", "aliases", "description", "title", "id", "spellings", "summary", "technical_view"),
)


@cache
def node(label: str) -> Node:
    """Return the declaration of `label`; KeyError if nothing declares it."""
    return {each.label: each for each in NODES}[label]


@cache
def relationship(relationship_type: str) -> Relationship:
    """Return the declaration of `relationship_type`; KeyError if nothing declares it."""
    return {each.type: each for each in RELATIONSHIPS}[relationship_type]


@cache
def property_names(label: str) -> frozenset[str]:
    """Return every property that a node of `label` may carry, its base's included."""
    declared = node(label)
    return frozenset(declared.properties) | frozenset(node(declared.base).properties)


def statements() -> Iterator[str]:
    """Yield the Cypher that makes every constraint and index; each may run any number of times."""
    for each in NODES:
        if each.label == each.base:
            yield (
                f"CREATE CONSTRAINT {each.label.lower()}_{each.key} IF NOT EXISTS "
                f"FOR (n:{each.label}) REQUIRE n.{each.key} IS UNIQUE"
            )
        for name in each.indexed:
            yield (
                f"CREATE INDEX {each.label.lower()}_{name}_index IF NOT EXISTS "
                f"FOR (n:{each.label}) ON (n.{name})"
            )
    properties = ", ".join(f"n.{name}" for name in FULLTEXT_PROPERTIES)
    yield (
        f"CREATE FULLTEXT INDEX {FULLTEXT_NAME} IF NOT EXISTS FOR (n:{'|'.join(FULLTEXT_LABELS)}) "
        f"ON EACH [{properties}] OPTIONS {{indexConfig: {{`fulltext.eventually_consistent`: true}}}}"
    )

"""Every relationship type, with its arrow beside the declaration."""

from graph.schema.declared import Relationship

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
        (
            ("Release", "AttackObject"),
            ("EvidenceSet", "Evidence"),
            ("EvidenceSet", "Test"),
            ("AnnotationSet", "Annotation"),
        ),
        "What a release or set is made of.",
    ),
    Relationship(
        "HAS_RECORD",
        # (:Release)-[:HAS_RECORD]->(:Raw)    (:EvidenceSet)-[:HAS_RECORD]->(:Raw)
        (("Release", "Raw"), ("EvidenceSet", "Raw"), ("Environment", "Raw"), ("AnnotationSet", "Raw")),
        "Every record of a release or set, relationship objects included.",
    ),
    Relationship(
        "HAS_TABLE",
        # (:Release)-[:HAS_TABLE]->(:Raw)    (:EvidenceSet)-[:HAS_TABLE]->(:Raw)
        (("Release", "Raw"), ("EvidenceSet", "Raw")),
        "A file of the user's own rows for our tables (`--aliases`) that it was loaded with; no record of its publisher.",
    ),
    Relationship(
        "HAS_PROBLEM",
        # (:Release)-[:HAS_PROBLEM]->(:Problem)
        (("Release", "Problem"), ("EvidenceSet", "Problem")),
        "Notes, and items that were not stored.",
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
            "needs": "on rules: list of the canonical names that must be collected too, where this log source alone shows nothing",
            "stated": "on rules of several log sources: the publisher's name that was translated",
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
        "The use of a technique or software.",
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
        "Any other relationship object; `relationship_type` has its type.",
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
        "NOTES",
        # (:Note)-[:NOTES]->(:AttackObject)
        (("Note", "AttackObject"),),
        "A note of the bundle about an object, `object_refs`.",
        properties={"description": "the note's content"},
    ),
    Relationship(
        "CLAIMS",
        # (:Evidence)-[:CLAIMS]->(:AttackId)
        (("Evidence", "AttackId"),),
        "A claim that a piece of evidence concerns a technique.",
        properties={
            "category": "detect, protect, respond or mitigate",
            "effectiveness": "minimal, partial or significant (CTID)",
            "confidence": "0 to 1, as the source states it",
            "basis": "basis of the confidence",
            "raw_value": "the score as written",
            "as_of": "date text",
            "status": "as published",
            "comment": "as published",
            "count": "how many equal rows or findings it represents",
            "counted": "false where coverage leaves it, or the evidence that states it, out",
            "urls": "list: evidence links",
            "origin_file": "file that states it, as its source names it",
            "origin_pointer": "position in the file",
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
        "TESTS",
        # (:Test)-[:TESTS]->(:Evidence)
        (("Test", "Evidence"),),
        "What a test tries out: the rule that it comes with, or those with the ids that it names, in any set.",
    ),
    Relationship(
        "EXERCISES",
        # (:Test)-[:EXERCISES]->(:AttackId)
        (("Test", "AttackId"),),
        "A technique that a test makes happen.",
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
            "load_id": "id of the run",
        },
    ),
    Relationship(
        "COLLECTS",
        # (:Environment)-[:COLLECTS]->(:LogSource)
        (("Environment", "LogSource"),),
        "A log source and how far it is collected.",
        properties={
            "status": "collected, partial, planned or not_used",
            "sees": "true where it is collected, wholly or in part",
            "since": "date text",
            "note": "text",
            "as_written": "the name of the log source",
            "declared_as": "the name in the file, where that is one of Sigma's",
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
        properties={"platforms": "list: as written, with what other releases call them"},
    ),
    Relationship(
        "VALIDATED",
        # (:Environment)-[:VALIDATED]->(:Evidence)
        (("Environment", "Evidence"),),
        "A piece of evidence that was tested.",
        properties={"state": "tested or observed", "on": "date text", "note": "text"},
    ),
    Relationship(
        "HAS_RESULT",
        # (:Environment)-[:HAS_RESULT]->(:Test)    (:Environment)-[:HAS_RESULT]->(:Evidence)
        (("Environment", "Test"), ("Environment", "Evidence")),
        "What running a test, or trying out a rule, gave; one for each time.",
        properties={"state": "detected, blocked or missed", "on": "date text", "note": "text"},
    ),
    Relationship(
        "ABOUT",
        # (:Annotation)-[:ABOUT]->(:AttackId)
        (("Annotation", "AttackId"),),
        "The object that an annotation is about.",
    ),
    Relationship(
        "CITES",
        # (:Annotation)-[:CITES]->(:AttackId|LogSource)
        (("Annotation", "AttackId"), ("Annotation", "LogSource")),
        "What an annotation points to.",
        properties={"section": "part of the annotation that refers to it"},
    ),
)

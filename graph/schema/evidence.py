"""Evidence: what somebody claims about ATT&CK identifiers."""

from graph.schema.declared import Layer, Node
from graph.schema.provenance import PROVENANCE

EVIDENCE_SET = Node(
    "EvidenceSet", Layer.EVIDENCE, "A dated, hashed set of evidence. Every set has this second label.",
    base="EvidenceSet",
    properties={
        "key": "`<name>@<version>`, unique", "name": "such as `sigmahq`", "version": "such as `r2026-04-01`",
        "kind": "format that it came in", "publisher": "who publishes it", "domain": "ATT&CK domain of its claims",
        "attack_version": "release it was made for", "current": "true on the newest version of its name",
        "content_root": "Merkle tree hash (RFC 6962) over its distinct records", "file_sha256": "of the one file that carried it; absent for a folder",
        "source_name": "name of that file, archive or folder", **PROVENANCE, "items": "pieces in the source", "stored": "pieces that are nodes",
        "sample": "true on the bundled sample's, which count on sample releases only; else absent",
        "claims": "claims stored", "problems": "notes and rejected items",
        "tables_root": "Merkle tree hash (RFC 6962) over the user's own tables that it was loaded with; else absent",
        "alias_files": "list: the names of these files", "alias_hashes": "list: the SHA-256 of each, in the same order",
        "tables_sha256": "of the tables of ours that its derived relationships were made with", "loaded_at": "UTC timestamp text",
        "loader_version": "version of Sightline that loaded it", "load_id": "id of the load",
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
        "runs_on": "list: `platforms`, with what they are called in older and newer releases, by our table",
        "identity": "of a rule: `<format>/<id>`, by which it counts once, however many sets in use hold it",
        "counted": "false where coverage leaves it out (deprecated, retired, non_mappable, ...)",
        "not_counted": "why a rule is left out, such as `status deprecated`; absent where it counts",
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
            ("TestSet", "Tests of one release of a collection of tests."),
        )
    ),
    EVIDENCE,
    Node(
        "Rule", Layer.EVIDENCE, "A detection rule.", base="Evidence",
        properties={
            "level": "informational to critical", "author": "as published", "date": "text", "modified": "text",
            "product": "of its log source", "category": "of its log source", "service": "of its log source",
            "logsource": "`sigma:product/category/service`, `elastic:NAME`, ...: absent where it names several",
            "logsources": "list: the same, all of them; of a correlation rule those of the rules that it counts", "family": "detection, correlation or filter",
            "line": "where it begins in its file", "name": "by which correlation rules refer to it",
            "related": "list: `type id` of each rule that it states a relation to",
            "refers_to": "list: ids or names of the rules that a correlation or filter rule is about",
            "tags": "list, as written", "tactics": "list: shortnames of the tactics that it names, folded",
            "references": "list of addresses", "type": "kind of rule in its publisher's word: eql, NRT, Anomaly, ...",
            "language": "of its query, as published", "building_block": "true where it is only an input of other rules",
            "license": "as the rule states it", "connectors": "list: of Sentinel, the connectors that bring its data types",
        },
        indexed=("id", "set", "logsource"), color="#E1B12C", caption="{title}",
    ),
    Node(
        "Test", Layer.EVIDENCE, "A test: it makes a technique happen, or plays recorded events, so that a rule can be seen to fire.",
        base="Test",
        properties={"key": "`<set key>/test/<id>`, unique", "id": "unique in its set", "title": "a line for people",
                    "kind": "`sigma-regression`, `publisher` (comes with a rule), `publisher-manual`, `atomic`",
                    "platforms": "list: where it runs", "runs_on": "list: `platforms`, with their other names",
                    "on": "date text: the day of the test", "author": "who made it",
                    "rule_ids": "list: publisher's ids of the rules that it is for, where they are of other sets",
                    "path": "file in the set", "line": "where it begins in its file",
                    "sha256": "of the record that states it", "set": "key of its set"},
        indexed=("id", "set"), color="#F19066", caption="{title}",
    ),
    Node(
        "Detection", Layer.EVIDENCE, "A cloud-native finding, or a number of findings that are not listed.",
        base="Evidence",
        properties={"finding": "its identifier; absent when only a number is published",
                    "count": "how many findings it represents", "severity": "as published",
                    "last_verified": "date text", "source": "key of its source"},
        indexed=("id", "set"), color="#63CDDA", caption="{title}",
    ),
    Node(
        "Capability", Layer.EVIDENCE, "A product's capability that a mapping is about.", base="Evidence",
        properties={"group": "as published", "provider": "key of its provider", "framework": "mapping framework",
            "tags": "list, as published"},
        indexed=("id", "set"), color="#B8E994", caption="{title}",
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

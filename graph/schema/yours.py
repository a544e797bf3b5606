"""Yours: what you run, collect and think."""

from graph.schema.declared import Layer, Node

YOUR_NODES: tuple[Node, ...] = (
    Node(
        "Environment", Layer.YOURS, "An environment of yours: what it runs, collects and enables.", base="Environment",
        properties={"key": "its name, unique", "content_root": "Merkle tree hash over its file's record",
                    "file_sha256": "of the file", "source_name": "that file's name", "loaded_at": "UTC timestamp text",
                    "platforms_stated": "whether the file lists platforms", "selectors": "list: each selector as JSON",
                    "selected": "list: pieces of evidence that each selector matched, in the same order",
                    "placements": "list: each placement as JSON", "results": "list: each result as JSON",
                    "resulted": "list: how many tests and pieces of evidence each result is about", "loader_version": "version of Sightline",
                    "load_id": "id of the load"},
        color="#44BD32", caption="{key}",
    ),
    Node(
        "Platform", Layer.YOURS, "An ATT&CK platform that an environment runs.", base="Platform", key="name",
        properties={"name": "as the environment writes it, unique",
            "names": "list: the same with what other releases call it, by our table"}, color="#4CD137", caption="{name}",
    ),
    Node(
        "AnnotationSet", Layer.YOURS, "The annotations of one file, loaded and removed as a whole.",
        base="AnnotationSet",
        properties={
            "key": "the file's name, or the one given by --set; unique",
            "content_root": "Merkle tree hash over its file's record", "file_sha256": "of the file",
            "source_name": "that file's name", "domain": "ATT&CK domain that the file states",
            "attack_version": "release that the file was written for", "release": "key of the release it was read against",
            "stored": "annotations in it", "claims": "statements about objects in it",
            "loaded_at": "UTC timestamp text", "loader_version": "version of Sightline", "load_id": "id of the load",
        },
        color="#9C88FF", caption="{key}",
    ),
    Node(
        "Annotation", Layer.YOURS, "A note on an official object.", base="Annotation",
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

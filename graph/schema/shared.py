"""What several layers reach: identifiers, log sources, records, problems, the lock."""

from graph.schema.declared import Layer, Node

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
            "listed": "whether the table of log-source names lists it; else `canonical` is its first spelling",
        },
        indexed=("canonical",), searched=("key",), color="#3498DB", caption="{name}",
    ),
    Node(
        "Raw", Layer.SHARED, "A record as its source published it, kept once.", base="Raw", key="sha256",
        properties={"sha256": "over its bytes, unique", "media": "such as `application/json`, `application/yaml`, `text/csv`",
                    "text": "the bytes as text"},
        color="#BDC3C7", caption="{sha256}",
    ),
    Node(
        "Problem", Layer.SHARED, "A note, or an item of a release or set that was not stored.",
        base="Problem",
        properties={"key": "unique", "path": "file, as its source names it", "pointer": "position in the file", "code": "stable code",
                    "message": "one sentence", "severity": "note, skipped or fatal",
                    "sha256": "of the record it concerns"},
        indexed=("code",), color="#E84393", caption="{code}",
    ),
    Node(
        "LoadLock", Layer.SHARED, "The one node that a load locks, so that loads follow each other.",
        base="LoadLock", key="id", properties={"id": "1", "taken_at": "milliseconds since 1970",
                                      "load_id": "of the last load or removal"},
        color="#636E72", caption="lock",
    ),
)  # fmt: skip

"""Proofs that somebody made up with care: every hash and tree is right, and the records are of another form.

Whatever a record says, verifying ends with a verdict, never with an exception.
"""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docs.proof_example import NARROW, WIDE
from graph.record import MerkleTree, canonical, leaf_hash, sha256_hex
from proofs.rules import STEPS
from proofs.statement import Statement, write_statement
from proofs.verify import order, subjects_of, verify
from tests.unit.proofs.mutations import canonical as written

KEYS = (
    *(
        "id",
        "title",
        "name",
        "tags",
        "logsource",
        "sources",
        "detections",
        "techniques",
        "source",
        "finding",
        "key",
    ),
    *(
        "count",
        "type",
        "external_references",
        "external_id",
        "source_name",
        "kill_chain_phases",
        "phase_name",
    ),
    *(
        "kill_chain_name",
        "x_mitre_domains",
        "x_mitre_analytic_refs",
        "x_mitre_log_source_references",
        "source_ref",
    ),
    *(
        "target_ref",
        "relationship_type",
        "capability_id",
        "capability_description",
        "attack_object_id",
        "product",
    ),
    *(
        "category",
        "service",
        "log_sources",
        "technique-scores",
        "sub-techniques-scores",
        "sub-techniques",
        "scores",
    ),
    *(
        "x_mitre_shortname",
        "platform",
        "mapping_type",
        "description",
        "x_mitre_data_component_ref",
        "channel",
    ),
)
texts = st.sampled_from(
    ["", "T1528", "attack.t1528", "mitre-attack", "attack-pattern", "azure", "a;b", "\x1b", "é"]
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-1, 3) | texts,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4),
    max_leaves=12,
)
NODES = sorted(
    {label for step in STEPS.values() for label in (*step.starts, *step.ends)} - {"EvidenceSet", "LogSource"}
)


def forged(text: str, media: str, node: str, via: str, end: str) -> bytes:
    """Return a proof of one hop between two nodes that are the record `text`, which is alone in its source."""
    data = text.encode()
    tree, sha256 = MerkleTree([leaf_hash(data)]), sha256_hex(data)
    step = STEPS[via]
    own = {"id": None, "attack_id": None, "name": None}
    nodes = [{**own, "node": each, "record": sha256, "source": None} for each in (node, end)]
    hop = {
        "via": via, "relationship": step.relationship, "direction": step.direction, "kind": step.kind, "at": "",
        "line": None, "origin": None, "record": sha256 if step.holder == "hop" else None,
    }  # fmt: skip
    statement: dict[str, Any] = json.loads(NARROW.read_bytes())
    source = {"name": "a", "annotations": {"content_root": tree.root, "kind": "a", "records": 1}}
    inclusion = [{"audit_path": [], "leaf_index": 0, "source": tree.root, "tree_size": 1}]
    paths: Any = [{"hops": [hop], "nodes": nodes}]
    statement["predicate"] |= {
        "paths": paths,
        "records": [{"inclusion": inclusion, "media": media, "sha256": sha256, "text": text}],
        "sources": [source],
    }
    statement["subject"] = subjects_of(paths)
    return written(statement)


@given(
    values,
    st.sampled_from(sorted(STEPS)),
    st.sampled_from(NODES),
    st.sampled_from(NODES),
    st.sampled_from(["json", "yaml"]),
)
def test_a_record_of_any_form_ends_with_a_verdict(
    value: Any, via: str, node: str, end: str, form: str
) -> None:
    media = f"application/{form}"
    text = canonical(value).decode()
    for start, stop in ((node, end), (STEPS[via].starts[0], STEPS[via].ends[0])):
        if "EvidenceSet" not in (start, stop) and "LogSource" not in (start, stop):
            assert verify(forged(text, media, start, via, stop)).verdict == "refused"


def resealed(statement: Statement, at: int, text: str) -> bytes:
    """Return the proof with another text of a record, under a root of its own that fits."""
    entry = statement["predicate"]["records"][at]
    old, new = entry["sha256"], sha256_hex(text.encode())
    tree = MerkleTree([leaf_hash(text.encode())])
    root = entry["inclusion"][0]["source"]
    whole = json.dumps(statement).replace(old, new)
    changed: Any = json.loads(whole)
    predicate = changed["predicate"]
    predicate["records"][at] |= {
        "text": text,
        "inclusion": [{"audit_path": [], "leaf_index": 0, "source": tree.root, "tree_size": 1}],
    }
    template = next(each for each in predicate["sources"] if each["annotations"]["content_root"] == root)
    notes = {**template["annotations"], "content_root": tree.root, "records": 1}
    predicate["sources"].append({**template, "annotations": notes})
    predicate["sources"].sort(key=lambda each: each["annotations"]["content_root"])
    predicate["records"].sort(key=lambda each: each["sha256"])
    predicate["paths"].sort(key=order)
    changed["subject"] = subjects_of(predicate["paths"])
    return write_statement(changed)


STRIDE = {NARROW: 4, WIDE: 12}
"""File -> every which value of its records is tried: all of them take minutes."""
OTHERS: tuple[Any, ...] = (None, 5, [], {}, [5], "x")


def pieces(value: Any) -> list[tuple[Any, Any]]:
    """Return (container, key) of each value inside, depth first."""
    found = []
    for key, each in list(value.items() if isinstance(value, dict) else enumerate(value)):
        found.append((value, key))
        if isinstance(each, dict | list):
            found += pieces(each)
    return found


@pytest.mark.parametrize("file", [NARROW, WIDE], ids=lambda file: file.stem)
def test_a_real_record_with_one_value_of_another_form_ends_with_a_verdict(file: Any) -> None:
    statement: Any = json.loads(file.read_bytes())
    tried = 0
    for at, record in enumerate(statement["predicate"]["records"]):
        if record["media"] != "application/json":
            continue
        for number in range(at % 4, len(pieces(json.loads(record["text"]))), STRIDE[file]):
            for new in OTHERS:
                body = json.loads(record["text"])
                container, key = pieces(body)[number]
                container[key] = new
                assert verify(resealed(statement, at, canonical(body).decode())).verdict in {
                    "refused",
                    "consistent",
                }
                tried += 1
    assert tried > 40

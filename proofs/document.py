"""Writing the proof document of a trace: sources with their trees, records with their inclusion, paths."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from graph.record import MerkleTree, leaf_hash
from loaders.evidence.licenses import license_of
from proofs.answer_file import own_version
from proofs.paths import Found, Trace
from proofs.reading import stated_license
from proofs.statement import (
    COVERAGE_PATH,
    STATEMENT,
    Inclusion,
    ProofPath,
    RecordEntry,
    Source,
    Statement,
)
from proofs.tables import TableSource
from proofs.verify import order, subjects_of
from queries.ask import Asked, ask
from queries.questions.trace import questions as q

_OF_RULES = frozenset({"sigma", "elastic", "splunk", "sentinel"})
"""Kinds of sources whose records are rules, each with an author and a license."""

LIMITS = (
    "It does not state that a rule fires, or that what it finds is an attack.",
    "It does not state that nothing else exists: absence needs the answer to be asked again (verify --replay).",
    "It does not state that a publisher is right.",
)


def proof(graph: Asked, trace: Trace) -> Statement:
    """Return the proof of a trace.

    Args:
        graph: where the trace came from; the records of its sources are read for their trees.
        trace: with at least one path.
    """
    paths = _ordered(trace.paths)
    needed = {sha256 for path in paths for sha256 in _hashes(path)}
    owners = {key for sha256 in needed for key in trace.records[sha256].owners}
    own = {table.source.key: table for table in trace.tables}
    trees = {key: _tree_of_table(own[key]) if key in own else _tree(graph, key) for key in sorted(owners)}
    return {
        "_type": STATEMENT,
        "subject": subjects_of(paths),
        "predicateType": COVERAGE_PATH,
        "predicate": {
            "created": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            "limits": list(LIMITS),
            "paths": paths,
            "records": [_record(trace.records[sha256], trees, trace.sources) for sha256 in sorted(needed)],
            "sources": sorted(
                (_source(trace.sources[key], trees[key]) for key in owners),
                key=lambda source: source["annotations"]["content_root"],
            ),
            "tool": {"name": "sightline", "version": own_version()},
        },
    }


def _ordered(found: Sequence[Found]) -> list[ProofPath]:
    """Return the paths in the order of a proof."""
    return sorted((each.path for each in found), key=order)


def _hashes(path: ProofPath) -> Iterable[str]:
    return (part["record"] for part in (*path["nodes"], *path["hops"]) if part["record"] is not None)


def _tree(graph: Asked, key: str) -> MerkleTree:
    return MerkleTree(leaf_hash(row.text.encode()) for row in ask(graph, q.LEAVES, q.OfKey(key)))


def _tree_of_table(table: TableSource) -> MerkleTree:
    return MerkleTree(leaf_hash(row.text.encode()) for row in table.records.values())


def _record(
    record: q.TracedRecord, trees: Mapping[str, MerkleTree], sources: Mapping[str, q.TracedSource]
) -> RecordEntry:
    leaf = leaf_hash(record.text.encode())
    inclusion = [_inclusion(leaf, trees[key]) for key in record.owners]
    entry: RecordEntry = {
        "inclusion": sorted(inclusion, key=lambda each: each["source"]),
        "media": record.media,
        "sha256": record.sha256,
        "text": record.text,
    }
    licensed = stated_license(record.text, record.media) or _license_of_publisher(sources, record.owners)
    return {**entry, "license": licensed} if licensed else entry


def _license_of_publisher(sources: Mapping[str, q.TracedSource], owners: Sequence[str]) -> str | None:
    """Return the license that the publisher of a rule states for all of them."""
    found = (license_of(None, sources[key].publisher) for key in owners if sources[key].kind in _OF_RULES)
    return next((each.line for each in found if each is not None), None)


def _inclusion(leaf: bytes, tree: MerkleTree) -> Inclusion:
    index = tree.index(leaf)
    return {
        "audit_path": [sibling.hex() for sibling in tree.path(index)],
        "leaf_index": index,
        "source": tree.root,
        "tree_size": tree.size,
    }


def _source(source: q.TracedSource, tree: MerkleTree) -> Source:
    found: Source = {
        "name": source.source_name,
        "annotations": {"content_root": source.content_root, "kind": source.kind, "records": tree.size},
    }
    stated = {"domain": source.domain, "fetched_on": source.fetched_on, "published": source.published_as}
    found["annotations"].update({name: value for name, value in stated.items() if value})  # type: ignore[typeddict-item]
    digest = {"sha256": source.file_sha256, "gitCommit": source.git_commit}
    if any(digest.values()):
        found["digest"] = {name: value for name, value in digest.items() if value}
    else:
        found["uri"] = f"urn:sightline:content-root:{source.content_root}"
    if source.source_url:
        found["downloadLocation"] = source.source_url
    return found

"""An evidence set of any kind as rows: what all kinds have in common, joined with what each kind adds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from graph.holding.rows import Batch, Nodes, Owner, Properties, Relationships
from graph.record import merkle_root
from loaders.evidence.model import Claim, Evidence, EvidenceSet
from loaders.reading.problems import Problem
from loaders.report import skipped
from loaders.shared_nodes import identifiers, problem_batches, record_batches

NOT_COUNTED = frozenset({"deprecated", "unsupported", "retired", "in_progress", "non_mappable"})
"""Statuses of rules, findings and mapping rows that coverage leaves out (docs/semantics.md, "Not counted")."""


@dataclass(frozen=True, slots=True)
class SetRows:
    """Everything that one set brings, ready to be written.

    Attributes:
        key: of the set.
        label: of its node.
        properties: of its node, but for the load's stamp and `current`.
        batches: nodes first, then relationships.
        digests: id -> SHA-256 of the record of each piece of evidence.
        source_name: where it was read from.
        pieces: in the source.
        stored: pieces in the graph.
        problems: everything odd.
    """

    key: str
    label: str
    properties: Properties
    batches: tuple[Batch, ...]
    digests: dict[str, str]
    source_name: str
    pieces: int
    stored: int
    problems: tuple[Problem, ...]

    @property
    def content_root(self) -> str:
        """Merkle root over the set's records, in hex."""
        return str(self.properties["content_root"])


def set_rows(
    evidence: EvidenceSet,
    label: str,
    describe: Callable[[Evidence], Properties],
    more: Sequence[Batch] = (),
    *,
    tables_sha256: str | None = None,
) -> SetRows:
    """Return the rows of a set.

    Args:
        evidence: the set.
        label: of its items: Rule, Detection or Capability.
        describe: returns the properties of an item that only this kind has.
        more: what only this kind adds; its nodes and relationships may rest on the items.
        tables_sha256: of our own tables that `more` was derived with.

    Raises:
        AssertionError: a piece of the source is neither stored nor reported.
    """
    pieces = len(evidence.items) if evidence.pieces is None else evidence.pieces
    stored = len(evidence.items) if evidence.stored is None else evidence.stored
    if stored + skipped(evidence.problems) != pieces:
        raise AssertionError(f"{pieces} pieces in, {stored} stored and {skipped(evidence.problems)} reported")
    properties = _set_properties(evidence, pieces, stored)
    batches = (
        *_items(evidence, label, describe),
        *_records(evidence),
        *problem_batches("EvidenceSet", evidence.key, evidence.problems),
        *_claims(evidence),
        *more,
    )
    return SetRows(
        key=evidence.key,
        label=evidence.label.value,
        properties={**properties, "tables_sha256": tables_sha256},
        batches=batches,
        digests={item.id: item.sha256 for item in evidence.items},
        source_name=evidence.source_name,
        pieces=pieces,
        stored=stored,
        problems=evidence.problems,
    )


def _set_properties(evidence: EvidenceSet, pieces: int, stored: int) -> Properties:
    return {
        "key": evidence.key,
        "name": evidence.name,
        "version": evidence.version,
        "kind": evidence.kind,
        "publisher": evidence.publisher,
        "domain": evidence.attack_domain,
        "attack_version": evidence.attack_version,
        "content_root": merkle_root(record.data for record in evidence.records),
        "file_sha256": evidence.file_sha256,
        "source_name": evidence.source_name,
        "items": pieces,
        "stored": stored,
        "claims": sum(claim.count for item in evidence.items for claim in item.claims),
        "problems": len(evidence.problems),
    }


def _items(evidence: EvidenceSet, label: str, describe: Callable[[Evidence], Properties]) -> Iterator[Batch]:
    rows: list[Properties] = [
        {
            "key": evidence.evidence_key(item),
            "id": item.id,
            "title": item.title,
            "set": evidence.key,
            "status": item.status,
            "sha256": item.sha256,
            "path": _inside(evidence.source_name, item.path),
            "platforms": list(item.platforms) or None,
            "description": item.description,
            "counted": is_counted(item.status),
            **describe(item),
        }
        for item in evidence.items
    ]
    yield Nodes(label, rows, owner=Owner("CONTAINS", "EvidenceSet", evidence.key))


def _inside(source_name: str, path: str) -> str:
    """Return where in its set a file is: the same wherever the set was read from."""
    below = path.removeprefix(source_name).lstrip("!/")
    return below if below != path and below else PurePath(path).name


def is_counted(status: str | None) -> bool:
    """Tell whether coverage counts evidence or a claim of this status."""
    return status is None or status.casefold() not in NOT_COUNTED


def _records(evidence: EvidenceSet) -> Iterator[Batch]:
    texts = {record.sha256: record.data.decode() for record in evidence.records}
    media = {record.sha256: record.media for record in evidence.records}
    yield from record_batches("EvidenceSet", evidence.key, texts, media)


def _claims(evidence: EvidenceSet) -> Iterator[Batch]:
    claims = [(evidence.evidence_key(item), claim) for item in evidence.items for claim in item.claims]
    yield identifiers(claim.attack_id for _, claim in claims)
    yield Relationships(
        "CLAIMS",
        "Evidence",
        "AttackId",
        [(key, claim.attack_id, _claim_properties(claim)) for key, claim in claims],
    )


def _claim_properties(claim: Claim) -> Properties:
    return {
        "category": claim.category.value if claim.category else None,
        "effectiveness": claim.effectiveness.value if claim.effectiveness else None,
        "confidence": claim.confidence,
        "basis": claim.basis,
        "raw_value": claim.raw_value,
        "as_of": claim.as_of,
        "status": claim.status,
        "comment": claim.comment,
        "count": claim.count,
        "counted": is_counted(claim.status),
        "urls": list(claim.references) or None,
        "origin_file": claim.origin.file,
        "origin_pointer": claim.origin.pointer,
        "origin_sha256": claim.origin.sha256,
    }

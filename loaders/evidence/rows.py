"""An evidence set of any kind as rows: what all kinds have in common, joined with what each kind adds."""

from collections.abc import Callable, Iterator, Sequence

from graph.errors import InputRejectedError
from graph.holding.kind import Whole
from graph.holding.lookup import Reads, sets_with_the_same_rules
from graph.holding.rows import Batch, Nodes, Owner, Properties, Relationships
from graph.holding.sets import EVIDENCE, sets_in_use
from graph.record import merkle_root
from loaders.evidence.model import Claim, Evidence, EvidenceSet, SetLabel
from loaders.loadable import Loadable, no_notes
from loaders.own_tables import forgotten
from loaders.reading.problems import Problem
from loaders.reading.relative import base_name, inside
from loaders.report import skipped
from loaders.shared_nodes import identifiers, problem_batches, record_batches
from loaders.tables.platforms import names_in_time

NOT_COUNTED = frozenset({"deprecated", "unsupported", "retired", "in_progress", "non_mappable"})
"""Statuses of rules, findings and mapping rows that coverage leaves out (docs/semantics.md, "Not counted")."""


def set_rows(
    evidence: EvidenceSet,
    label: str,
    describe: Callable[[Evidence], Properties],
    more: Sequence[Batch] = (),
    *,
    tables_sha256: str | None = None,
) -> Whole:
    """Return the rows of a set.

    Args:
        evidence: the set.
        label: of its items: Rule, Detection or Capability.
        describe: returns the properties of an item that only this kind has.
        more: what only this kind adds; its nodes and relationships may rest on the items.
        tables_sha256: of our own tables that `more` was derived with.
    """
    items = [_item(evidence, item, describe) for item in evidence.items]
    batches = (
        Nodes(label, items, owner=Owner("CONTAINS", "EvidenceSet", evidence.key)),
        *_records(evidence),
        *problem_batches("EvidenceSet", evidence.key, evidence.source_name, evidence.problems),
        *_claims(evidence, items),
        *more,
    )
    return Whole(
        kind=EVIDENCE,
        label=evidence.label.value,
        properties={**_set_properties(evidence), "tables_sha256": tables_sha256},
        batches=batches,
        source=evidence.source_name,
        digests={item.id: item.sha256 for item in evidence.items},
    )


def set_loadable(
    evidence: EvidenceSet,
    rows: Whole,
    notes: Callable[[Reads, Whole], Sequence[Problem]] | None = None,
    remarks: tuple[str, ...] = (),
) -> Loadable:
    """Return a set, ready to be loaded; without any evidence it is refused, for it would replace a set by nothing.

    Args:
        evidence: the set.
        rows: of `set_rows`.
        notes: returns what is odd about the set in a graph.
        remarks: what the format has to say besides.
    """

    def whole(graph: Reads) -> Whole:
        del graph
        if not evidence.items and not evidence.tests:
            raise _empty(evidence)
        return rows

    return Loadable(
        kind=EVIDENCE,
        key=evidence.key,
        source=evidence.source_name,
        whole=whole,
        items=_pieces(evidence),
        stored=_stored(evidence),
        problems=evidence.problems,
        notes=lambda graph, rows: (
            *forgotten(graph, rows),
            *_also_elsewhere(graph, rows),
            *(notes or no_notes)(graph, rows),
        ),
        remarks=remarks,
    )


def _also_elsewhere(graph: Reads, rows: Whole) -> Iterator[Problem]:
    """Yield a note for each other set in use that holds rules of this one, if this one is in use."""
    used = sets_in_use(graph)
    for key, count in sets_with_the_same_rules(graph, rows.key).items():
        if rows.key in used:
            rules = "1 rule is" if count == 1 else f"{count} rules are"
            message = f"{rules} in {key} too, which is in use; each counts once"
            yield Problem(rows.source, "", "also-elsewhere", message)


def _empty(evidence: EvidenceSet) -> InputRejectedError:
    lost = skipped(evidence.problems)
    first = f"; the first: {evidence.problems[0]}" if evidence.problems else ""
    what = f"nothing in it can be loaded ({lost} rejected{first})"
    return InputRejectedError(what, where=evidence.source_name, todo="fix it")


def _pieces(evidence: EvidenceSet) -> int:
    return len(evidence.items) if evidence.pieces is None else evidence.pieces


def _stored(evidence: EvidenceSet) -> int:
    return len(evidence.items) if evidence.stored is None else evidence.stored


def _set_properties(evidence: EvidenceSet) -> Properties:
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
        "source_name": base_name(evidence.source_name),
        "items": _pieces(evidence),
        "stored": _stored(evidence),
        "claims": sum(len(item.claims) for item in evidence.items),
        "sample": evidence.sample or None,
        "problems": len(evidence.problems),
    }


def _item(evidence: EvidenceSet, item: Evidence, describe: Callable[[Evidence], Properties]) -> Properties:
    return {
        "key": evidence.evidence_key(item),
        "id": item.id,
        "title": item.title,
        "set": evidence.key,
        "status": item.status,
        "sha256": item.sha256,
        "path": inside(evidence.source_name, item.path),
        "platforms": list(item.platforms) or None,
        "runs_on": list(item.runs_on or names_in_time(item.platforms)) or None,
        "description": item.description,
        "counted": is_counted(item.status),
        "identity": f"{evidence.kind}/{item.id}" if evidence.label is SetLabel.RULES else None,
        **describe(item),
    }


def is_counted(status: str | None) -> bool:
    """Tell whether coverage counts evidence or a claim of this status."""
    return status is None or status.casefold() not in NOT_COUNTED


def _records(evidence: EvidenceSet) -> Iterator[Batch]:
    texts = {record.sha256: record.data.decode() for record in evidence.records}
    media = {record.sha256: record.media for record in evidence.records}
    yield from record_batches("EvidenceSet", evidence.key, texts, media)


def _claims(evidence: EvidenceSet, items: Sequence[Properties]) -> Iterator[Batch]:
    yield identifiers(claim.attack_id for item in evidence.items for claim in item.claims)
    yield Relationships(
        "CLAIMS",
        "Evidence",
        "AttackId",
        [
            (
                str(row["key"]),
                claim.attack_id,
                _claim_properties(claim, evidence, of_counted=row["counted"] is True),
            )
            for row, item in zip(items, evidence.items, strict=True)
            for claim in item.claims
        ],
    )


def _claim_properties(claim: Claim, evidence: EvidenceSet, *, of_counted: bool) -> Properties:
    """Return the properties of CLAIMS; a claim counts where both it and the evidence that states it do."""
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
        "counted": of_counted and is_counted(claim.status),
        "urls": list(claim.references) or None,
        "origin_file": inside(evidence.source_name, claim.origin.file),
        "origin_pointer": claim.origin.pointer,
        "origin_sha256": claim.origin.sha256,
    }

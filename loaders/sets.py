"""An evidence set into the graph: general rows of every kind of evidence, one transaction, current versions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.connection import Graph, Lookup
from graph.errors import InputRejectedError, NotFoundError
from graph.lookup import LoadedSet, loaded_sets
from graph.record import merkle_root
from graph.releases import sweep
from graph.rows import Batch, Nodes, Properties, Relationships
from graph.sets import mark_current, remove_evidence, sweep_evidence
from graph.writer import DEFAULT_WAIT, Writer, load_stamp, prepare, publish
from loaders.evidence import Claim, Evidence, EvidenceSet, version_order
from loaders.problems import Problem, Severity
from loaders.report import LoadReport, Outcome, skipped
from loaders.selection import refresh_environments


@dataclass(frozen=True, slots=True)
class Terms:
    """How a set is to be loaded.

    Attributes:
        replace: take other content under a key that is loaded.
        strict: refuse the set if any of its pieces cannot be taken.
        dry_run: read and report only.
        wait: seconds to wait for another load.
    """

    replace: bool = False
    strict: bool = False
    dry_run: bool = False
    wait: float = DEFAULT_WAIT


USUAL_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Kind:
    """What a format adds to the general rows of its evidence.

    Attributes:
        label: Rule, Detection or Capability.
        properties: of a piece of evidence, beyond those that all evidence has.
        batches: what else comes with the set; sent after its evidence.
    """

    label: str
    properties: Callable[[Evidence], Properties]
    batches: Sequence[Batch] = ()


def load_set(
    graph: Graph,
    evidence: EvidenceSet,
    kind: Kind,
    terms: Terms = USUAL_TERMS,
    *,
    notes: Sequence[Problem] = (),
    items: int | None = None,
) -> LoadReport:
    """Load one set in one transaction; what environments select is computed anew in it.

    Args:
        graph: where to.
        evidence: the set.
        kind: what its format adds.
        terms: how.
        notes: what depends on the rest of the graph: reported, not stored.
        items: pieces in the input, if not the stored and the skipped ones.

    Raises:
        InputRejectedError: other content is loaded under its key; some piece cannot be taken and `strict` is set; a
            set without evidence would replace one.
    """
    _refuse_skipped(evidence, strict=terms.strict)
    root = merkle_root(record.data for record in evidence.records)
    rows = list(_rows(evidence, kind))
    node = _set_node(evidence, root, items)
    report = _Reporter(evidence, node, rows, tuple(notes))
    prepare(graph)
    if terms.dry_run:
        return report(Outcome.CHECKED)
    stamp = load_stamp()

    def work(writer: Writer) -> tuple[Outcome, list[Problem]]:
        before = _find(writer, evidence.key)
        if before and _agrees(before, root, evidence, replace=terms.replace):
            return Outcome.UNCHANGED, []
        if before:
            remove_evidence(writer, before.key)
        writer.send(Nodes(evidence.label, [{**node, **stamp}]))
        for batch in rows:
            writer.send(batch)
        return (Outcome.REPLACED if before else Outcome.LOADED), _settle(writer, evidence.name)

    landed = Lookup(
        "RETURN EXISTS { (:EvidenceSet {key: $key, load_id: $load_id}) } AS landed",
        {"key": evidence.key, "load_id": stamp["load_id"]},
    )
    outcome, changed = publish(graph, f"load {evidence.key}", work, landed=landed, wait=terms.wait)
    return report(outcome, changed)


def remove_set(graph: Graph, key: str, *, wait: float = DEFAULT_WAIT) -> None:
    """Delete a set in one transaction; an older version of its name is the current one then.

    Raises:
        NotFoundError: it is not loaded.
    """

    def work(writer: Writer) -> None:
        found = _find(writer, key)
        if found is None:
            raise NotFoundError("this set is not loaded", where=key, todo="`sightline sets` lists them")
        remove_evidence(writer, key)
        _settle(writer, found.name)

    prepare(graph)
    landed = Lookup("RETURN NOT EXISTS { (:EvidenceSet {key: $key}) } AS landed", {"key": key})
    publish(graph, f"remove set {key}", work, landed=landed, wait=wait)


def _settle(writer: Writer, name: str) -> list[Problem]:
    """Put right what follows from the sets that are there now."""
    versions = [each for each in loaded_sets(writer) if each.name == name]
    if versions:
        newest = max(versions, key=lambda each: (version_order(each.version), each.version))
        mark_current(writer, name, newest.key)
    changed = refresh_environments(writer)
    sweep_evidence(writer)
    sweep(writer)
    return changed


def _find(writer: Writer, key: str) -> LoadedSet | None:
    return next((each for each in loaded_sets(writer) if each.key == key), None)


def _agrees(before: LoadedSet, root: str, evidence: EvidenceSet, *, replace: bool) -> bool:
    """Tell whether the same content is loaded; refuse what may not take its place."""
    if before.content_root == root:
        return True
    where = evidence.source_name
    if not replace:
        what = f"{before.key} is loaded with other content (root {before.content_root[:12]}, this one {root[:12]})"
        raise InputRejectedError(what, where=where, todo="use --replace to swap it in")
    if not evidence.items:
        what = f"holds no evidence, and {before.key} is loaded"
        raise InputRejectedError(what, where=where, todo="use `sightline remove set` if that is meant")
    return False


def _refuse_skipped(evidence: EvidenceSet, *, strict: bool) -> None:
    bad = [each for each in evidence.problems if each.severity is not Severity.NOTE]
    if strict and bad:
        more = f" (and {len(bad) - 1} more)" if len(bad) > 1 else ""
        raise InputRejectedError(f"--strict: {bad[0]}{more}", todo="mend it, or load without --strict")


@dataclass(frozen=True, slots=True)
class _Reporter:
    evidence: EvidenceSet
    node: Properties
    rows: Sequence[Batch]
    notes: tuple[Problem, ...]

    def __call__(self, outcome: Outcome, changed: Sequence[Problem] = ()) -> LoadReport:
        items, stored = int(str(self.node["items"])), len(self.evidence.items)
        return LoadReport(
            key=self.evidence.key,
            outcome=outcome,
            items=items,
            stored=stored,
            reported=items - stored,
            nodes=1 + sum(len(each.rows) for each in self.rows if isinstance(each, Nodes)),
            relationships=sum(len(each.rows) for each in self.rows if isinstance(each, Relationships)),
            content_root=str(self.node["content_root"]),
            problems=(*self.evidence.problems, *self.notes, *changed),
        )


# Rows -----------------------------------------------------------------------------------------------------


def _set_node(evidence: EvidenceSet, root: str, items: int | None) -> Properties:
    return {
        "key": evidence.key,
        "name": evidence.name,
        "version": evidence.version,
        "kind": evidence.kind,
        "publisher": evidence.publisher,
        "domain": evidence.attack_domain,
        "attack_version": evidence.attack_version,
        "content_root": root,
        "file_sha256": evidence.file_sha256,
        "source_name": evidence.source_name,
        "items": len(evidence.items) + skipped(evidence.problems) if items is None else items,
        "stored": len(evidence.items),
        "claims": sum(len(each.claims) for each in evidence.items),
        "problems": len(evidence.problems),
    }


def _rows(evidence: EvidenceSet, kind: Kind) -> Iterator[Batch]:
    key = evidence.key
    yield Nodes(kind.label, [_evidence_node(evidence, each, kind) for each in evidence.items])
    contained: list[tuple[str, str, Properties]] = [
        (key, evidence.evidence_key(each), {}) for each in evidence.items
    ]
    yield Relationships("CONTAINS", "EvidenceSet", "Evidence", contained)
    yield from _record_rows(evidence)
    yield from _problem_rows(evidence)
    yield from _claim_rows(evidence)
    yield from kind.batches


def _evidence_node(evidence: EvidenceSet, each: Evidence, kind: Kind) -> Properties:
    return {
        "key": evidence.evidence_key(each),
        "id": each.id,
        "title": each.title,
        "set": evidence.key,
        "status": each.status,
        "description": each.description,
        "sha256": each.sha256,
        "path": each.path,
        "platforms": list(each.platforms) or None,
        **kind.properties(each),
    }


def _record_rows(evidence: EvidenceSet) -> Iterator[Batch]:
    distinct = {each.sha256: each for each in evidence.records}
    rows: list[Properties] = [
        {"sha256": sha256, "media": each.media, "text": each.data.decode()}
        for sha256, each in distinct.items()
    ]
    yield Nodes("Raw", rows, shared=True)
    yield Relationships(
        "HAS_RECORD", "EvidenceSet", "Raw", [(evidence.key, sha256, {}) for sha256 in distinct]
    )


def _problem_rows(evidence: EvidenceSet) -> Iterator[Batch]:
    rows: list[Properties] = [
        {
            "key": f"{evidence.key}/problem/{index}",
            "path": each.path,
            "pointer": each.pointer,
            "code": each.code,
            "message": each.message,
            "severity": each.severity.value,
            "sha256": each.sha256,
        }
        for index, each in enumerate(evidence.problems)
    ]
    yield Nodes("Problem", rows)
    ends: list[tuple[str, str, Properties]] = [(evidence.key, str(row["key"]), {}) for row in rows]
    yield Relationships("HAS_PROBLEM", "EvidenceSet", "Problem", ends)


def _claim_rows(evidence: EvidenceSet) -> Iterator[Batch]:
    claims = [(evidence.evidence_key(each), claim) for each in evidence.items for claim in each.claims]
    ids = dict.fromkeys(claim.attack_id for _, claim in claims)
    yield Nodes("AttackId", [{"id": each} for each in ids], shared=True)
    ends = [(key, claim.attack_id, _claim_properties(claim)) for key, claim in claims]
    yield Relationships("CLAIMS", "Evidence", "AttackId", ends)


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
        "counted": _counts(claim),
        "urls": list(claim.references) or None,
        "origin_file": claim.origin.file,
        "origin_pointer": claim.origin.pointer,
        "origin_sha256": claim.origin.sha256,
    }


def _counts(claim: Claim) -> bool:
    """Tell whether coverage counts a claim: docs/model.md, "Not counted"."""
    return claim.status not in {"retired", "in_progress", "non_mappable"}

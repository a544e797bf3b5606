"""Statements about the same thing that differ: both sides are shown, and none is judged.

Contradictions are two statements that cannot both be true. What only one side states (`unsupported`,
`unknown-product`), and a tactic tag that another release explains, is listed too, and marked as none.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from queries.answers.kinds import kind
from queries.ask import Asked, ask
from queries.params import EvidenceIn, OfObject, OfRelease
from queries.questions.evidence.questions import (
    ANNOTATION_CLAIMS,
    PRODUCTS,
    AnnotationClaims,
    OneOrAll,
    ProductStatement,
)
from queries.questions.lookup.questions import SURROUNDINGS, Surrounding
from queries.questions.missing.rows import MismatchedRule

_TACTICS = {
    "rule-tactic-mismatch": "none of the techniques achieves it",
    "rule-tactic-moved": "the techniques achieve it in another loaded release",
    "rule-tactic-renamed": "the techniques achieve it under another name",
    "rule-tactic-unknown": "no loaded release has such a tactic",
}
"""Kind of a tactic tag that fits no technique of its rule -> what the release states; the first contradicts it."""
CONTRADICTIONS = frozenset({"mapped-otherwise", "annotation-false", "tactic-mismatch"})


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements side by side.

    Attributes:
        kind: mapped-otherwise, unsupported, unknown-product, annotation-false, or tactic-mismatch, tactic-moved,
            tactic-renamed or tactic-unknown.
        contradiction: whether the two cannot both hold.
        technique_id: what both are about.
        one: who makes the first statement; `says` is what; `origin` where it is stated.
        other: who makes the second; None where no other source is about it.
    """

    release: str
    kind: str
    contradiction: bool
    technique_id: str
    one: str
    says: str
    origin: str | None
    other: str | None
    other_says: str


def conflicts(
    graph: Asked, *, release: str, attack_id: str | None = None, of_set: str | None = None
) -> list[Conflict]:
    """Return the conflicts of a release, or of one identifier in it, contradictions first.

    With `of_set`, a set's name or key: those in which that set makes one of the two statements.

    Raises:
        SightlineError: as `ask` raises it.
    """
    found = [
        *(_of_products(row) for row in _stated(graph, release, attack_id, of_set)),
        *(false_annotations(graph, release) if of_set is None else ()),
        *(_of_tactics(row) for name in _TACTICS for row in _tagged(graph, name, EvidenceIn(release, of_set))),
    ]
    return sorted(
        (each for each in found if attack_id in (None, *each.technique_id.split(", "))),
        key=lambda each: (not each.contradiction, each.kind, each.technique_id, each.one),
    )


def _stated(graph: Asked, release: str, attack_id: str | None, of_set: str | None) -> list[ProductStatement]:
    return [
        row
        for row in ask(graph, PRODUCTS, OneOrAll(release, attack_id))
        if of_set is None or any(_is_of(key, of_set) for key in (row.set, row.other_set) if key)
    ]


def _is_of(key: str, name: str) -> bool:
    """Tell whether the set `key` is meant by `name`, its key or the part before its version."""
    return key == name or key.startswith(f"{name}@")


def _of_products(row: ProductStatement) -> Conflict:
    said = ", ".join(row.other_says)
    return Conflict(
        release=row.release,
        kind=row.kind,
        contradiction=row.kind in CONTRADICTIONS,
        technique_id=row.technique_id,
        one=f"{row.says_of} in {row.set}",
        says="detect",
        origin=f"{row.origin_file} {row.origin_pointer or ''}".strip() if row.origin_file else None,
        other=f"{', '.join(row.other_names)} in {row.other_set}" if row.other_set else None,
        other_says=said or ("nothing about it" if row.other_set else "no other set names the product"),
    )


def _tagged(graph: Asked, name: str, among: EvidenceIn) -> list[MismatchedRule]:
    rows: list[MismatchedRule] = ask(graph, kind(name).question, among)
    return rows


def _of_tactics(row: MismatchedRule) -> Conflict:
    name = row.kind.removeprefix("rule-")
    means = ", ".join(filter(None, row.means))
    return Conflict(
        release=row.release,
        kind=name,
        contradiction=name in CONTRADICTIONS,
        technique_id=", ".join(row.techniques),
        one=f"{row.title or row.evidence_id} in {row.set}",
        says=", ".join(row.tactics),
        origin=row.path,
        other=row.release,
        other_says=f"{_TACTICS[row.kind]}{f' ({means})' if means else ''}",
    )


def false_annotations(graph: Asked, release: str) -> Iterator[Conflict]:
    """Yield a conflict for each claim of an annotation on a release that the graph denies.

    Raises:
        SightlineError: as `ask` raises it.
    """
    for annotation in ask(graph, ANNOTATION_CLAIMS, OfRelease(release)):
        around = ask(graph, SURROUNDINGS, OfObject(release, annotation.attack_id))
        yield from _false_claims(annotation, around)


def _false_claims(annotation: AnnotationClaims, around: list[Surrounding]) -> Iterator[Conflict]:
    """Yield a conflict for each claim of `annotation` that the graph denies."""
    for claim in map(json.loads, annotation.claims):
        there = [each for each in around if each.field == claim["field"]]
        if not holds(claim["expect"], there):
            yield Conflict(
                release=annotation.release,
                kind="annotation-false",
                contradiction=True,
                technique_id=annotation.attack_id,
                one=f"{annotation.key} by {annotation.author or 'an unnamed author'}",
                says=f"{claim['field']}: {_told(claim['expect'])}",
                origin=annotation.key,
                other=annotation.release,
                other_says=f"{claim['field']}: {_told(sorted({str(each.id) for each in there}))}",
            )


def holds(expected: int | list[str], there: list[Surrounding]) -> bool:
    """Tell whether what is `there` is exactly what was `expected`: so many, or these by id or name."""
    if isinstance(expected, int):
        return len(there) == expected
    wanted = {word.casefold() for word in expected}
    words = [{(each.id or "").casefold(), (each.name or "").casefold()} for each in there]
    return all(names & wanted for names in words) and wanted <= set().union(*words)


def _told(expected: int | list[str]) -> str:
    return str(expected) if isinstance(expected, int) else ", ".join(expected) or "none"

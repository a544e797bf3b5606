"""What annotations claim about their object, held against the graph claim by claim."""

import json
from dataclasses import dataclass

from queries.answers.conflicts import holds
from queries.ask import Asked, ask
from queries.params import OfObject, OfRelease
from queries.questions.evidence.questions import ANNOTATION_CLAIMS
from queries.questions.lookup.questions import SURROUNDINGS


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """One claim of an annotation.

    Attributes:
        release: the one that the claim was compared with.
        key: of the annotation.
        field: what the claim is about, such as `tactics`.
        claims: what it states: identifiers or names, or how many there are.
        holds: whether the graph has exactly that.
        found: what the graph has.
    """

    release: str
    key: str
    field: str
    claims: tuple[str, ...]
    holds: bool
    found: tuple[str, ...]


def checked_claims(graph: Asked, *, release: str, attack_id: str) -> list[CheckedClaim]:
    """Return every claim that annotations make about an object, in the order of the annotations.

    Raises:
        SightlineError: as `ask` raises it.
    """
    own = [each for each in ask(graph, ANNOTATION_CLAIMS, OfRelease(release)) if each.attack_id == attack_id]
    around = ask(graph, SURROUNDINGS, OfObject(release, attack_id)) if own else []
    checked = []
    for annotation in own:
        for claim in map(json.loads, annotation.claims):
            there = [each for each in around if each.field == claim["field"]]
            expected = claim["expect"]
            checked.append(
                CheckedClaim(
                    release=annotation.release,
                    key=annotation.key,
                    field=claim["field"],
                    claims=(str(expected),) if isinstance(expected, int) else tuple(expected),
                    holds=holds(expected, there),
                    found=tuple(sorted({str(each.id) for each in there})),
                )
            )
    return checked

"""What changed in an object from each loaded release to the next: the text of a field, its relationships."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.spelling import differences
from queries.ask import Asked, ask
from queries.questions.releases import questions as q

_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\n+")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs from one release to the next.

    Attributes:
        difference: sentence by sentence (of a list, member by member): `- ` what is gone, `+ ` what is new, and two
            blanks before what stays.
    """

    before: str
    release: str
    stix_id: str
    attack_id: str | None
    field: str
    difference: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RelationshipStep:
    """A relationship that is new or gone from one release to the next."""

    before: str
    release: str
    stix_id: str
    change: str
    relationship: str
    outgoing: bool
    type: str
    attack_id: str | None
    name: str | None


def field_changes(
    graph: Asked, entries: Sequence[q.HistoryEntry], field: str
) -> tuple[list[FieldChange], set[str]]:
    """Return where a field of an object changes, and the fields that it has in any release.

    Args:
        graph: the open graph.
        entries: of its history.
        field: as STIX calls it.

    Raises:
        SightlineError: as `ask` raises it.
    """
    found: list[FieldChange] = []
    known: set[str] = set()
    for stix_id, line in _lines(entries).items():
        texts = {row.release: row.text for row in ask(graph, q.RECORD_HISTORY, q.OfStixId(stix_id))}
        bodies = {entry.release: json.loads(texts[entry.release]) for entry in line if entry.release in texts}
        known.update(name for body in bodies.values() for name in body)
        for before, after in _steps(line):
            one, other = (bodies.get(each.release, {}).get(field) for each in (before, after))
            if one != other:
                difference = tuple(differences(_parts(one), _parts(other)))
                found.append(
                    FieldChange(before.release, after.release, stix_id, after.attack_id, field, difference)
                )
    return found, known


def relationship_changes(graph: Asked, entries: Sequence[q.HistoryEntry]) -> list[RelationshipStep]:
    """Return which relationships of an object come and go, from each release to the next.

    Raises:
        SightlineError: as `ask` raises it.
    """
    found: list[RelationshipStep] = []
    for stix_id, line in _lines(entries).items():
        held: dict[str, dict[tuple[str, bool, str], q.RelationshipHeld]] = {}
        for row in ask(graph, q.RELATIONSHIP_HISTORY, q.OfStixId(stix_id)):
            held.setdefault(row.release, {})[row.relationship, row.outgoing, row.other_key] = row
        for before, after in _steps(line):
            one, other = held.get(before.release, {}), held.get(after.release, {})
            gone = [("removed", one[key]) for key in one if key not in other]
            new = [("added", other[key]) for key in other if key not in one]
            found += [_step(before.release, after.release, stix_id, *each) for each in (*gone, *new)]
    return found


def _lines(entries: Sequence[q.HistoryEntry]) -> dict[str, list[q.HistoryEntry]]:
    lines: dict[str, list[q.HistoryEntry]] = {}
    for entry in entries:
        lines.setdefault(entry.stix_id, []).append(entry)
    return lines


def _steps(line: Sequence[q.HistoryEntry]) -> Iterator[tuple[q.HistoryEntry, q.HistoryEntry]]:
    """Yield each entry of an object with the next one of the same domain."""
    for before, after in pairwise(line):
        if before.release.partition("@")[0] == after.release.partition("@")[0]:
            yield before, after


def _parts(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        return [part for part in _SENTENCE.split(value) if part.strip()]
    members = value if isinstance(value, list) else [value]
    return [each if isinstance(each, str) else json.dumps(each, sort_keys=True) for each in members]


def _step(before: str, after: str, stix_id: str, change: str, row: q.RelationshipHeld) -> RelationshipStep:
    return RelationshipStep(
        before=before,
        release=after,
        stix_id=stix_id,
        change=change,
        relationship=row.relationship,
        outgoing=row.outgoing,
        type=row.type,
        attack_id=row.attack_id,
        name=row.name,
    )

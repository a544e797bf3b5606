"""What an identifier means in one release: docs/model.md, "Resolving an identifier".

First match wins, nothing is guessed: one live object of the type that the identifier's letters name, else the
one live object at the end of a revoked one's REVOKED_BY chain, else nothing.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.identifiers import label_of
from loaders.formats.attack.objects import AttackObject, AttackRelationship


@dataclass(frozen=True, slots=True)
class Resolution:
    """An identifier and the live object that it means.

    Attributes:
        attack_id: the identifier.
        stix_id: of the live object.
        via: `direct` or `revoked-by`.
        hops: the identifiers walked, first and last included.
    """

    attack_id: str
    stix_id: str
    via: str
    hops: tuple[str, ...]


def resolve(
    objects: Sequence[AttackObject], relationships: Sequence[AttackRelationship]
) -> Iterator[Resolution]:
    """Yield the resolution of every identifier of a release that means exactly one live object."""
    by_id = {each.stix_id: each for each in objects}
    successors: dict[str, list[str]] = defaultdict(list)
    for each in relationships:
        if each.type == "revoked-by" and each.source_ref in by_id and each.target_ref in by_id:
            successors[each.source_ref].append(each.target_ref)
    named: dict[str, list[AttackObject]] = defaultdict(list)
    for each_object in objects:
        if each_object.attack_id and label_of(each_object.attack_id) == each_object.label:
            named[each_object.attack_id].append(each_object)
    for attack_id, candidates in named.items():
        found = _meaning(attack_id, candidates, by_id, successors)
        if found:
            yield found


def _meaning(
    attack_id: str,
    candidates: Sequence[AttackObject],
    by_id: Mapping[str, AttackObject],
    successors: Mapping[str, Sequence[str]],
) -> Resolution | None:
    live = [each for each in candidates if each.live]
    if live:
        return Resolution(attack_id, live[0].stix_id, "direct", (attack_id,)) if len(live) == 1 else None
    revoked = [each for each in candidates if each.properties.get("revoked")]
    ends = {end: hops for each in revoked for end, hops in _live_ends(each, by_id, successors)}
    if len(ends) != 1:
        return None
    ((stix_id, hops),) = ends.items()
    return Resolution(attack_id, stix_id, "revoked-by", hops)


def _live_ends(
    start: AttackObject, by_id: Mapping[str, AttackObject], successors: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (id, identifiers walked) for each live object at the end of a chain; a loop has no end."""
    waiting: list[tuple[AttackObject, tuple[str, ...]]] = [(start, (start.attack_id or start.stix_id,))]
    seen = {start.stix_id}
    while waiting:
        each, hops = waiting.pop()
        if each.live:
            yield each.stix_id, hops
            continue
        for ref in successors.get(each.stix_id, ()):
            if ref not in seen:
                seen.add(ref)
                waiting.append((by_id[ref], (*hops, by_id[ref].attack_id or ref)))

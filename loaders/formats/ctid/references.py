"""The rules by which CTID's mappings claim techniques: of a Mappings Explorer row, of a Security Stack file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from graph.identifiers import LONGEST_NAME
from loaders.formats.ctid.capability import attack_id, text
from loaders.references import Body, Finding, Oddity, Reference, Rule


def _row_claims_technique(body: Body) -> Iterator[Finding]:
    """Yield the claim of a row, or why it names no capability or technique; nothing for one without technique."""
    capability, written = text(body.get("capability_id")), text(body.get("attack_object_id"))
    claimed = attack_id(written)
    if capability is None:
        yield Oddity("", f"names no capability; it has only {_saying(body)}", "no-capability")
    elif len(capability) > LONGEST_NAME:
        yield Oddity("", f"a capability id has at most {LONGEST_NAME} characters", "too-long")
    elif written and claimed is None:
        yield Oddity("/attack_object_id", f"{written[:40]!r} is not an ATT&CK identifier", "bad-attack-id")
    elif claimed:
        yield Reference(capability, claimed, "/attack_object_id", "CLAIMS", "row-claims-technique", {})


def _saying(body: Body) -> str:
    said = (text(body.get(key)) for key in ("attack_object_id", "status", "comments"))
    return ", ".join(filter(None, said)) or "nothing"


@dataclass(frozen=True, slots=True)
class Score:
    """A score object of a Security Stack file.

    Attributes:
        pointer: where in the file (JSON pointer).
        ids: the identifier of each technique that it is about; None for one that has not the form of one.
        body: the object.
    """

    pointer: str
    ids: tuple[str | None, ...]
    body: Body


def scores(body: Body) -> Iterator[Score | Oddity]:
    """Yield the score objects of a file: each belongs to a technique, or to a group of sub-techniques."""
    for index, technique in _mappings(body, "techniques", ""):
        if isinstance(technique, Oddity):
            yield technique
            continue
        yield from _scores_of(technique, f"/techniques/{index}")


def _scores_of(technique: Body, place: str) -> Iterator[Score | Oddity]:
    own = attack_id(technique.get("id"))
    for position, score in _mappings(technique, "technique-scores", place):
        where = f"{place}/technique-scores/{position}"
        yield score if isinstance(score, Oddity) else Score(where, (own,), score)
    for number, group in _mappings(technique, "sub-techniques-scores", place):
        if isinstance(group, Oddity):
            yield group
        else:
            yield from _scores_of_group(group, f"{place}/sub-techniques-scores/{number}")


def _scores_of_group(group: Body, place: str) -> Iterator[Score | Oddity]:
    named: list[str | None] = []
    for _, each in _mappings(group, "sub-techniques", place):
        if isinstance(each, Oddity):
            yield each
        else:
            named.append(attack_id(each.get("id")))
    for position, score in _mappings(group, "scores", place):
        yield score if isinstance(score, Oddity) else Score(f"{place}/scores/{position}", tuple(named), score)


def _mappings(holder: Body, key: str, pointer: str) -> Iterator[tuple[int, Body | Oddity]]:
    """Yield (position, mapping) of what is listed under `key`, and an oddity for anything else there."""
    entries = listed(holder, key, pointer)
    if isinstance(entries, Oddity):
        yield 0, entries
        return
    for index, entry in enumerate(entries):
        odd = Oddity(f"{pointer}/{key}/{index}", f"an entry of {key} is not a mapping", "not-a-mapping")
        yield index, entry if isinstance(entry, dict) else odd


def listed(holder: Body, key: str, pointer: str) -> Sequence[object] | Oddity:
    """Return the list under `key`, empty where there is none."""
    value = holder.get(key)
    if value is None or isinstance(value, list):
        return value or ()
    return Oddity(f"{pointer}/{key}", f"{key} is not a list", "not-a-list")


def capability_of(name: str) -> str:
    """Return the id of the capability that a Security Stack file names."""
    return name.casefold().replace(" ", "_")


def _score_claims_technique(body: Body) -> Iterator[Finding]:
    capability = capability_of(text(body.get("name")) or "")
    for score in scores(body):
        if isinstance(score, Oddity):
            yield score
            continue
        for claimed in filter(None, score.ids):
            yield Reference(capability, claimed, score.pointer, "CLAIMS", "score-claims-technique", {})


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            Rule("row-claims-technique", "CLAIMS", ("Capability",), ("AttackId",),
                 "The mapping object names the capability and, in `attack_object_id`, the technique.",
                 _row_claims_technique),
            Rule("score-claims-technique", "CLAIMS", ("Capability",), ("AttackId",),
                 "A score object of the file belongs to the technique, or to a group that has it.",
                 _score_claims_technique),
        )
    }
)  # fmt: skip
"""Every rule that reads a record of CTID, by its name."""

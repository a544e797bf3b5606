"""Techniques that a rule names in a list of their identifiers."""

from collections.abc import Callable, Iterator

from graph.identifiers import claimed_technique
from loaders.evidence.fields import Fields
from loaders.evidence.model import Category, Claim, Origin
from loaders.references import Body, Finding, Oddity, Reference, Rule

_SHOWN = 40


def claimed_id(value: object) -> str | None:
    """Return a technique's identifier in its form, with an organization's own prefix too; None for anything else."""
    return claimed_technique(value.strip()) if isinstance(value, str) else None


def claims_of(rule: str, evidence: str, value: object, pointer: str) -> Iterator[Finding]:
    """Yield a reference for each identifier of a list, or of one text alone.

    Args:
        rule: name of the rule by which they are claimed.
        evidence: what claims them.
        value: the list.
        pointer: JSON pointer of the list.
    """
    for index, each in enumerate(value if isinstance(value, list) else [] if value is None else [value]):
        yield claim_of(rule, evidence, each, f"{pointer}/{index}" if isinstance(value, list) else pointer)


def claim_of(rule: str, evidence: str, value: object, pointer: str) -> Finding:
    """Return the reference for one identifier, or what is odd about it."""
    attack_id = claimed_id(value)
    if attack_id is None:
        message = f"{str(value)[:_SHOWN]!r} is not the id of a technique; correct it"
        return Oddity(pointer, message, "bad-attack-id")
    return Reference(evidence, attack_id, pointer, "CLAIMS", rule, {"raw_value": str(value)})


def claims(top: Fields, rule: Rule, body: Body, locate: Callable[[str], int]) -> Iterator[Claim]:
    """Yield one claim for each technique that a document states by a rule, at the line where it is named first.

    What is odd is noted.
    """
    seen: set[str] = set()
    for found in rule.find(body):
        if isinstance(found, Oddity):
            top.note(found.pointer, found.code, found.message)
        elif found.end not in seen:
            seen.add(found.end)
            yield Claim(
                attack_id=found.end,
                category=Category.DETECT,
                origin=Origin(top.path, f"line {locate(found.pointer)}", top.sha256),
                raw_value=str(found.properties["raw_value"]),
            )

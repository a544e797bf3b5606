"""What was there before: only what is new is reported, and which techniques gain or lose their last rule."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from loaders.checking.check import Checked
from loaders.checking.finding import CODES, Finding
from loaders.checking.official import Shelf
from loaders.evidence.read_rules import AnyRule


@dataclass(frozen=True, slots=True)
class Base:
    """An earlier state of the rules.

    Attributes:
        name: how the user named it.
        fingerprints: of its findings.
        records: SHA-256 of its rules: an unchanged rule brings nothing new.
        techniques: ids that its rules claim.
    """

    name: str
    fingerprints: frozenset[str]
    records: frozenset[str]
    techniques: frozenset[str]


def base_of(name: str, before: Checked, attack: Shelf | None) -> Base:
    """Return an earlier state that was checked itself."""
    return Base(
        name,
        frozenset(each.fingerprint for each in before.findings),
        frozenset(),
        frozenset(techniques(before.rules, attack)),
    )


def since(base: Base, now: Checked, attack: Shelf | None) -> tuple[Finding, ...]:
    """Return the findings that the base does not have, and what changed for techniques."""
    records = {rule.id: rule.sha256 for rule in now.rules}
    new = [
        each
        for each in now.findings
        if each.fingerprint not in base.fingerprints and records.get(each.rule or "") not in base.records
    ]
    return (*new, *_moved(base, now.rules, attack))


def techniques(rules: Iterable[AnyRule], attack: Shelf | None) -> set[str]:
    """Return the techniques that rules claim, as the asked releases call them; without any, the ids as claimed."""
    claimed = {claim.attack_id for rule in rules for claim in rule.claims}
    if attack is None:
        return claimed
    meanings = (attack.meaning(attack_id) for attack_id in claimed)
    return {technique.attack_id for found in meanings if found is not None for technique in [found[1]]}


def _moved(base: Base, rules: Sequence[AnyRule], attack: Shelf | None) -> Iterator[Finding]:
    now = techniques(rules, attack)
    for attack_id in sorted(base.techniques - now):
        yield _about(
            attack_id,
            "technique-lost",
            f"no rule claims {attack_id} any more; in {base.name} one did",
            attack,
        )
    for attack_id in sorted(now - base.techniques):
        yield _about(
            attack_id, "technique-gained", f"{attack_id} has its first rule since {base.name}", attack
        )


def _about(attack_id: str, code: str, message: str, attack: Shelf | None) -> Finding:
    meaning = attack.meaning(attack_id) if attack is not None else None
    named = f" ({meaning[1].name})" if meaning is not None else ""
    return Finding(
        file="",
        line=None,
        column=None,
        code=code,
        level=CODES[code].level,
        message=f"{message}{named}",
        todo=None,
        rule=None,
        subject=attack_id,
    )

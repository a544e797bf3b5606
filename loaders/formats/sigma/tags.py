"""What a rule's tags say about ATT&CK.

Sigma's tag appendix writes `attack.t1528`, `attack.credential-access`, `attack.g0007`, `attack.s0677`,
`attack.ds0005`; older rules join words by underscores and use capital letters. Tags of other namespaces (`cve.`,
`detection.`, `car.`, `tlp.`) are kept as written and mean nothing here.
"""

import re
from dataclasses import dataclass

_NAMESPACE = "attack."
_TECHNIQUE = re.compile(r"t\d{4}(\.\d{3})?", re.ASCII)
_OTHER_OBJECT = re.compile(r"(ta|g|s|c|m|ds|dc|det|an)\d{4}", re.ASCII)
_TACTIC = re.compile(r"[a-z]+(-[a-z]+)*", re.ASCII)


@dataclass(frozen=True, slots=True)
class TechniqueTag:
    """A technique that a rule claims, and the position of the tag among the tags."""

    attack_id: str
    position: int
    written: str


@dataclass(frozen=True, slots=True)
class AttackTags:
    """The tags of the `attack` namespace, sorted by what they mean; each in the order of the rule.

    Attributes:
        techniques: what the rule claims.
        objects: ids of groups, software, data sources and others that it names.
        tactics: shortnames, lower case, words joined by hyphens.
        unknown: tags of the namespace that have none of the known forms, as written.
    """

    techniques: tuple[TechniqueTag, ...]
    objects: tuple[str, ...]
    tactics: tuple[str, ...]
    unknown: tuple[str, ...]


def attack_tags(tags: tuple[str, ...]) -> AttackTags:
    """Return what `tags` say about ATT&CK; nothing is looked up, so an id may be of any release."""
    techniques, objects, tactics, unknown = [], [], [], []
    for position, written in enumerate(tags):
        word = _word(written)
        if word is None:
            continue
        if _TECHNIQUE.fullmatch(word):
            techniques.append(TechniqueTag(word.upper(), position, written))
        elif _OTHER_OBJECT.fullmatch(word):
            objects.append(word.upper())
        elif _TACTIC.fullmatch(word):
            tactics.append(word)
        else:
            unknown.append(written)
    return AttackTags(tuple(techniques), tuple(objects), tuple(tactics), tuple(unknown))


def _word(written: str) -> str | None:
    folded = written.strip().casefold()
    return folded.removeprefix(_NAMESPACE).replace("_", "-") if folded.startswith(_NAMESPACE) else None

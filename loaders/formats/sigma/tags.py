"""What a rule's tags say about ATT&CK.

Sigma's tag appendix writes `attack.t1528`, `attack.credential-access`, `attack.g0007`, `attack.s0677`,
`attack.ds0005`; older rules join words by underscores and use capital letters. Tags of other namespaces (`cve.`,
`detection.`, `car.`, `tlp.`) are kept as written and mean nothing here.
"""

import re
from typing import NamedTuple

from graph.identifiers import claimed_technique, named_object, technique_within

_NAMESPACE = "attack."
_TACTIC = re.compile(r"[a-z]+(-[a-z]+)*", re.ASCII)


class TechniqueTag(NamedTuple):
    """A technique that a rule claims, and the position of the tag among the tags."""

    attack_id: str
    position: int
    written: str


class AttackTags(NamedTuple):
    """The tags of the `attack` namespace, sorted by what they mean; each in the order of the rule.

    Attributes:
        techniques: what the rule claims.
        objects: ids of groups, software, data sources and others that it names.
        tactics: shortnames, lower case, words joined by hyphens.
        unknown: tags that have none of the known forms, as written: those of the namespace, and those of any other
            or none that hold a technique's id (`t1070.006`, `mitre.t1003.001`).
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
            if probably_meant(written) is not None:
                unknown.append(written)
            continue
        if technique := claimed_technique(word):
            techniques.append(TechniqueTag(technique, position, written))
        elif named := named_object(word):
            objects.append(named)
        elif _TACTIC.fullmatch(word):
            tactics.append(word)
        else:
            unknown.append(written)
    return AttackTags(tuple(techniques), tuple(objects), tuple(tactics), tuple(unknown))


def probably_meant(written: str) -> str | None:
    """Return the tag that was probably meant by one that holds a technique's id; None where it holds none.

    The id is not taken from it: a claim is what a rule states in the form of the specification (Sigma tags
    appendix, namespace attack), never what we guess.
    """
    found = technique_within(written.casefold())
    return None if found is None else f"{_NAMESPACE}{found.lower()}"


def _word(written: str) -> str | None:
    folded = written.strip().casefold()
    return folded.removeprefix(_NAMESPACE).replace("_", "-") if folded.startswith(_NAMESPACE) else None

"""What a rule's tags say about ATT&CK.

Sigma's tag appendix writes `attack.t1528`, `attack.credential-access`, `attack.g0007`, `attack.s0677`,
`attack.ds0005`; older rules join words by underscores and use capital letters. Tags of other namespaces (`cve.`,
`detection.`, `car.`, `tlp.`) are kept as written and mean nothing here.
"""

import re
from dataclasses import dataclass

_NAMESPACE = "attack."
# ATT&CK Workbench puts an organization's own prefix before the ids of its objects: ACME-T0001.
_TECHNIQUE = re.compile(r"((?!(?:attack|mitre|technique)-)[a-z][a-z0-9]*-)?t\d{4}(\.\d{3})?", re.ASCII)
# ATLAS has ids of the same form (AML.T0043); they are not ATT&CK's.
_HELD_TECHNIQUE = re.compile(
    r"(?<![a-z0-9])(?<!aml[._-])(?P<id>t\d{4})(?:[._/-](?P<sub>\d{3}))?(?![a-z0-9])", re.ASCII
)
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
        if _TECHNIQUE.fullmatch(word):
            techniques.append(TechniqueTag(word.upper(), position, written))
        elif _OTHER_OBJECT.fullmatch(word):
            objects.append(word.upper())
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
    found = _HELD_TECHNIQUE.search(written.strip().casefold())
    if found is None:
        return None
    return f"{_NAMESPACE}{found['id']}" + (f".{found['sub']}" if found["sub"] else "")


def _word(written: str) -> str | None:
    folded = written.strip().casefold()
    return folded.removeprefix(_NAMESPACE).replace("_", "-") if folded.startswith(_NAMESPACE) else None

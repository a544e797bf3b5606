"""The forms of ATT&CK and STIX identifiers, and what each names."""

import re
from typing import TypeGuard

PREFIXES = {
    "T": "Technique",
    "TA": "Tactic",
    "M": "Mitigation",
    "G": "Group",
    "S": "Software",
    "C": "Campaign",
    "A": "Asset",
    "DS": "DataSource",
    "DC": "DataComponent",
    "DET": "DetectionStrategy",
    "AN": "Analytic",
}
"""Letters of an identifier -> label. Objects of another label with that id (224 dead mitigations carry T ids)
are not looked at."""

_FORM = re.compile(r"([A-Z]+)\d+(?:\.\d+)?", re.ASCII)
_ATTACK_ID = re.compile(rf"(?:{'|'.join(PREFIXES)})\d{{4,}}(?:\.\d{{3}})?", re.ASCII | re.IGNORECASE)
_STIX_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""STIX 2.1, section 2.9: `object-type--UUID`; the type's form is that of section 3.1."""
_TECHNIQUE_ID = re.compile(r"T\d{4}(?:\.\d{3})?", re.ASCII | re.IGNORECASE)


def label_of(attack_id: str) -> str | None:
    """Return the label that the letters of `attack_id` name; None for anything else."""
    match = _FORM.fullmatch(attack_id)
    return PREFIXES.get(match[1]) if match else None


def official(text: str) -> str | None:
    """Return `text` as ATT&CK writes its identifiers (`T1528`, `x-mitre-analytic--...`), None if it is not one.

    Everything else names evidence: a rule's UUID, a finding's or a capability's identifier, a key.
    """
    word = text.strip()
    if _ATTACK_ID.fullmatch(word):
        return word.upper()
    return word.lower() if is_stix_id(word.lower()) else None


def is_stix_id(value: object) -> TypeGuard[str]:
    """Tell whether `value` is a text of the form of a STIX identifier, such as `x-mitre-analytic--<UUID>`."""
    return isinstance(value, str) and _STIX_ID.fullmatch(value) is not None


def technique(text: str) -> str | None:
    """Return `text` as the identifier of a technique or sub-technique, None if it does not have its form."""
    word = text.strip()
    return word.upper() if _TECHNIQUE_ID.fullmatch(word) else None

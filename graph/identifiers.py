"""The forms of ATT&CK and STIX identifiers, and what each names."""

import re

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

_FORM = re.compile(r"([A-Z]+)\d+(?:\.\d+)?")
_ATTACK_ID = re.compile(r"(?:AN|DET|DC|DS|TA|[ACGMST])\d{4,}(?:\.\d{3})?", re.IGNORECASE)
_STIX_ID = re.compile(r"[a-z][a-z0-9-]+--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_TECHNIQUE_ID = re.compile(r"T\d{4}(?:\.\d{3})?", re.IGNORECASE)


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
    return word.lower() if _STIX_ID.fullmatch(word) else None


def technique(text: str) -> str | None:
    """Return `text` as the identifier of a technique or sub-technique, None if it does not have its form."""
    word = text.strip()
    return word.upper() if _TECHNIQUE_ID.fullmatch(word) else None

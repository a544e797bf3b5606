"""What a STIX object is called in ATT&CK: its label by its type, and the reference that carries its id.

Whoever verifies a proof needs no more than this of the readers of bundles.
"""

from collections.abc import Mapping
from typing import Any

LABELS = {
    "attack-pattern": "Technique",
    "x-mitre-tactic": "Tactic",
    "x-mitre-matrix": "Matrix",
    "x-mitre-detection-strategy": "DetectionStrategy",
    "x-mitre-analytic": "Analytic",
    "x-mitre-data-source": "DataSource",
    "x-mitre-data-component": "DataComponent",
    "course-of-action": "Mitigation",
    "intrusion-set": "Group",
    "malware": "Software",
    "tool": "Software",
    "campaign": "Campaign",
    "x-mitre-asset": "Asset",
    "identity": "Identity",
    "marking-definition": "Marking",
    "x-mitre-collection": "Collection",
    "note": "Note",
}
"""STIX type -> label; any other type becomes Other and a reported problem."""

ATTACK_SOURCES = ("mitre-attack", "mitre-mobile-attack", "mitre-ics-attack", "mitre-pre-attack")
"""Source names of the external reference that carries the attack id; other references carry other ids."""

Body = Mapping[str, Any]
"""A parsed STIX object; it goes no further than this package's readers."""


def attack_reference(body: Body) -> Body:
    """Return the external reference that carries the attack id; empty if there is none."""
    references = body.get("external_references")
    if isinstance(references, list):
        for each in references:
            if isinstance(each, dict) and each.get("source_name") in ATTACK_SOURCES and "external_id" in each:
                return each
    return {}

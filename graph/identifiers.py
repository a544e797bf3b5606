"""The forms of ATT&CK and STIX identifiers, and what each names."""

import re
from typing import TypeGuard

LONGEST_KEY = 1000
"""Characters of a value that nodes are looked up by. A range index of Neo4j takes about 8 kB (operations manual,
"Index limitations"), and a character at most four bytes of it."""
LONGEST_NAME = 500
"""Characters of a name of which a key is made: `<set>/<name>`."""
SAMPLE = "-sample"
"""What the keys and versions of the bundled sample end with, such as `enterprise-attack@18.1-sample`."""
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

_FORM = re.compile(r"(?:[A-Z][A-Z0-9]*-)?([A-Z]+)\d+(?:\.\d+)?", re.ASCII)
_OWN = r"(?:(?!(?:attack|mitre|technique)-)[a-z][a-z0-9]*-)?"
"""ATT&CK Workbench puts an organization's own prefix before the ids of its objects: ACME-T0001."""
_ATTACK_ID = re.compile(rf"{_OWN}(?:{'|'.join(PREFIXES)})\d{{4,}}(?:\.\d{{3}})?", re.ASCII | re.IGNORECASE)
_STIX_ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""STIX 2.1, section 2.9: `object-type--UUID`; the type's form is that of section 3.1."""
_TECHNIQUE_ID = re.compile(rf"{_OWN}T\d{{4}}(?:\.\d{{3}})?", re.ASCII | re.IGNORECASE)
_LINK = re.compile(
    r"(?:https?://)?attack\.mitre\.org/(?P<path>[^?#]*)(?:\?[^#]*)?(?:#(?P<part>.*))?", re.IGNORECASE
)
_TAG = re.compile(r"(?:mitre[._-])?attack[._](?P<id>.+)|mitre\.(?P<short>.+)", re.ASCII | re.IGNORECASE)
_SLASHED = re.compile(rf"({_OWN}T\d{{4}})/(\d{{3}})/?", re.ASCII | re.IGNORECASE)
"""How ATT&CK's links, and texts that follow them, write a sub-technique: T1059/001."""
_RELEASE = re.compile(r"(?:(?P<domain>[^@]*)@)?v?(?P<version>[^@]*)", re.IGNORECASE)
_CLAIMED = re.compile(r"(?:[A-Z][A-Z0-9]*-)?[A-Z]{1,3}\d{4}(?:\.\d{3})?", re.ASCII | re.IGNORECASE)
_NAMED = re.compile(r"(?:TA|G|S|C|M|DS|DC|DET|AN)\d{4}", re.ASCII | re.IGNORECASE)
# ATLAS has ids of the same form (AML.T0043); they are not ATT&CK's.
_HELD = re.compile(
    r"(?<![A-Z0-9])(?<!AML[._-])(?P<id>T\d{4})(?:[._/-](?P<sub>\d{3}))?(?![A-Z0-9])", re.ASCII | re.IGNORECASE
)


def label_of(attack_id: str) -> str | None:
    """Return the label that the letters of `attack_id` name; None for anything else."""
    match = _FORM.fullmatch(attack_id)
    return PREFIXES.get(match[1]) if match else None


def official(text: str) -> str | None:
    """Return `text` as ATT&CK writes its identifiers (`T1528`, `x-mitre-analytic--...`), None if it is not one.

    Links to attack.mitre.org, tags (`attack.t1059.001`) and `T1059/001` are understood. Everything else names
    evidence: a rule's UUID, a finding's or a capability's identifier, a key.
    """
    word = bare(text)
    if _ATTACK_ID.fullmatch(word):
        return word.upper()
    return word.lower() if is_stix_id(word.lower()) else None


def bare(text: str) -> str:
    """Return the identifier in a link, a tag or a slashed form; any other text only trimmed."""
    word = text.strip()
    if link := _LINK.fullmatch(word):
        word = link["part"] if _ATTACK_ID.fullmatch(link["part"] or "") else _last_of_path(link["path"])
    elif tag := _TAG.fullmatch(word):
        inner = (tag["id"] or tag["short"]).replace("_", ".")
        word = inner if _ATTACK_ID.fullmatch(_dotted(inner)) else word
    return _dotted(word)


def _last_of_path(path: str) -> str:
    """Return the last identifier of a link's path, a sub-technique's number with it."""
    parts = path.strip("/").split("/")
    two = "/".join(parts[-2:])
    return two if _SLASHED.fullmatch(two) else parts[-1]


def _dotted(word: str) -> str:
    slashed = _SLASHED.fullmatch(word)
    return f"{slashed[1]}.{slashed[2]}" if slashed else word


def release_parts(text: str) -> tuple[str, str]:
    """Return the domain ("" where none is named) and the version of a release as people write it.

    `v18.1` is 18.1; `Enterprise-Attack@18.1`, `enterprise@v18.1` and `enterprise-attack@18.1` are the same one.
    A domain alone has no version: `ics` is read as a version, which no release has.
    """
    match = _RELEASE.fullmatch(text.strip())
    domain, version = (match["domain"] or "", match["version"]) if match else ("", text.strip())
    return (full_domain(domain) if domain else ""), version.lower()


def full_domain(domain: str) -> str:
    """Return a domain as keys of releases begin: `ICS`, `ics` and `ics-attack` are `ics-attack`."""
    name = domain.strip().lower()
    return name if name.endswith("-attack") else f"{name}-attack"


def is_own(attack_id: str) -> bool:
    """Tell whether an ATT&CK identifier has an organization's own prefix, as ACME-T0001 has."""
    return "-" in attack_id and not is_stix_id(attack_id)


def is_stix_id(value: object) -> TypeGuard[str]:
    """Tell whether `value` is a text of the form of a STIX identifier, such as `x-mitre-analytic--<UUID>`."""
    return isinstance(value, str) and _STIX_ID.fullmatch(value) is not None


def technique(text: str) -> str | None:
    """Return `text` as the identifier of a technique or sub-technique, None if it does not have its form.

    The forms are those of `official`.
    """
    word = bare(text)
    return word.upper() if _TECHNIQUE_ID.fullmatch(word) else None


def claimed(text: str) -> str | None:
    """Return `text` as an identifier that evidence may claim, of any type and organization; None if it is not one.

    Whether a release has it is not looked at: letters that no type of ATT&CK has stay unresolved.
    """
    word = text.strip()
    return word.upper() if _CLAIMED.fullmatch(word) else None


def claimed_technique(text: str) -> str | None:
    """Return `text` as the identifier of a technique, ATT&CK's or an organization's own; None if it is not one.

    `acme-t0001` is an organization's; `attack-t1528`, `mitre-t1528` and `technique-t1528` are ways to write ATT&CK's.
    """
    return text.upper() if _TECHNIQUE_ID.fullmatch(text) else None


def named_object(text: str) -> str | None:
    """Return `text` as the identifier of a group, software or other object, None if it is not one."""
    return text.upper() if _NAMED.fullmatch(text) else None


def technique_within(text: str) -> str | None:
    """Return the first technique's identifier in `text`, such as T1003.001 of `mitre.t1003/001`; None without one."""
    found = _HELD.search(text)
    if found is None:
        return None
    return found["id"].upper() + (f".{found['sub']}" if found["sub"] else "")

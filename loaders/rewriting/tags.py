"""How a rule writes the identifier of a technique or a tactic, and how it would write another one."""

import re
from collections.abc import Mapping

from graph.identifiers import technique_within

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAMESPACE = "attack."
ELASTIC = "elastic"
"""The format that writes techniques as tables of id, name and reference."""
PLACES: Mapping[str, tuple[str, ...]] = {
    "sigma": ("/tags",),
    "splunk": ("/tags/mitre_attack_id",),
    "sentinel": ("/relevantTechniques", "/tactics"),
}
"""Format -> JSON pointers of the lists that hold nothing but tags; formats that are not here have no such list."""


def shortname(written: str) -> str:
    """Return the shortname of a tactic that is written `attack.credential_access` or `CredentialAccess`."""
    word = written.strip()
    if word.casefold().startswith(_NAMESPACE):
        word = word[len(_NAMESPACE) :]
    return "-".join(re.split(r"[-_ ]+", _CAPITAL.sub("-", word).casefold()))


def with_technique(written: str, attack_id: str) -> str | None:
    """Return a tag that names another technique, written alike; None where the tag names none or several."""
    found = technique_within(written.casefold())
    if found is None:
        return None
    before, old, behind = re.split(f"({re.escape(found)})", written, maxsplit=1, flags=re.IGNORECASE)
    if technique_within(behind.casefold()) is not None:
        return None
    return f"{before}{attack_id.lower() if old.islower() else attack_id}{behind}"


def with_tactic(written: str, tactic: str) -> str:
    """Return a tag that names another tactic, otherwise written alike.

    Args:
        written: such as `attack.defense_evasion` or `DefenseEvasion`.
        tactic: its shortname, such as `defense-impairment`.
    """
    word = written.strip()
    prefix = word[: len(_NAMESPACE)] if word.casefold().startswith(_NAMESPACE) else ""
    before = word[len(prefix) :]
    parts = tactic.split("-")
    if before[:1].isupper():
        return prefix + "".join(part.capitalize() for part in parts)
    return prefix + ("_" if "_" in before else "-").join(parts)

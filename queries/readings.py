"""How values of an answer's fields read for people; JSON and CSV keep the values themselves."""

from collections.abc import Mapping

STATES: Mapping[str, str] = {
    "covered": "covered",
    "unplaced": "claimed, platform not stated",
    "off_platform": "claimed on other platforms only",
    "enabled_blind": "enabled, no logs",
    "visible": "visible, no rule",
    "protect_only": "protection only, no detection",
    "guidance_only": "ATT&CK guidance only, no rule",
    "none": "nothing",
    "gap": "gap",
    "unknown": "not known",
    "not_applicable": "not run here",
}
"""States of the library and of an environment (docs/semantics.md, Coverage), the best first."""

PLACEMENTS: Mapping[str, str] = {
    "placed": "platform stated",
    "unplaced": "platform not stated",
    "off_platform": "other platform",
    "unstated": "not stated by ATT&CK",
}

GAPS: Mapping[str, str] = {
    "guidance": "no ATT&CK guidance",
    "log source known": "no known log source",
    "collected": "log source not collected",
    "rule exists": "no rule",
    "enabled": "rule not enabled",
    "validated": "not validated",
}
"""Steps on the way to a detection, told as what is missing."""

CHANGES: Mapping[str, str] = {
    "bookkeeping": "dates only",
    "schema": "fields retired",
    "content": "meaning changed",
}
"""What changed in an object from one release to the next."""

READINGS: Mapping[str, Mapping[str, str]] = {
    "state": STATES,
    "placement": PLACEMENTS,
    "missing": GAPS,
    "change": CHANGES,
}
"""Field -> its values that read otherwise for people; every other value reads as it is."""

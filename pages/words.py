"""How states, placements and clouds read for people; the JSON of answers keeps their own names."""

from pages.parts import StateWord
from queries.readings import CHANGES, GAPS, PLACEMENTS, STATES

CLOUDS = {
    "aws": "AWS",
    "azure": "Azure",
    "gcp": "GCP",
    "m365": "Microsoft 365",
    "oci": "OCI",
    "saas": "SaaS",
}
TYPES = {
    "DetectionStrategy": "detection strategy",
    "DataComponent": "data component",
    "DataSource": "data source",
    "LogSource": "log source",
    "EvidenceSet": "set of evidence",
}


def state(name: str) -> StateWord:
    """Return a state with its word for people."""
    return StateWord(name, reading(name))


def cloud(name: str | None) -> str | None:
    """Return the name of a cloud as people write it."""
    return CLOUDS.get(name.casefold(), name) if name else None


def kind_of(label: str) -> str:
    """Return the word for objects of a label, such as `detection strategy`."""
    return TYPES.get(label, label.lower())


def tactic(shortname: str) -> str:
    """Return the name of a tactic from its short name: `Command and Control` for `command-and-control`."""
    return " ".join(word if word == "and" else word.capitalize() for word in shortname.split("-"))


def domain_of(release: str) -> str:
    """Return the domain and version of a release: `ATT&CK Enterprise 18.1`."""
    domain, _, version = release.partition("@")
    name = {"enterprise-attack": "Enterprise", "mobile-attack": "Mobile", "ics-attack": "ICS"}.get(
        domain, domain
    )
    return f"ATT&CK {name} {version}"


def day(timestamp: str | None) -> str | None:
    """Return the day of a timestamp as text."""
    return timestamp[:10] if timestamp else None


def placement(name: str) -> str:
    """Return where evidence applies: `platform stated`, `other platform`."""
    return PLACEMENTS.get(name, name)


def change(name: str | None) -> str:
    """Return what changed in an object against the next older loaded release."""
    return "not in an older one that is loaded" if name is None else CHANGES.get(name, name)


def gap(name: str | None) -> str:
    """Return the first gap on the way to a detection; None where there is none."""
    return "none: detected and validated" if name is None else GAPS.get(name, name)


def reading(name: str) -> str:
    """Return a state as people read it."""
    return STATES.get(name, name)

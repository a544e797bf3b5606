"""Where things are linked to: a single page leads to attack.mitre.org, a site to its own pages."""

from typing import Protocol
from urllib.parse import urlsplit

from graph.identifiers import is_own, label_of

_FOLDERS = {
    "Technique": "techniques",
    "Tactic": "tactics",
    "Group": "groups",
    "Software": "software",
    "Campaign": "campaigns",
    "Mitigation": "mitigations",
    "Asset": "assets",
    "DataSource": "datasources",
    "DataComponent": "datacomponents",
    "DetectionStrategy": "detectionstrategies",
}
"""Label -> the folder of attack.mitre.org; an analytic is a place in its strategy's page."""
ATTACK = "https://attack.mitre.org"


class Links(Protocol):
    """Addresses of things; None where a thing has no page."""

    def of(self, kind: str, identifier: str | None, *, within: str | None = None) -> str | None:
        """Return the address of the object, evidence, set or release; `within` is the strategy of an analytic."""

    def outside(self, url: str | None) -> str | None:
        """Return an address from a source as one to link to; those of our own pages for what they are about."""


class Alone:
    """Links of a page that stands alone."""

    def of(self, kind: str, identifier: str | None, *, within: str | None = None) -> str | None:
        """Return the object's entry at attack.mitre.org; None for what is not ATT&CK's."""
        return official_page(kind, identifier, within)

    def outside(self, url: str | None) -> str | None:
        """Return `url` where it is a web address."""
        return url if is_web(url) else None


def official_page(kind: str, identifier: str | None, within: str | None = None) -> str | None:
    """Return the address of an object at attack.mitre.org, from its label and ATT&CK id."""
    if identifier is None or is_own(identifier) or label_of(identifier) is None:
        return None
    if kind == "Analytic":
        return f"{ATTACK}/detectionstrategies/{within}#{identifier}" if within else None
    folder = _FOLDERS.get(kind)
    return f"{ATTACK}/{folder}/{identifier.replace('.', '/')}" if folder else None


def is_web(url: str | None) -> bool:
    """Tell whether `url` is an http or https address with a host."""
    if not url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)

"""Where the pages of a site are, and how one leads to another."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pages.links import is_web, official_page
from pages.page import PageSubject

FOLDERS = {
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
    "Analytic": "analytics",
    "LogSource": "logsources",
    "Rule": "rules",
    "EvidenceSet": "sets",
    "Environment": "environments",
}
"""Kind of page -> its folder."""
_OFFICIAL = re.compile(
    r"https?://attack\.mitre\.org/(?:[a-z]+)/([A-Z]+\d{4,})(?:/(\d{3}))?/?(?:#([A-Z]+\d{4,}))?", re.ASCII
)
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)
LONGEST = 80
"""Letters of a file's name that are an identifier's own."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Paths of a site's pages, from its root.

    Attributes:
        paths: (kind, identifier) -> path.
        official: ATT&CK id -> path.
    """

    paths: Mapping[tuple[str, str], str]
    official: Mapping[str, str]

    @property
    def own(self) -> frozenset[str]:
        """Every path."""
        return frozenset(self.paths.values())


def addresses(subjects: Iterable[PageSubject]) -> Addresses:
    """Return a path for every page; no two differ in case only."""
    paths: dict[tuple[str, str], str] = {}
    official: dict[str, str] = {}
    taken: set[str] = set()
    for subject in subjects:
        path = f"{FOLDERS[subject.kind]}/{_name(subject.identifier)}.html"
        if path.casefold() in taken:
            mark = hashlib.sha256(subject.identifier.encode()).hexdigest()[:8]
            path = f"{path.removesuffix('.html')}.{mark}.html"
        taken.add(path.casefold())
        paths[subject.kind, subject.identifier] = path
        official.setdefault(subject.identifier, path)
    return Addresses(paths, official)


def _name(identifier: str) -> str:
    """Return an identifier as a name that file systems and addresses take as it is."""
    return _NOT_IN_A_NAME.sub("-", identifier)[:LONGEST].strip(".") or "-"


@dataclass(frozen=True, slots=True)
class Within:
    """Links of a page of a site: to its other pages, else to attack.mitre.org.

    Attributes:
        root: leads from the page's folder to the root of the site, such as `../`.
    """

    addresses: Addresses
    root: str

    def of(self, kind: str, identifier: str | None, *, within: str | None = None) -> str | None:
        """Return the page of the site, else the object's entry at attack.mitre.org."""
        if identifier is None:
            return None
        path = self.addresses.paths.get((kind, identifier))
        return f"{self.root}{path}" if path else official_page(kind, identifier, within)

    def outside(self, url: str | None) -> str | None:
        """Return the site's page of what an address of attack.mitre.org is about, else the address."""
        found = _OFFICIAL.fullmatch(url or "")
        if found:
            own, sub, place = found.groups()
            path = self.addresses.official.get(place or (f"{own}.{sub}" if sub else own))
            if path:
                return f"{self.root}{path}"
        return url if is_web(url) else None

"""Which files MITRE published, by their hashes: `published-attack-files.csv`, a row for each bundle of each release.

The hashes are those of the plain JSON files in `mitre/cti` (STIX 2.0) and `mitre-attack/attack-stix-data` (STIX 2.1).
"""

from collections.abc import Mapping, Sequence
from functools import cache

from loaders.tables.rows import packed

PUBLISHED_TABLE = "published-attack-files.csv"


def published_as(sha256: str) -> str | None:
    """Return what MITRE published under this SHA-256, `enterprise-attack 18.1 (STIX 2.1)`; None for other files."""
    return " and ".join(map(_told, _by_hash().get(sha256, ()))) or None


def published_releases(sha256: str, domain: str) -> tuple[str, ...]:
    """Return the releases of `domain` that MITRE published this file as, such as `18.1`.

    More than one is possible: the files of 11.2 and 11.3 in STIX 2.0 are one.
    """
    return tuple(cells["release"] for cells in _by_hash().get(sha256, ()) if cells["domain"] == domain)


@cache
def _by_hash() -> Mapping[str, Sequence[Mapping[str, str]]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in packed(PUBLISHED_TABLE):
        found.setdefault(row.cells["sha256"], []).append(row.cells)
    return found


def _told(cells: Mapping[str, str]) -> str:
    return f"{cells['domain']} {cells['release']} (STIX {cells['stix_form']})"

"""Which files MITRE published, by their hashes: `published-attack-files.csv`, a row for each bundle of each release.

The hashes are those of the plain JSON files in `mitre/cti` (STIX 2.0) and `mitre-attack/attack-stix-data` (STIX 2.1).
"""

from collections.abc import Mapping
from functools import cache

from loaders.tables.rows import packed

PUBLISHED_TABLE = "published-attack-files.csv"


def published_as(sha256: str) -> str | None:
    """Return what MITRE published under this SHA-256, `enterprise-attack 18.1 (STIX 2.1)`; None for other files."""
    return _by_hash().get(sha256)


@cache
def _by_hash() -> Mapping[str, str]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in packed(PUBLISHED_TABLE):
        found.setdefault(row.cells["sha256"], []).append(row.cells)
    return {sha256: " and ".join(map(_told, rows)) for sha256, rows in found.items()}


def _told(cells: Mapping[str, str]) -> str:
    return f"{cells['domain']} {cells['release']} (STIX {cells['stix_form']})"

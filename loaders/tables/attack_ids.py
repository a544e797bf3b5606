"""Which domains of ATT&CK published which ids: `attack-ids.csv`, made by `make ids` from the releases at hand.

The id alone does not tell: T1660 is of mobile, T1059 of enterprise, G0007 of both.
"""

import re
from collections.abc import Mapping
from functools import cache

from loaders.tables.rows import packed

IDS_TABLE = "attack-ids.csv"
_TOLD_APART = re.compile(r"(?!AN|DET)[A-Z]+\d{4}(?:\.\d{3})?", re.ASCII)


def is_told_apart(attack_id: str) -> bool:
    """Tell whether the table is for such ids.

    Analytics and detection strategies, half of all ids, are linked by no object of another domain.
    """
    return _TOLD_APART.fullmatch(attack_id) is not None


def domains_of(attack_id: str) -> tuple[str, ...]:
    """Return the domains that published an object of that id, sorted; none where the table does not know it."""
    return _domains().get(attack_id, ())


@cache
def _domains() -> Mapping[str, tuple[str, ...]]:
    return {row.cells["id"]: row.items("domains") for row in packed(IDS_TABLE)}

"""Which names tactics have had: every shortname of every domain, with the releases that have it.

A tactic keeps its STIX id when its name changes: `defense-evasion` of TA0005 is `stealth` from 19 on.
"""

from collections.abc import Iterable
from functools import cache

from graph.spelling import nearest
from loaders.tables.rows import TableRow, packed

TACTIC_TABLE = "tactics.csv"


def is_tactic(shortname: str) -> bool:
    """Tell whether any release of any domain has a tactic of that shortname."""
    return shortname in _by_name()


def told(shortname: str) -> str:
    """Return where ATT&CK has the tactic: `TA0005 Defense Evasion of enterprise-attack 6.3 to 18.1`."""
    row = _by_name()[shortname]
    cells = row.cells
    span = f"{cells['domain']} {cells['first_seen_in']} to {cells['last_seen_in']}"
    return f"{cells['attack_id']} {cells['name']} of {span}"


def nearest_tactic(shortname: str, loaded: Iterable[str]) -> str | None:
    """Return the shortname that was probably meant, of the `loaded` ones and of the table; None if none is close."""
    every = sorted({*loaded, *_by_name()})
    return next(iter(nearest(shortname, every, most=1, like_enough=0.6)), None)


@cache
def _by_name() -> dict[str, TableRow]:
    rows = sorted(packed(TACTIC_TABLE), key=lambda row: row.cells["domain"] != "enterprise-attack")
    found: dict[str, TableRow] = {}
    for row in rows:
        found.setdefault(row.cells["shortname"], row)
    return found

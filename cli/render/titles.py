"""What columns are called for people: the one table from fields to titles, for tables, cards and Markdown.

JSON and CSV have the fields under their own names, which never change.
"""

from collections.abc import Mapping
from dataclasses import replace

from cli.answer import Rows
from queries.readings import READINGS

TITLES: Mapping[str, str] = {
    "before": "older release",
    "after": "newer release",
    "blind": "enabled, no logs",
    "bookkeeping": "dates only",
    "claims_off_platform": "claims, other platform",
    "claims_placed": "claims, platform stated",
    "claims_unplaced": "claims, platform not stated",
    "content": "meaning changed",
    "current": "in use",
    "enabled_blind": "enabled, no logs",
    "guidance_only": "ATT&CK guidance only",
    "kept": "unchanged",
    "live": "active",
    "low_support": "few users",
    "migrated": "via a replaced id",
    "missing": "first gap",
    "none": "nothing",
    "not_applicable": "not run here",
    "off_platform": "other platform",
    "other_says": "other states",
    "pairs": "technique x platform",
    "pairs_covered": "technique x platform covered",
    "placed": "platform stated",
    "protect_only": "protection only",
    "published_as": "the file that MITRE published, byte for byte",
    "rated": "with confidence",
    "redirected": "now points elsewhere",
    "reported": "not stored",
    "says": "states",
    "schema": "fields retired",
    "sees": "log source collected",
    "techniques_placed": "techniques, platform stated",
    "todo": "next step",
    "unknown": "not known",
    "unplaced": "platform not stated",
    "would_close": "to close it",
}
"""Field -> title; a field that is not here reads as its own name with spaces."""


SUMS: Mapping[str, str] = {"problems": "notes"}
"""Field -> a field beside it that makes it needless for people: `problems` is notes, skipped and rejected in one."""


def title(name: str) -> str:
    """Return what people read for the field `name`."""
    return TITLES.get(name) or name.replace("_", " ")


def titled(rows: Rows) -> Rows:
    """Return the rows as people read them: titles over columns, states in words.

    The columns of a person's own Cypher stay as they wrote them.
    """
    if rows.as_named:
        return rows
    kept = [at for at, name in enumerate(rows.columns) if SUMS.get(name) not in rows.columns]
    readings = {at: READINGS.get(rows.columns[at], {}) for at in kept}
    return replace(
        rows,
        columns=tuple(title(rows.columns[at]) for at in kept),
        values=[tuple(_read(row[at], readings[at]) for at in kept) for row in rows.values],
        spare=tuple(title(name) for name in rows.spare),
        subject=title(rows.subject),
        as_named=True,
    )


def _read(value: object, readings: Mapping[str, str]) -> object:
    return readings.get(value, value) if isinstance(value, str) else value

"""Which data components single events of a Windows log show.

Made by hand from the channels of ATT&CK 18.1: an event is listed where ATT&CK gives it one meaning, or where its
meaning is that of a listed one (a computer account created, 4741, as a user account, 4720). Events on object
access (4656, 4663, 4670) stand under nine components and are left out.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from loaders.tables.rows import packed

EVENT_TABLE = "event-ids.csv"


def components_of_events(log_source: str, event_ids: Sequence[str]) -> tuple[str, ...]:
    """Return the components that the events show, sorted; empty unless every one of them is in the table."""
    found = [_events().get((log_source, event_id), ()) for event_id in event_ids]
    return tuple(sorted({component for each in found for component in each})) if all(found) else ()


def event_lines() -> Iterator[str]:
    """Yield the table as text, a line for each row."""
    for (log_source, event_id), components in sorted(_events().items()):
        yield f"{log_source},{event_id},{components}"


@cache
def _events() -> Mapping[tuple[str, str], tuple[str, ...]]:
    return {
        (row.cells["log_source"], row.cells["event_id"]): row.items("data_components")
        for row in packed(EVENT_TABLE)
    }

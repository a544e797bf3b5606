"""Data components of single events."""

import pytest

from loaders.tables import rows
from loaders.tables.event_ids import EVENT_TABLE, components_of_events
from loaders.tables.log_sources import canonical_name

SECURITY = "WinEventLog:Security"


@pytest.mark.parametrize(
    ("events", "components"),
    [
        (["4624"], ("DC0067",)),
        (["4768", "4769"], ("DC0002", "DC0084")),
        (["4697", "5145"], ("DC0060", "DC0102")),
        (["4697", "4663"], ()),
        ([], ()),
    ],
)
def test_known_events_show_components(events: list[str], components: tuple[str, ...]) -> None:
    assert components_of_events(SECURITY, events) == components


def test_an_event_counts_in_its_own_log() -> None:
    assert components_of_events("WinEventLog:System", ["7045"]) == ("DC0060",)
    assert components_of_events(SECURITY, ["7045"]) == ()


def test_each_row_stands_once_and_names_a_canonical_log_source() -> None:
    table = rows.packed(EVENT_TABLE)
    assert len({(row.cells["log_source"], row.cells["event_id"]) for row in table}) == len(table)
    for row in table:
        assert canonical_name(row.cells["log_source"]) == row.cells["log_source"]
        assert row.items("data_components")

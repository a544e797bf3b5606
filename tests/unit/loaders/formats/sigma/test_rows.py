"""Rules as rows: what they look for."""

from pathlib import Path

import pytest

from graph.holding.rows import Relationships
from loaders.formats.sigma.collection import read_sigma
from loaders.formats.sigma.rows import sigma_rows
from loaders.tables.aliases import Aliases

RULE = """\
title: A rule
id: a
logsource: {{product: windows, {log}}}
detection: {{s: {{EventID: {event}}}, condition: s}}
"""


def looks_for(tmp_path: Path, log: str, event: str) -> dict[str, object]:
    (tmp_path / "a.yml").write_text(RULE.format(log=log, event=event), encoding="utf-8")
    rows = sigma_rows(read_sigma(str(tmp_path), version="1"), Aliases())
    batches = (
        batch for batch in rows.batches if isinstance(batch, Relationships) and batch.type == "LOOKS_FOR"
    )
    return {end: properties["scope"] for batch in batches for _, end, properties in batch.rows}


def test_a_rule_on_known_events_looks_for_their_components(tmp_path: Path) -> None:
    assert looks_for(tmp_path, "service: security", "[4697, 4698]") == {"DC0060": "event", "DC0001": "event"}


@pytest.mark.parametrize("event", ["4663", "[4697, 4663]", "nonsense"])
def test_a_rule_on_other_events_looks_for_what_the_log_can_show(tmp_path: Path, event: str) -> None:
    found = looks_for(tmp_path, "service: security", event)
    assert len(found) == 22
    assert set(found.values()) == {"log"}


def test_a_rule_on_a_category_is_not_refined(tmp_path: Path) -> None:
    found = looks_for(tmp_path, "category: process_creation", "4697")
    assert found == {"DC0032": "category", "DC0064": "category"}

"""docs/glossary.md has every state, placement and gap that an answer can hold, as people read it."""

from pathlib import Path

import pytest

from queries.readings import GAPS, PLACEMENTS, STATES

PAGE = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text("utf-8")


@pytest.mark.parametrize("readings", [STATES, PLACEMENTS, GAPS], ids=["states", "placements", "gaps"])
def test_every_value_has_a_line(readings: dict[str, str]) -> None:
    for value, shown in readings.items():
        assert f"| {shown} | `{value}` |" in PAGE

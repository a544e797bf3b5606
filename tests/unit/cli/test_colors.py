"""Colors on a terminal, and never where they are not wanted."""

import re

import pytest

from cli.answer import Rows
from cli.delivery import screen_of_stdout
from cli.render import document, sheet, table
from cli.render.colors import COLORS, color_of
from cli.render.screen import Color, Screen
from queries.readings import CHANGES, STATES

ROWS = Rows(
    ("id", "state", "severity"), [("T1", "covered", "high"), ("T2", "gap", "low"), ("T3", "odd", "x")]
)
SEQUENCE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize("width", [None, 100])
def test_a_colored_table_is_the_plain_one_with_colors(width: int | None) -> None:
    plain, colored = (table.render(ROWS, Screen(width, color=color)) for color in (False, True))
    assert "\x1b" not in plain
    assert "\x1b[32mcovered" in colored
    assert "\x1b[31mgap" in colored
    assert "\x1b[31mhigh" in colored
    assert [line.rstrip() for line in SEQUENCE.sub("", colored).splitlines()] == plain.splitlines()


def test_only_tables_are_colored() -> None:
    for form in (document, sheet):
        assert "\x1b" not in form.render(ROWS, Screen(100, color=True))


def test_every_state_and_change_has_a_color() -> None:
    assert set(COLORS["state"]) == set(STATES.values())
    assert set(COLORS["change"]) == set(CHANGES.values())
    assert color_of("title", "gap") == ""


def test_color_is_asked_for_or_refused_whatever_the_terminal() -> None:
    assert screen_of_stdout(Color.ALWAYS).color
    assert not screen_of_stdout(Color.NEVER).color
    assert not screen_of_stdout().color  # pytest's stdout is not a terminal

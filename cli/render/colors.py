"""Colors of words that tell at a glance how a row stands; every word reads as well without its color."""

from collections.abc import Mapping

from queries.readings import CHANGES, STATES

GREEN, YELLOW, RED, CYAN, DIM = "green", "yellow", "red", "cyan", "bright_black"

_OF_STATES = {
    "covered": GREEN,
    "unplaced": YELLOW,
    "off_platform": YELLOW,
    "enabled_blind": RED,
    "visible": CYAN,
    "protect_only": CYAN,
    "guidance_only": YELLOW,
    "none": RED,
    "gap": RED,
    "unknown": DIM,
    "not_applicable": DIM,
}
_OF_CHANGES = {"bookkeeping": DIM, "schema": YELLOW, "content": RED}

COLORS: Mapping[str, Mapping[str, str]] = {
    "state": {STATES[state]: color for state, color in _OF_STATES.items()},
    "change": {CHANGES[change]: color for change, color in _OF_CHANGES.items()},
    "severity": {"high": RED, "medium": YELLOW, "low": DIM},
}
"""Title of a column -> the text of a cell -> the color that it has on a terminal."""

_CODES = {GREEN: "32", YELLOW: "33", RED: "31", CYAN: "36", DIM: "90"}


def color_of(name: str, text: str) -> str:
    """Return the color of a cell of the column `name`; "" for none."""
    return COLORS.get(name, {}).get(text, "")


def colored(text: str, color: str) -> str:
    """Return `text` in a color of a terminal's own sixteen, and the usual one after it."""
    return f"\x1b[{_CODES[color]}m{text}\x1b[0m" if color else text

"""Where an answer will be read."""

from enum import StrEnum
from typing import NamedTuple

GAP = 2
"""Blank columns between two columns of a table."""


class Color(StrEnum):
    """When tables are colored: on a terminal that takes colors, always, or never."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Screen(NamedTuple):
    """A terminal, or what replaces it.

    Attributes:
        width: columns of the terminal; None where there is none, and nothing is wrapped.
        color: whether it may be bold and colored.
        unicode: whether it can show more than ASCII.
    """

    width: int | None = None
    color: bool = False
    unicode: bool = True

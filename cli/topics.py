"""What `sightline --help` lists: every command with its summary and the place of its function."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command's function stands.

    Attributes:
        function: `module:name`.
        summary: the first line of its docstring; a test compares them.
    """

    function: str
    summary: str


@dataclass(frozen=True, slots=True)
class Family:
    """Commands under one word, as `load attack` and `load sigma` are."""

    summary: str
    members: Mapping[str, Place]


TOPICS: Mapping[str, Mapping[str, Place | Family]] = {}

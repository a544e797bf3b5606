"""The question by which every command finds its release.

It is apart from the others of its topic because their row types take longer to define than it takes to answer.
"""

from dataclasses import dataclass

from queries.params import OfIdentifier
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class ReleaseHolding:
    """A release in the graph, and whether it has an object of the identifier asked for."""

    release: str
    domain: str
    version: str
    major: int
    minor: int
    sample: bool
    holds: bool


HOLDING = Question("releases.holding", OfIdentifier, ReleaseHolding)

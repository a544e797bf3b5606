"""The terms on which something is loaded, the same for every format."""

from dataclasses import dataclass

from graph.holding.phases import Tell, silent
from graph.holding.writer import DEFAULT_WAIT


@dataclass(frozen=True, slots=True)
class Terms:
    """How a release, a set or a file of yours is to be loaded.

    Attributes:
        replace: take other content under a key that is loaded.
        strict: refuse it if any of its pieces cannot be taken.
        dry_run: read and report only.
        wait: seconds to wait for another load.
        tell: called as the load goes on.
    """

    replace: bool = False
    strict: bool = False
    dry_run: bool = False
    wait: float = DEFAULT_WAIT
    tell: Tell = silent


USUAL_TERMS = Terms()

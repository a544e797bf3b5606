"""What one name of a log source, in a publisher's words, is in ATT&CK's: the same for each table of them."""

from enum import StrEnum
from typing import NamedTuple

from loaders.tables.rows import TableRow


class Scope(StrEnum):
    """What the components of a row are the components of."""

    LOG = "log"
    """The log as a whole: one rule observes some of them only."""
    CATEGORY = "category"
    """One kind of event: each rule observes them."""
    EVENT = "event"
    """The events of the log that the rule names."""


class Telemetry(NamedTuple):
    """What is known of one log source.

    Attributes:
        platforms: ATT&CK platforms that it is recorded on; empty: any, so that rules on it are unplaced.
        log_sources: ATT&CK's canonical names; empty: ATT&CK has none.
        components: ids of data components (`DC0032`) that it can show.
        scope: of the components.
        confidence: high, medium or low, of the row as a whole.
        note: why.
    """

    platforms: tuple[str, ...]
    log_sources: tuple[str, ...]
    components: tuple[str, ...]
    scope: Scope
    confidence: str
    note: str

    def names(self, source: object) -> tuple[str, ...]:
        """Return the names of what a rule on `source` reads: ATT&CK's, else the publisher's name itself."""
        return self.log_sources or (str(source),)


def telemetry(row: TableRow) -> Telemetry:
    """Return what a row of a table says, whatever its first columns name."""
    return Telemetry(
        platforms=row.items("platforms"),
        log_sources=row.items("log_sources"),
        components=row.items("data_components"),
        scope=Scope(row.cells["scope"]),
        confidence=row.cells["confidence"],
        note=row.cells["note"],
    )

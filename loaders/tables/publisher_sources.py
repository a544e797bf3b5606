"""What the log sources of Elastic, Splunk and Sentinel are in ATT&CK's words: platforms, log sources, components.

One row for each name that the publishers' rules use, made by hand against ATT&CK 18.1; `note` says what the name is
and where the statement comes from. As in Sigma's table there is no fallback from one row to a wider one: a name that
no row has is reported and read under itself, and users add rows of their own.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from graph.record import sha256_hex
from loaders.references import Body, Finding, Reference, Rule
from loaders.tables.log_sources import fold
from loaders.tables.platforms import names_in_time
from loaders.tables.rows import TableRow, has_texts, packed
from loaders.tables.telemetry import Telemetry, telemetry

PUBLISHER_TABLE = "publisher-log-sources.csv"
PUBLISHERS = ("elastic", "splunk", "sentinel")
"""The words of their formats, and the prefixes of their names in the graph."""


@dataclass(frozen=True, slots=True, order=True)
class PublisherSource:
    """A log source as a publisher's rules name it; the name is folded.

    Attributes:
        publisher: one of PUBLISHERS.
        name: `logs-aws.cloudtrail`, `sysmon eventid 1`, `auditlogs`.
    """

    publisher: str
    name: str

    @classmethod
    def of(cls, publisher: str, name: str) -> "PublisherSource":
        """Return the log source that is written `name`."""
        return cls(publisher, fold(name))

    def __str__(self) -> str:
        """Return the name used in the graph where ATT&CK has none: `elastic:logs-aws.cloudtrail`."""
        return f"{self.publisher}:{self.name}"


@dataclass(frozen=True, slots=True)
class PublisherRow:
    """A row of the table.

    Attributes:
        telemetry: what it says.
        watched: what the log watches (`azure`, `m365`, ...), which decides what its platforms were called before.
    """

    telemetry: Telemetry
    watched: tuple[str, ...]

    @property
    def runs_on(self) -> tuple[str, ...]:
        """Its platforms, with what they are called in other releases."""
        return names_in_time(self.telemetry.platforms, self.watched)


PublisherTable = Mapping[PublisherSource, PublisherRow]


def written_by_publisher(text: str) -> PublisherSource | None:
    """Return the log source that `text` names as `elastic:logs-aws.cloudtrail`; None for any other name."""
    publisher, colon, name = text.strip().partition(":")
    if not colon or publisher.casefold() not in PUBLISHERS or not name.strip():
        return None
    return PublisherSource.of(publisher.casefold(), name)


@cache
def packed_publisher_table() -> PublisherTable:
    """Return the rows that are packed with the program."""
    return publisher_table(packed(PUBLISHER_TABLE))


def publisher_table(rows: Iterable[TableRow], base: PublisherTable | None = None) -> PublisherTable:
    """Return the rows by log source, on top of those of `base`, over which they win."""
    added = {source_of_row(row.cells): PublisherRow(telemetry(row), row.items("watched")) for row in rows}
    return MappingProxyType({**(base or {}), **added})


def publishers_sha256(rows: PublisherTable) -> str:
    """Return the SHA-256 over rows of the table."""
    return sha256_hex("\n".join(sorted(f"{source}={row}" for source, row in rows.items())).encode())


@cache
def packed_publishers_sha256() -> str:
    """Return the SHA-256 over the rows that are packed with the program."""
    return publishers_sha256(packed_publisher_table())


def source_of_row(cells: Mapping[str, str]) -> PublisherSource:
    """Return the log source that a row of the table is about."""
    return PublisherSource.of(cells["publisher"].strip().casefold(), cells["name"])


def _publisher_log_source_alias(body: Body) -> Iterator[Finding]:
    if not has_texts(body, "publisher", "name", "log_sources"):
        return
    row = TableRow("", 0, body)
    for name in row.items("log_sources"):
        source = str(source_of_row(body))
        yield Reference(source, name, "/log_sources", "READS", "publisher-log-source-alias", {})


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "publisher-log-source-alias": Rule(
            "publisher-log-source-alias",
            "READS",
            ("LogSource",),
            ("LogSource",),
            "The row of the table translates the name of a log source of Elastic, Splunk or Sentinel into ATT&CK's.",
            _publisher_log_source_alias,
        )
    }
)
"""Every rule that reads a row (column -> text) of the table, by its name."""

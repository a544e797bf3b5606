"""What Sigma's log sources are in ATT&CK's words: platforms, log sources, data components.

One row for each (product, category, service) of the Sigma release r2026-04-01, made by hand against ATT&CK
18.0 and 18.1; docs/formats.md says how often the rows agree with the rules' own technique tags. There is no
fallback from one row to a wider one: an unknown log source is reported, and users add rows of their own.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from loaders.references import Body, Finding, Reference, Rule
from loaders.tables.rows import TableRow, has_texts, packed
from loaders.tables.telemetry import Telemetry, telemetry

SIGMA_TABLE = "sigma-log-sources.csv"
PREFIX = "sigma:"


class SigmaLogSource(NamedTuple):
    """The log source that a rule names; "" is for what it leaves out, case is folded."""

    product: str
    category: str
    service: str

    def __str__(self) -> str:
        """Return the name used in the graph where ATT&CK has none: `sigma:azure//riskdetection`."""
        return f"{PREFIX}{self.product}/{self.category}/{self.service}"

    @property
    def in_words(self) -> str:
        """Return what the rule states, for people: `product=azure service=riskdetection`."""
        stated = {"product": self.product, "category": self.category, "service": self.service}
        return " ".join(f"{key}={value}" for key, value in stated.items() if value)


_IN_WORDS = re.compile(r"\b(product|category|service)=(\S+)")
_PARTS = 3


def written_as(text: str, table: "Table") -> SigmaLogSource | None:
    """Return the Sigma log source that `text` names in one of the forms that we print; None if it names none.

    `sigma:azure//auditlogs`, `product=azure service=auditlogs`, and, where the table has it, `azure//auditlogs`.
    """
    word = " ".join(text.split()).casefold()
    stated = dict(_IN_WORDS.findall(word))
    if stated and not _IN_WORDS.sub("", word).strip():
        return SigmaLogSource(*(stated.get(key, "") for key in ("product", "category", "service")))
    parts = [part.strip() for part in word.removeprefix(PREFIX).split("/")]
    if len(parts) != _PARTS or not any(parts):
        return None
    found = SigmaLogSource(*parts)
    return found if word.startswith(PREFIX) or found in table else None


Table = Mapping[SigmaLogSource, Telemetry]


@cache
def packed_table() -> Table:
    """Return the rows that are packed with the program."""
    return table(packed(SIGMA_TABLE))


def table(rows: Iterable[TableRow], base: Table | None = None) -> Table:
    """Return the rows by log source, on top of those of `base`, over which they win."""
    return MappingProxyType({**(base or {}), **{_source(row): telemetry(row) for row in rows}})


def _source(row: TableRow) -> SigmaLogSource:
    return SigmaLogSource(
        *(row.cells[column].strip().casefold() for column in ("product", "category", "service"))
    )


def _log_source_alias(body: Body) -> Iterator[Finding]:
    if not has_texts(body, "product", "category", "service", "log_sources"):
        return
    row = TableRow("", 0, body)
    for name in row.items("log_sources"):
        yield Reference(str(_source(row)), name, "/log_sources", "READS", "log-source-alias", {})


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "log-source-alias": Rule(
            "log-source-alias",
            "READS",
            ("LogSource",),
            ("LogSource",),
            "The row of the table translates a publisher's log source into ATT&CK's name of it.",
            _log_source_alias,
        )
    }
)
"""Every rule that reads a row (column -> text) of the table, by its name."""

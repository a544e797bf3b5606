"""What rules of Elastic, Splunk and Sentinel read and look for, by the table of their log sources."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from loaders.evidence.rule import LooksFor, Reads
from loaders.tables.publisher_sources import PublisherSource, PublisherTable

MOST_TOGETHER = 4
"""Log sources that one alternative may join: their names in ATT&CK's words multiply."""

Alternative = tuple[PublisherSource, ...]
"""Log sources that are needed together; one of the alternatives of a rule suffices."""


@dataclass(frozen=True, slots=True)
class Translated:
    """What a rule reads, in ATT&CK's words.

    Attributes:
        reads: log sources.
        looks_for: data components.
        platforms: where they are recorded, in the order of the rule.
        runs_on: the same, with what they are called in other releases.
        stated: the publisher's names, those that are needed together joined by `AND`.
        unknown: those that no row of the table has.
    """

    reads: tuple[Reads, ...]
    looks_for: tuple[LooksFor, ...]
    platforms: tuple[str, ...]
    runs_on: tuple[str, ...]
    stated: tuple[str, ...]
    unknown: tuple[str, ...]


def translated(alternatives: Sequence[Alternative], table: PublisherTable) -> Translated:
    """Return what a rule reads that states these alternatives."""
    distinct = tuple(dict.fromkeys(tuple(dict.fromkeys(each)) for each in alternatives if each))
    sources = tuple(dict.fromkeys(source for each in distinct for source in each))
    rows = [table[source] for source in sources if source in table]
    return Translated(
        reads=tuple(read for each in distinct for read in _reads(each, table)),
        looks_for=tuple(
            LooksFor(component, row.telemetry.scope.value, row.telemetry.confidence)
            for row in rows
            for component in row.telemetry.components
        ),
        platforms=_each_once(name for row in rows for name in row.telemetry.platforms),
        runs_on=_each_once(name for row in rows for name in row.runs_on),
        stated=tuple(_together(each) for each in distinct),
        unknown=tuple(str(source) for source in sources if source not in table),
    )


def _each_once(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _together(alternative: Alternative) -> str:
    first, *others = alternative
    return " AND ".join((str(first), *(source.name for source in others)))


def _reads(alternative: Alternative, table: PublisherTable) -> Iterator[Reads]:
    """Yield what an alternative reads: of each of its log sources any name will do, and each is needed."""
    named = [[(name, source) for name in _names(source, table)] for source in alternative]
    for way in product(*named):
        names = tuple(dict.fromkeys(name for name, _ in way))
        for name, source in way:
            row = table.get(source)
            yield Reads(
                name,
                row.telemetry.confidence if row else None,
                tuple(other for other in names if other != name),
                str(source),
            )


def _names(source: PublisherSource, table: PublisherTable) -> tuple[str, ...]:
    row = table.get(source)
    return row.telemetry.names(source) if row else (str(source),)

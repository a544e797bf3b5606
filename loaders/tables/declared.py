"""What an environment means by the name of a log source: ATT&CK's name, a label of ours, or one of a publisher's.

A log that Sigma describes as a whole is the log that ATT&CK names: who collects `sigma:azure//auditlogs` collects
azure:audit. A Sigma category is one kind of event of several logs: rules on it see, and no log is collected for it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from graph.spelling import nearest
from loaders.tables.log_sources import packed_names
from loaders.tables.publisher_sources import PublisherSource, packed_publisher_table, written_by_publisher
from loaders.tables.sigma_sources import SigmaLogSource, packed_table, written_as
from loaders.tables.telemetry import Scope, Telemetry


@dataclass(frozen=True, slots=True)
class Declared:
    """A log source of an environment.

    Attributes:
        written: the name in the file.
        names: those that it means in the graph.
        stated: what it is in the terms of Sigma, Elastic, Splunk or Sentinel, if it was written so.
        logs: ATT&CK's names of the logs with events of this kind, where `names` do not have them.
    """

    written: str
    names: tuple[str, ...]
    stated: SigmaLogSource | PublisherSource | None = None
    logs: tuple[str, ...] = ()


def declared(name: str) -> Declared:
    """Return what the log source `name` of an environment means."""
    source = None if packed_names().knows(name) else _stated(name)
    if source is None:
        return Declared(name, (name,))
    telemetry = _telemetry(source)
    if telemetry is None:
        return Declared(name, (str(source),), source)
    if telemetry.scope is Scope.LOG:
        return Declared(name, telemetry.names(source), source)
    return Declared(name, (str(source),), source, telemetry.log_sources)


def _stated(name: str) -> SigmaLogSource | PublisherSource | None:
    return written_by_publisher(name) or written_as(name, packed_table())


def _telemetry(source: SigmaLogSource | PublisherSource) -> Telemetry | None:
    if isinstance(source, SigmaLogSource):
        return packed_table().get(source)
    row = packed_publisher_table().get(source)
    return row.telemetry if row else None


def is_known(source: Declared, of_rules: Collection[str]) -> bool:
    """Tell whether a table of ours, or a rule of the graph (`of_rules`), knows a log source."""
    if source.stated is None:
        return packed_names().knows(source.written)
    return _telemetry(source.stated) is not None or str(source.stated) in of_rules


def nearest_names(source: Declared, of_rules: Collection[str]) -> list[str]:
    """Return up to two names that were probably meant, of rules and of ATT&CK."""
    near = packed_names().nearest(source.written)
    wanted = str(source.stated) if source.stated else f"sigma:{source.written.casefold()}"
    every = {str(known) for known in (*packed_table(), *packed_publisher_table())} | set(of_rules)
    alike = nearest(wanted, sorted(every), most=1, like_enough=0.75)
    return list(dict.fromkeys([*([near] if near and not source.stated else []), *alike]))

"""What an environment means by the name of a log source: ATT&CK's name, a label of ours, or one of Sigma's.

A log that Sigma describes as a whole is the log that ATT&CK names: who collects `sigma:azure//auditlogs` collects
azure:audit. A Sigma category is one kind of event of several logs: rules on it see, and no log is collected for it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from graph.spelling import nearest
from loaders.tables.log_sources import packed_names
from loaders.tables.sigma_sources import SigmaLogSource, packed_table, written_as
from loaders.tables.telemetry import Scope


@dataclass(frozen=True, slots=True)
class Declared:
    """A log source of an environment.

    Attributes:
        written: the name in the file.
        names: those that it means in the graph.
        sigma: what it is in Sigma's terms, if it was written so.
        logs: ATT&CK's names of the logs with events of this kind, where `names` do not have them.
    """

    written: str
    names: tuple[str, ...]
    sigma: SigmaLogSource | None = None
    logs: tuple[str, ...] = ()


def declared(name: str) -> Declared:
    """Return what the log source `name` of an environment means."""
    table = packed_table()
    source = None if packed_names().knows(name) else written_as(name, table)
    if source is None:
        return Declared(name, (name,))
    telemetry = table.get(source)
    if telemetry is None:
        return Declared(name, (str(source),), source)
    if telemetry.scope is Scope.LOG:
        return Declared(name, telemetry.names(source), source)
    return Declared(name, (str(source),), source, telemetry.log_sources)


def is_known(source: Declared, of_rules: Collection[str]) -> bool:
    """Tell whether a table of ours, or a rule of the graph (`of_rules`), knows a log source."""
    if source.sigma is None:
        return packed_names().knows(source.written)
    return source.sigma in packed_table() or str(source.sigma) in of_rules


def nearest_names(source: Declared, of_rules: Collection[str]) -> list[str]:
    """Return up to two names that were probably meant, of rules and of ATT&CK."""
    near = packed_names().nearest(source.written)
    wanted = str(source.sigma) if source.sigma else f"sigma:{source.written.casefold()}"
    every = {str(known) for known in packed_table()} | set(of_rules)
    alike = nearest(wanted, sorted(every), most=1, like_enough=0.75)
    return list(dict.fromkeys([*([near] if near and not source.sigma else []), *alike]))

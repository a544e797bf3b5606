"""Sigma rules as rows: what they read and look for, by the tables; whom they name; how they relate."""

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from graph.holding.kind import Whole
from graph.holding.rows import Batch, Nodes, Properties, Relationships
from loaders.evidence.model import Evidence
from loaders.evidence.rows import is_counted, set_rows
from loaders.formats.sigma.collection import SigmaSet
from loaders.formats.sigma.rule import Family, Rule
from loaders.shared_nodes import identifiers
from loaders.tables.aliases import Aliases
from loaders.tables.event_ids import components_of_events
from loaders.tables.log_sources import LogSourceNames, fold
from loaders.tables.sigma_sources import Scope, Table, Telemetry

REFERS_TO = "refers-to"
"""Type of the relation between a correlation or filter rule and the rules it is about."""


def sigma_rows(read: SigmaSet, tables: Aliases) -> Whole:
    """Return the rows of a set of rules."""
    key = read.evidence.key
    more = (
        *_reads(key, read.rules, tables),
        *_looks_for(key, read.rules, tables.sigma),
        *_names(key, read.rules),
        _relations(key, read.rules),
    )
    return set_rows(read.evidence, "Rule", _describe, more, tables_sha256=tables.sha256)


def _describe(item: Evidence) -> Properties:
    rule = cast("Rule", item)
    stated = rule.log_sources[0] if len(rule.log_sources) == 1 else None
    return {
        "counted": is_counted(rule.status) and rule.family is not Family.FILTER,
        "family": rule.family.value,
        "line": rule.line,
        "name": rule.name,
        "level": rule.level,
        "author": rule.author,
        "date": rule.date,
        "modified": rule.modified,
        "product": stated.product or None if stated else None,
        "category": stated.category or None if stated else None,
        "service": stated.service or None if stated else None,
        "logsource": str(stated) if stated else None,
        "tags": list(rule.tags) or None,
        "tactics": list(rule.tactics) or None,
        "references": list(rule.references) or None,
        "related": [f"{each.type} {each.id}" for each in rule.related] or None,
        "refers_to": list(rule.refers_to) or None,
    }


def _reads(key: str, rules: Sequence[Rule], tables: Aliases) -> Iterator[Batch]:
    rows: dict[tuple[str, str], Properties] = {}
    for rule in rules:
        for source in rule.log_sources:
            telemetry = tables.sigma.get(source)
            for name in telemetry.names(source) if telemetry else (str(source),):
                confidence = telemetry.confidence if telemetry else None
                row: Properties = {"as_written": name, "confidence": confidence}
                rows.setdefault((f"{key}/{rule.id}", fold(name)), row)
    yield Nodes("LogSource", list(_log_sources(rows.values(), tables.names)), shared=True)
    yield Relationships(
        "READS", "Rule", "LogSource", [(rule, source, row) for (rule, source), row in rows.items()]
    )


def _log_sources(rows: Iterable[Properties], names: LogSourceNames) -> Iterator[Properties]:
    for name in sorted({str(row["as_written"]) for row in rows}):
        yield {
            "key": fold(name),
            "name": name,
            "canonical": names.canonical(name),
            "listed": names.knows(name),
        }


def _looks_for(key: str, rules: Sequence[Rule], table: Table) -> Iterator[Batch]:
    rows: dict[tuple[str, str], Properties] = {}
    for rule, telemetry in _known_telemetry(rules, table):
        components, scope = _components(rule, telemetry)
        for component in components:
            row: Properties = {"scope": scope.value, "confidence": telemetry.confidence}
            rows.setdefault((f"{key}/{rule.id}", component), row)
    yield identifiers(component for _, component in rows)
    yield Relationships(
        "LOOKS_FOR", "Rule", "AttackId", [(rule, component, row) for (rule, component), row in rows.items()]
    )


def _components(rule: Rule, telemetry: Telemetry) -> tuple[tuple[str, ...], Scope]:
    """Return what the rule can see: of a whole log only the events that it names, where all of them are known."""
    if telemetry.scope is Scope.LOG and len(telemetry.log_sources) == 1:
        components = components_of_events(telemetry.log_sources[0], rule.event_ids)
        if components:
            return components, Scope.EVENT
    return telemetry.components, telemetry.scope


def _known_telemetry(rules: Sequence[Rule], table: Table) -> Iterator[tuple[Rule, Telemetry]]:
    for rule in rules:
        for source in rule.log_sources:
            if source in table:
                yield rule, table[source]


def _names(key: str, rules: Sequence[Rule]) -> Iterator[Batch]:
    rows: list[tuple[str, str, Properties]] = [
        (f"{key}/{rule.id}", attack_id, {}) for rule in rules for attack_id in rule.names
    ]
    yield identifiers(attack_id for _, attack_id, _ in rows)
    yield Relationships("NAMES", "Rule", "AttackId", rows)


def _relations(key: str, rules: Sequence[Rule]) -> Relationships:
    """Return the relations between rules of the set; what points out of it stays in the rule's `related`."""
    by_id = {rule.id.casefold(): rule.id for rule in rules}
    by_name = {rule.name: rule.id for rule in rules if rule.name}
    rows = dict[tuple[str, str, str], None]()
    for rule in rules:
        for each in rule.related:
            if each.id.casefold() in by_id:
                rows[rule.id, by_id[each.id.casefold()], each.type] = None
        for name in rule.refers_to:
            target = by_id.get(name.casefold(), by_name.get(name))
            if target is not None:
                rows[rule.id, target, REFERS_TO] = None
    return Relationships(
        "RELATES_TO",
        "Rule",
        "Rule",
        [(f"{key}/{start}", f"{key}/{end}", {"type": type_}) for start, end, type_ in rows],
    )

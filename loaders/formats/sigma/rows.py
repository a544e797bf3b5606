"""Sigma rules as rules of any publisher: what they read and look for, by the tables; how they relate."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from graph.holding.kind import Whole
from loaders.evidence.rows import is_counted
from loaders.evidence.rule import DetectionRule, LooksFor, Reads, RelatesTo
from loaders.evidence.rule_rows import rule_rows
from loaders.formats.sigma.collection import SigmaSet
from loaders.formats.sigma.rule import Family, Rule
from loaders.own_tables import with_own_tables
from loaders.tables.aliases import Aliases
from loaders.tables.event_ids import components_of_events
from loaders.tables.sigma_sources import Table
from loaders.tables.telemetry import Scope, Telemetry

REFERS_TO = "refers-to"
"""Type of the relation between a correlation or filter rule and the rules it is about."""


def sigma_rows(read: SigmaSet, tables: Aliases) -> Whole:
    """Return the rows of a set of Sigma rules."""
    ids = {rule.id.casefold(): rule.id for rule in read.rules}
    rules = [
        replace(_detection_rule(rule, tables.sigma, ids), tests=read.tests.get(rule.id, ()))
        for rule in read.rules
    ]
    return with_own_tables(rule_rows(read.evidence, rules, tables.names, tables_sha256=tables.sha256), tables)


def _detection_rule(rule: Rule, table: Table, ids: Mapping[str, str]) -> DetectionRule:
    stated = rule.log_sources[0] if len(rule.log_sources) == 1 else None
    return DetectionRule(
        id=rule.id,
        title=rule.title,
        status=rule.status,
        description=rule.description,
        sha256=rule.sha256,
        path=rule.path,
        platforms=rule.platforms,
        runs_on=rule.runs_on,
        claims=rule.claims,
        not_counted=_not_counted(rule),
        severity=rule.level,
        reads=tuple(_reads(rule, table)),
        looks_for=tuple(_looks_for(rule, table)),
        names=rule.names,
        relates_to=tuple(_relations(rule, ids)),
        line=rule.line,
        author=rule.author,
        license=rule.license,
        date=rule.date,
        modified=rule.modified,
        tags=rule.tags,
        tactics=rule.tactics,
        references=rule.references,
        more={
            "family": rule.family.value,
            "name": rule.name,
            "product": stated.product or None if stated else None,
            "category": stated.category or None if stated else None,
            "service": stated.service or None if stated else None,
            "logsource": str(stated) if stated else None,
            "logsources": [str(source) for source in rule.log_sources] or None,
            "related": [f"{each.type} {each.id}" for each in rule.related] or None,
            "refers_to": list(rule.refers_to) or None,
        },
    )


def _not_counted(rule: Rule) -> str | None:
    if rule.family is Family.FILTER:
        return "a filter detects nothing"
    if rule.useless is not None:
        return f"{rule.family.value} {rule.useless}"
    return None if is_counted(rule.status) else f"status {rule.status}"


def _reads(rule: Rule, table: Table) -> Iterator[Reads]:
    for source in rule.log_sources:
        telemetry = table.get(source)
        for name in telemetry.names(source) if telemetry else (str(source),):
            yield Reads(name, telemetry.confidence if telemetry else None)


def _looks_for(rule: Rule, table: Table) -> Iterator[LooksFor]:
    for source in rule.log_sources:
        telemetry = table.get(source)
        if telemetry is not None:
            components, scope = _components(rule, telemetry)
            for component in components:
                yield LooksFor(component, scope.value, telemetry.confidence)


def _components(rule: Rule, telemetry: Telemetry) -> tuple[tuple[str, ...], Scope]:
    """Return what the rule can see: of a whole log only the events that it names, where all of them are known."""
    if telemetry.scope is Scope.LOG and len(telemetry.log_sources) == 1:
        components = components_of_events(telemetry.log_sources[0], rule.event_ids)
        if components:
            return components, Scope.EVENT
    return telemetry.components, telemetry.scope


def _relations(rule: Rule, ids: Mapping[str, str]) -> Iterator[RelatesTo]:
    """Yield the relations to rules of the set; what points out of it stays in the rule's `related`."""
    for each in rule.related:
        if each.id.casefold() in ids:
            yield RelatesTo(ids[each.id.casefold()], each.type)
    for target in rule.about:
        yield RelatesTo(target, REFERS_TO)

"""The rows of a set of detection rules, whatever format they came in."""

from collections.abc import Callable, Iterator, Sequence

from graph.holding.kind import Whole
from graph.holding.rows import Batch, Nodes, Properties, Relationships
from loaders.evidence.model import Evidence, EvidenceSet
from loaders.evidence.rows import set_rows
from loaders.evidence.rule import DetectionRule, Reads
from loaders.evidence.test_rows import batches_of_tests, key_of_test
from loaders.shared_nodes import identifiers, log_source_node
from loaders.tables.log_sources import LogSourceNames, fold, packed_names


def rule_rows(
    evidence: EvidenceSet,
    rules: Sequence[DetectionRule],
    names: LogSourceNames | None = None,
    *,
    tables_sha256: str | None = None,
) -> Whole:
    """Return the rows of a set of rules.

    Args:
        evidence: the set, whatever its items are.
        rules: its items as rules, in their order.
        names: what log sources are called; left out, as our table says.
        tables_sha256: of the tables by which the publisher's log sources were translated.
    """
    key = evidence.key
    more = (
        *_reads(key, rules, names or packed_names()),
        *_looks_for(key, rules),
        *_names(key, rules),
        _relations(key, rules),
        *_tests(evidence, rules),
    )
    by_id = {rule.id: rule for rule in rules}
    return set_rows(evidence, "Rule", _described(by_id), more, tables_sha256=tables_sha256)


def _described(by_id: dict[str, DetectionRule]) -> Callable[[Evidence], Properties]:
    def describe(item: Evidence) -> Properties:
        rule = by_id[item.id]
        return {
            "counted": rule.not_counted is None,
            "not_counted": rule.not_counted,
            "level": rule.severity,
            "line": rule.line,
            "author": rule.author,
            "license": rule.license,
            "date": rule.date,
            "modified": rule.modified,
            "tags": list(rule.tags) or None,
            "tactics": list(rule.tactics) or None,
            "references": list(rule.references) or None,
            **rule.more,
        }

    return describe


def _reads(key: str, rules: Sequence[DetectionRule], names: LogSourceNames) -> Iterator[Batch]:
    rows: dict[tuple[str, str, tuple[str, ...]], Properties] = {}
    for rule in rules:
        alone = {fold(read.name) for read in rule.reads if not read.needs}
        for read in rule.reads:
            source = fold(read.name)
            if not read.needs or source not in alone:
                needs = tuple(sorted({names.canonical(each) for each in read.needs}))
                rows.setdefault((f"{key}/{rule.id}", source, needs), _read(read, needs))
    written = sorted({str(row["as_written"]) for row in rows.values()})
    yield Nodes("LogSource", [log_source_node(name, names) for name in written], shared=True)
    yield Relationships(
        "READS", "Rule", "LogSource", [(rule, source, row) for (rule, source, _), row in rows.items()]
    )


def _read(read: Reads, needs: tuple[str, ...]) -> Properties:
    return {
        "as_written": read.name,
        "confidence": read.confidence,
        "needs": list(needs) or None,
        "stated": read.stated,
    }


def _looks_for(key: str, rules: Sequence[DetectionRule]) -> Iterator[Batch]:
    rows: dict[tuple[str, str], Properties] = {}
    for rule in rules:
        for seen in rule.looks_for:
            row: Properties = {"scope": seen.scope, "confidence": seen.confidence}
            rows.setdefault((f"{key}/{rule.id}", seen.component), row)
    yield identifiers(component for _, component in rows)
    yield Relationships(
        "LOOKS_FOR", "Rule", "AttackId", [(rule, component, row) for (rule, component), row in rows.items()]
    )


def _names(key: str, rules: Sequence[DetectionRule]) -> Iterator[Batch]:
    rows: list[tuple[str, str, Properties]] = [
        (f"{key}/{rule.id}", attack_id, {}) for rule in rules for attack_id in dict.fromkeys(rule.names)
    ]
    yield identifiers(attack_id for _, attack_id, _ in rows)
    yield Relationships("NAMES", "Rule", "AttackId", rows)


def _relations(key: str, rules: Sequence[DetectionRule]) -> Relationships:
    """Return the relations between rules of the set; what points out of it is left out."""
    known = {rule.id for rule in rules}
    found = dict.fromkeys(
        (rule.id, other.id, other.type) for rule in rules for other in rule.relates_to if other.id in known
    )
    rows: list[tuple[str, str, Properties]] = [
        (f"{key}/{start}", f"{key}/{end}", {"type": type_}) for start, end, type_ in found
    ]
    return Relationships("RELATES_TO", "Rule", "Rule", rows)


def _tests(evidence: EvidenceSet, rules: Sequence[DetectionRule]) -> Iterator[Batch]:
    tests = [(rule, test) for rule in rules for test in rule.tests]
    if not tests:
        return
    yield from batches_of_tests(evidence, [test for _, test in tests])
    tested: list[tuple[str, str, Properties]] = [
        (key_of_test(evidence.key, test), evidence.evidence_key(rule), {}) for rule, test in tests
    ]
    yield Relationships("TESTS", "Test", "Evidence", tested)

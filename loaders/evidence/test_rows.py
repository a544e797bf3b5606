"""The rows of tests: those that come with rules, and sets that hold nothing but tests."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.holding.kind import Whole
from graph.holding.rows import Batch, Nodes, Owner, Properties, Relationships
from loaders.evidence.model import Evidence, EvidenceSet
from loaders.evidence.rows import set_rows
from loaders.evidence.rule import RuleTest
from loaders.reading.relative import inside
from loaders.shared_nodes import identifiers
from loaders.tables.platforms import names_in_time


def rows_of_tests(evidence: EvidenceSet, tests: Sequence[RuleTest]) -> Whole:
    """Return the rows of a set of tests."""
    whole = set_rows(evidence, "Rule", _nothing_more, tuple(batches_of_tests(evidence, tests)))
    return replace(whole, digests={test.id: test.sha256 for test in tests})


def _nothing_more(item: Evidence) -> Properties:
    raise AssertionError(f"a set of tests has no evidence, such as {item.id}")


def batches_of_tests(evidence: EvidenceSet, tests: Sequence[RuleTest]) -> Iterator[Batch]:
    """Yield the nodes of tests, each once, and the techniques that they exercise."""
    if not tests:
        return
    nodes = {test.id: _test(evidence, test) for test in reversed(tests)}  # one test may be of several rules
    yield Nodes("Test", list(reversed(nodes.values())), owner=Owner("CONTAINS", "EvidenceSet", evidence.key))
    pairs = dict.fromkeys(
        (key_of_test(evidence.key, test), each) for test in tests for each in test.exercises
    )
    exercised: list[tuple[str, str, Properties]] = [(test, attack_id, {}) for test, attack_id in pairs]
    yield identifiers(attack_id for _, attack_id, _ in exercised)
    yield Relationships("EXERCISES", "Test", "AttackId", exercised)


def key_of_test(set_key: str, test: RuleTest) -> str:
    """Return the key of a test in the graph."""
    return f"{set_key}/test/{test.id}"


def _test(evidence: EvidenceSet, test: RuleTest) -> Properties:
    return {
        "key": key_of_test(evidence.key, test),
        "id": test.id,
        "kind": test.kind,
        "title": test.title,
        "platforms": list(test.platforms) or None,
        "runs_on": list(names_in_time(test.platforms, test.watched)) or None,
        "on": test.on,
        "author": test.author,
        "rule_ids": list(test.rule_ids) or None,
        "path": inside(evidence.source_name, test.path) if test.path else None,
        "line": test.line,
        "sha256": test.sha256,
        "set": evidence.key,
    }

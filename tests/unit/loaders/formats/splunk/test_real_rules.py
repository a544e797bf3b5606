"""Splunk's security content as of 2024-10-24."""

from collections import Counter

import pytest

from loaders.evidence.rule_tree import RuleTree
from loaders.formats import Naming, Source
from loaders.formats.splunk.format import read_splunk
from tests.real_data import real_data

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def read() -> RuleTree:
    path = real_data() / "rules" / "splunk-security-content-2024-10-24.zip"
    return read_splunk(Source((str(path),)), Naming())


def test_every_rule_is_taken_without_a_note(read: RuleTree) -> None:
    assert read.evidence.key == "splunk@2024-10-24"
    assert (read.evidence.pieces, read.evidence.stored, read.evidence.problems) == (1916, 1916, ())
    assert Counter(rule.not_counted for rule in read.rules) == {None: 1613, "status deprecated": 98}


def test_every_claim_is_taken(read: RuleTree) -> None:
    claims = [claim for rule in read.rules for claim in rule.claims]
    assert (len(claims), len({claim.attack_id for claim in claims})) == (2873, 305)
    assert sum("T1528" in {claim.attack_id for claim in rule.claims} for rule in read.rules) == 8


def test_tests_come_with_the_rules(read: RuleTree) -> None:
    kinds = Counter(test.kind for rule in read.rules for test in rule.tests)
    assert kinds == {"publisher": 1489, "publisher-manual": 25, "atomic": 31}


def test_the_table_places_nearly_all(read: RuleTree) -> None:
    """The shares that docs/formats.md states; 95 and 85 are asked for."""
    named = [rule for rule in read.rules if rule.more["logsources"]]
    placed = sum(bool(rule.platforms) for rule in named) / len(named)
    known = sum(any(not each.name.startswith("splunk:") for each in rule.reads) for rule in named) / len(
        named
    )
    assert (len(named), round(100 * placed, 1), round(100 * known, 1)) == (1472, 97.8, 98.4)

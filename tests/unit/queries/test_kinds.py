"""The kinds of missing relationships."""

import pytest

from graph.errors import NotFoundError, UsageError
from queries.answers.kinds import find, kind, kinds
from queries.catalog import CATALOG
from queries.questions.missing.kinds import Severity
from tests.unit.queries.test_run import FakeGraph, Given

SEMANTICS = """
technique-without-mitigation, technique-without-detection, technique-unused,
technique-platform-without-analytic, analytic-without-log-source,
analytic-outside-technique-platforms, strategy-without-analytic, component-without-analytic,
component-without-log-source, log-source-not-declared-by-component, revoked-without-successor,
live-touches-dead, dangling-reference, claim-unresolved, claim-migrated, claim-off-platform,
rule-without-technique, rule-tactic-unknown, rule-tactic-renamed, rule-tactic-moved, rule-tactic-mismatch,
rule-without-attack-log-source, rule-without-test, technique-without-test, test-without-rule,
covered-without-telemetry, technique-in-text-only, log-source-spelling-variants,
platform-without-evidence
"""


def test_every_kind_that_the_words_name_is_there() -> None:
    assert {each.name for each in kinds()} == {name.strip() for name in SEMANTICS.split(",")}


def test_every_question_of_the_topic_is_a_kind() -> None:
    assert {each.question.name for each in kinds()} == {
        name for name in CATALOG if name.startswith("missing.")
    }


def test_the_worst_come_first_and_all_say_why_and_what_to_do() -> None:
    order = [list(Severity).index(each.severity) for each in kinds()]
    assert order == sorted(order)
    assert all(each.reason and each.todo and not each.reason.endswith(".") for each in kinds())


def test_an_unknown_kind_names_the_nearest() -> None:
    with pytest.raises(NotFoundError, match="technique-unused"):
        kind("techniques-unused")


def test_a_kind_about_an_environment_asks_for_one() -> None:
    with pytest.raises(UsageError, match="--environment"):
        find(FakeGraph(Given([], [])), kind("covered-without-telemetry"), release="r")


def test_a_kind_is_found_with_the_parameters_it_takes() -> None:
    wanted = kind("rule-without-technique")
    graph = FakeGraph(Given(list(wanted.question.columns), []))
    assert find(graph, wanted, release="r") == []
    assert graph.asked[0][1] == {}

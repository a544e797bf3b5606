"""The kinds of missing relationships."""

import pytest

from graph.errors import NotFoundError, UsageError
from queries.answers.kinds import can_be_narrowed, find, kind, kinds
from queries.answers.narrowing import Narrowing
from queries.catalog import CATALOG
from queries.questions.missing.kinds import Severity
from tests.unit.queries.test_run import FakeGraph, Given

SEMANTICS = """
technique-unclaimed,
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
    assert graph.asked[0][1] == {"set": None, "environment": None}


def test_a_kind_is_narrowed_to_techniques_and_a_platform() -> None:
    wanted = kind("test-without-rule")
    columns = list(wanted.question.columns)
    rows: list[list[object]] = [
        ["r", wanted.name, attack_id, "name", platform, 1, ["g"]]
        for attack_id, platform in (("T1", "Linux"), ("T1", "macOS"), ("T2", "Linux"))
    ]
    graph = FakeGraph(Given(columns, rows))
    narrowing = Narrowing(platform="linux", techniques=frozenset({"T1"}))
    (found,) = find(graph, wanted, release="r", narrowing=narrowing)
    assert (found.attack_id, found.platform) == ("T1", "Linux")


def test_a_rule_is_kept_for_any_of_its_techniques() -> None:
    wanted = kind("rule-without-test")
    rows: list[list[object]] = [
        ["r", wanted.name, "a", "A", "s", "p", ["T1", "T2"]],
        ["r", wanted.name, "b", "B", "s", "p", []],
    ]
    graph = FakeGraph(Given(list(wanted.question.columns), rows))
    (found,) = find(graph, wanted, release="r", narrowing=Narrowing(techniques=frozenset({"T2"})))
    assert found.evidence_id == "a"


@pytest.mark.parametrize("name", ["platform-without-evidence", "log-source-spelling-variants"])
def test_a_kind_that_says_nothing_of_techniques_is_not_narrowed_to_them(name: str) -> None:
    narrowing = Narrowing(techniques=frozenset({"T1"}))
    wanted = kind(name)
    assert not can_be_narrowed(wanted, narrowing)
    with pytest.raises(UsageError, match="do not say that"):
        find(FakeGraph(Given(list(wanted.question.columns), [])), wanted, release="r", narrowing=narrowing)


def test_what_nothing_claims_comes_first() -> None:
    assert kinds()[0].name == "technique-unclaimed"


def test_a_set_is_asked_of_the_kinds_that_concern_evidence() -> None:
    wanted = kind("rule-without-technique")
    graph = FakeGraph(Given(list(wanted.question.columns), []))
    find(graph, wanted, release="r", of_set="ours")
    assert graph.asked[0][1] == {"set": "ours", "environment": None}
    with pytest.raises(UsageError, match="drop --set"):
        find(graph, kind("technique-unused"), release="r", of_set="ours")

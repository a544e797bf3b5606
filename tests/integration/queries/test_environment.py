"""What an environment shows: blind rules, statuses, names of log sources, and why something is not covered."""

from pathlib import Path

import pytest

from graph.server.connection import Graph
from queries.answers.kinds import find, kind
from queries.ask import ask
from queries.questions.coverage.environment import (
    ENVIRONMENT,
    ENVIRONMENT_BY_LOG_SOURCE,
    WHY,
    MissingHop,
    OneTechniqueHere,
    PlatformCoverageHere,
    TechniqueHere,
    TechniquesHere,
)
from queries.questions.coverage.thin import UNLOCKING_LOG_SOURCES, TopOfEnvironment
from queries.questions.coverage.visibility import (
    BLIND_WITHOUT,
    DECLARED_LOG_SOURCES,
    VISIBILITY_NEEDS,
    NeedsOf,
    OfEnvironment,
    WithoutLogSource,
)
from tests.integration.queries.small_sets import guidance, load_release, load_rules, load_soc, rule, technique

R = "enterprise-attack@18.1"


def states(graph: Graph, attack_id: str | None = None) -> dict[str, PlatformCoverageHere]:
    rows = ask(graph, ENVIRONMENT, TechniqueHere(R, "soc", attack_id))
    return {row.platform or row.placement: row for row in rows}


def why(graph: Graph, attack_id: str) -> dict[str | None, MissingHop]:
    rows = ask(graph, WHY, OneTechniqueHere(R, "soc", attack_id))
    for row in rows:
        steps = (
            ("guidance", row.guidance),
            ("log source known", row.log_source_known),
            ("collected", row.collected),
            ("rule exists", row.rule_exists),
            ("enabled", row.enabled),
            ("validated", row.validated),
        )
        assert row.missing == next((name for name, there in steps if not there), None)
    return {row.platform: row for row in rows}


@pytest.fixture
def small(graph: Graph, tmp_path: Path) -> Graph:
    """One technique on two platforms, with guidance for Linux; rules on Entra ID, a honeypot and Windows events."""
    about = technique("T1078", "Identity Provider", "Linux", "Windows")
    load_release(graph, "18.1", about, *guidance(about, "Linux", "linux:syslog"))
    load_rules(
        graph,
        tmp_path,
        rule("audit", "azure//auditlogs", "t1078"),
        rule("risk", "azure//riskdetection", "t1078"),
        rule("honeypot", "opencanary/application/", "t1078"),
        rule("process", "windows/process_creation/", "t1078"),
    )
    return graph


def test_a_blind_rule_without_a_platform_makes_no_pair_blind(small: Graph) -> None:
    load_soc(small, "platforms: [Linux]\nlog_sources: [{name: 'azure:audit'}]\nenabled: [{id: honeypot}]\n")
    rows = states(small, "T1078")
    assert rows["Linux"].state == "unknown"
    assert (rows["unplaced"].state, rows["unplaced"].level, rows["unplaced"].blind) == (
        "enabled_blind",
        "L3",
        1,
    )
    row = why(small, "T1078")["Linux"]
    assert (row.missing, row.would_close) == ("collected", ("collect linux:syslog",))


def test_a_rule_without_a_platform_that_sees_is_unplaced(small: Graph) -> None:
    load_soc(
        small,
        "platforms: [Linux]\nlog_sources: [{name: 'sigma:opencanary/application/'}]\nenabled: [{id: honeypot}]\n",
    )
    rows = states(small, "T1078")
    assert {name: row.state for name, row in rows.items() if row.state != "not_applicable"} == {
        "Linux": "unplaced",
        "unplaced": "unplaced",
    }


def test_why_names_the_first_step_that_is_not_there(small: Graph) -> None:
    """cases/36: one rule is enabled and blind, another one would see and is not enabled."""
    load_soc(
        small,
        "platforms: [Identity Provider]\nlog_sources: [{name: 'sigma:azure//riskdetection'}]\n"
        "enabled: [{id: audit}]\n",
    )
    row = why(small, "T1078")["Identity Provider"]
    assert (row.missing, row.collected, row.enabled) == ("enabled", True, False)
    assert row.would_close == ("enable Rule risk", "collect azure:audit")
    assert states(small)["Identity Provider"].state == "enabled_blind"


def test_why_lists_every_way_to_collect_those_of_enabled_rules_first(small: Graph) -> None:
    load_soc(small, "platforms: [Identity Provider]\nenabled: [{id: risk}]\n")
    row = why(small, "T1078")["Identity Provider"]
    assert row.missing == "collected"
    assert row.would_close == (
        "collect sigma:azure//riskdetection",
        "collect azure:audit and enable a rule that reads it",
    )


@pytest.mark.parametrize(
    "name",
    [
        *("azure:audit", "sigma:azure//auditlogs", "azure//auditlogs", "Sigma:Azure//AuditLogs"),
        *("product=azure service=auditlogs", "Entra ID Audit"),
    ],
)
def test_a_log_source_is_declared_in_every_form_that_is_printed(small: Graph, name: str) -> None:
    """cases/35."""
    report = load_soc(
        small,
        f"platforms: [Identity Provider]\nlog_sources: [{{name: '{name}'}}]\nenabled: [{{id: audit}}]\n",
    )
    assert not [each for each in report.problems if each.code == "unknown-log-source"]
    row = states(small)["Identity Provider"]
    assert (row.state, row.detect, row.partial) == ("covered", 1, False)
    [declared] = ask(small, DECLARED_LOG_SOURCES, OfEnvironment("soc"))
    assert declared.log_source == "azure:audit"


def test_a_kind_of_event_lets_rules_see_and_no_analytic(small: Graph) -> None:
    report = load_soc(
        small,
        "platforms: [Windows]\nlog_sources: [{name: 'windows/process_creation/'}]\nenabled: [{id: process}]\n",
    )
    assert [each.code for each in report.problems] == ["kind-of-event", "selected"]
    assert states(small)["Windows"].state == "covered"
    [here] = ask(small, ENVIRONMENT_BY_LOG_SOURCE, TechniquesHere(R, "soc"))
    name = "sigma:windows/process_creation/"
    assert (here.log_source, here.rules, here.rules_alone, here.techniques) == (name, 1, 1, 1)
    [lost] = ask(small, BLIND_WITHOUT, WithoutLogSource(R, "soc", name))
    assert (lost.technique_id, lost.rules_blind, lost.detections_left) == ("T1078", 1, 0)
    assert not find(small, kind("covered-without-telemetry"), release=R, environment="soc")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("sigma:azure//auditlog", "sigma:azure//auditlogs"),
        ("azure:audti", "azure:audit"),
        ("nothing like it", ""),
    ],
)
def test_an_unknown_log_source_names_the_nearest(small: Graph, name: str, meant: str) -> None:
    report = load_soc(small, f"log_sources: [{{name: '{name}'}}]\n")
    [note] = [each.message for each in report.problems if each.code == "unknown-log-source"]
    assert note.startswith(f"unknown log source {name!r}: adds no coverage")
    assert f"did you mean {meant}" in note if meant else "did you mean" not in note


@pytest.mark.parametrize(
    ("other", "one", "visible"),
    [("not_used", "collected", True), ("not_used", "partial", True), ("planned", "not_used", False)],
)
def test_the_best_status_of_two_spellings_holds_everywhere(
    small: Graph, other: str, one: str, visible: object
) -> None:
    load_soc(
        small,
        f"platforms: [Linux]\nlog_sources: [{{name: 'linux:syslog', status: {one}}}, "
        f"{{name: 'linuxsyslog', status: {other}}}]\n",
    )
    [declared] = ask(small, DECLARED_LOG_SOURCES, OfEnvironment("soc"))
    best = min((one, other), key=["collected", "partial", "planned", "not_used"].index)
    assert declared.status == best
    assert (states(small)["Linux"].state == "visible") is visible
    [needs] = ask(small, VISIBILITY_NEEDS, NeedsOf(R, "soc"))
    assert (needs.lacking == ()) is visible
    unlocking = ask(small, UNLOCKING_LOG_SOURCES, TopOfEnvironment(R, "soc"))
    assert [row.technique_ids for row in unlocking] == ([] if visible else [("T1078",)])
    [hop] = [row for row in ask(small, WHY, OneTechniqueHere(R, "soc", "T1078")) if row.platform == "Linux"]
    assert hop.collected is visible


def test_a_retired_analytic_is_no_guidance(graph: Graph) -> None:
    about = technique("T1001", "Windows")
    retired = technique("T1002", "Windows")
    load_release(
        graph,
        "18.1",
        about,
        retired,
        *guidance(about, "Windows", "WinEventLog:Sysmon", number=1),
        *guidance(retired, "Windows", "WinEventLog:Sysmon", number=2, x_mitre_deprecated=True),
    )
    load_soc(graph, "platforms: [Windows]\nlog_sources: [{name: 'WinEventLog:Sysmon'}]\n")
    rows = {row.technique_id: row for row in ask(graph, ENVIRONMENT, TechniqueHere(R, "soc"))}
    assert {name: (row.state, row.guidance) for name, row in rows.items()} == {
        "T1001": ("visible", 1),
        "T1002": ("gap", 0),
    }
    assert [row.attack_id for row in find(graph, kind("technique-without-detection"), release=R)] == ["T1002"]
    assert [row.technique_id for row in ask(graph, VISIBILITY_NEEDS, NeedsOf(R))] == ["T1001"]

"""Where evidence is placed: techniques without a platform, and platforms that ATT&CK renamed."""

from pathlib import Path

import pytest

from graph.server.connection import Graph
from loaders.reading.one_file import SourceFile
from queries.answers.kinds import find, kind
from queries.answers.rollup import by_platform, by_technique
from queries.ask import ask
from queries.params import InEnvironment
from queries.questions.coverage.environment import (
    ENVIRONMENT,
    ENVIRONMENT_PLATFORMS,
    WHY,
    OneTechniqueHere,
    TechniqueHere,
)
from queries.questions.coverage.technique import (
    EVIDENCE,
    TECHNIQUE,
    TECHNIQUE_BY_LOG_SOURCE,
    TechniqueEvidence,
)
from queries.questions.coverage.totals import (
    BY_PLATFORM,
    BY_SET,
    BY_TACTIC,
    BY_TECHNIQUE,
    PAIRS,
    ReleaseEvidence,
    TacticsEvidence,
    TechniquesEvidence,
)
from queries.questions.trace.questions import CLAIMS, ClaimsOn
from tests.integration.queries.small_sets import (
    guidance,
    load_release,
    load_rules,
    load_soc,
    rule,
    tactic,
    technique,
)
from tests.loads import load_detections

ICS = "ics-attack"
ACCESS = tactic("Access", "TA0001", "access")


class TestNoPlatform:
    """cases/01: the word None, an empty list and no list at all are no platform that rules out a rule."""

    @pytest.fixture
    def release(self, graph: Graph, tmp_path: Path) -> str:
        none = technique("T0001", "None", tactics=["access"])
        empty = technique("T0002", tactics=["access"]) | {"x_mitre_platforms": []}
        absent = technique("T0003", tactics=["access"])
        spaced = technique("T0004", " Windows ", "Windows", "None", tactics=["access"])
        release = load_release(
            graph, "1.0", ACCESS, none, empty, absent, spaced, *guidance(none, "None", "WinEventLog:Sysmon")
        )
        load_rules(graph, tmp_path, rule("a", "windows/file_event/", "t0001", "t0002", "t0003", "t0004"))
        return release

    def test_every_claim_counts_in_the_one_row(self, graph: Graph, release: str) -> None:
        for attack_id in ("T0001", "T0002", "T0003"):
            [row] = ask(graph, TECHNIQUE, TechniqueEvidence(release, attack_id))
            assert (row.platform, row.placement, row.state, row.detect) == (None, "unstated", "covered", 1)
            [claim] = ask(graph, EVIDENCE, TechniqueEvidence(release, attack_id))
            assert (claim.platform, claim.placement) == (None, "unstated")
            [log] = ask(graph, TECHNIQUE_BY_LOG_SOURCE, TechniqueEvidence(release, attack_id))
            assert (log.rules, log.placed, log.off_platform) == (1, 1, 0)
        [row] = ask(graph, TECHNIQUE, TechniqueEvidence(release, "T0004"))
        assert (row.platform, row.placement, row.state) == ("Windows", "placed", "covered")

    def test_totals_have_it_as_a_row_without_a_platform(self, graph: Graph, release: str) -> None:
        everything = ReleaseEvidence(release)
        totals = {row.platform: (row.pairs, row.covered) for row in ask(graph, BY_PLATFORM, everything)}
        assert totals == {None: (3, 3), "Windows": (1, 1)}
        assert {row.platform for row in ask(graph, PAIRS, everything)} == {None, "Windows"}
        [tactic_total] = ask(graph, BY_TACTIC, TacticsEvidence(release))
        assert (tactic_total.covered, tactic_total.pairs, tactic_total.pairs_covered) == (4, 4, 4)
        techniques = ask(graph, BY_TECHNIQUE, TechniquesEvidence(release))
        assert {(row.state, row.platforms, row.platforms_covered) for row in techniques} == {
            ("covered", 1, 1)
        }
        [of_set] = ask(graph, BY_SET, everything)
        assert (of_set.claims_placed, of_set.claims_off_platform) == (4, 0)

    def test_nothing_is_off_platform_or_without_evidence(self, graph: Graph, release: str) -> None:
        assert not find(graph, kind("claim-off-platform"), release=release)
        assert not find(graph, kind("platform-without-evidence"), release=release)
        assert not find(graph, kind("analytic-outside-technique-platforms"), release=release)
        pairs = find(graph, kind("technique-platform-without-analytic"), release=release)
        assert {(row.attack_id, row.detail) for row in pairs} == {
            ("T0002", "platform not stated"),
            ("T0003", "platform not stated"),
            ("T0004", "Windows"),
        }

    def test_no_environment_calls_it_not_applicable(self, graph: Graph, release: str) -> None:
        load_soc(
            graph, "platforms: [Linux]\nlog_sources: [{name: 'WinEventLog:Sysmon'}]\nenabled: [{id: a}]\n"
        )
        rows = {row.technique_id: row for row in ask(graph, ENVIRONMENT, TechniqueHere(release, "soc"))}
        assert {name: row.state for name, row in rows.items()} == {
            **dict.fromkeys(("T0001", "T0002", "T0003"), "covered"),
            "T0004": "not_applicable",
        }
        assert {row.state for row in by_technique(graph, release=release, environment="soc")} == {
            "covered",
            "not_applicable",
        }
        totals = {row.platform: row for row in by_platform(graph, release=release, environment="soc")}
        assert (totals[None].pairs, totals[None].covered, totals[None].not_applicable) == (3, 3, 0)
        [row] = ask(graph, WHY, OneTechniqueHere(release, "soc", "T0001"))
        assert (row.platform, row.missing, row.would_close) == (None, "validated", ("test Rule a",))
        [one] = ask(graph, ENVIRONMENT, TechniqueHere(release, "soc", "T0001"))
        assert (one.placement, one.detect, one.visible_part) == ("unstated", 1, 1.0)

    def test_a_declared_log_of_its_analytics_makes_it_a_gap(self, graph: Graph, release: str) -> None:
        load_soc(graph, "platforms: [Linux]\nlog_sources: [{name: 'WinEventLog:Sysmon', status: planned}]\n")
        rows = {row.technique_id: row for row in ask(graph, ENVIRONMENT, TechniqueHere(release, "soc"))}
        assert (rows["T0001"].state, rows["T0001"].level) == ("gap", "L1")


class TestRenamedPlatforms:
    """cases/09: evidence is placed under the names of the release that is asked."""

    OLD = ("Azure AD", "Office 365", "Google Workspace", "Network", "SaaS")
    NEW = ("Identity Provider", "Office Suite", "Network Devices", "SaaS")

    @pytest.fixture
    def releases(self, graph: Graph, tmp_path: Path) -> dict[str, str]:
        loaded = {
            "8.2": load_release(graph, "8.2", technique("T1528", "AWS", "Azure", "GCP", "Azure AD")),
            "15.1": load_release(graph, "15.1", technique("T1528", *self.OLD, "IaaS")),
            "17.1": load_release(graph, "17.1", technique("T1528", *self.NEW, "IaaS")),
        }
        load_rules(
            graph,
            tmp_path,
            rule("entra", "azure//auditlogs", "t1528"),
            rule("m365", "m365//exchange", "t1528"),
            rule("google", "gcp//google_workspace.admin", "t1528"),
            rule("okta", "okta//okta", "t1528"),
            rule("cisco", "cisco//aaa", "t1528"),
            rule("aws", "aws//cloudtrail", "t1528"),
        )
        return loaded

    def placed(self, graph: Graph, release: str) -> dict[str, set[str]]:
        rows = ask(graph, EVIDENCE, TechniqueEvidence(release, "T1528"))
        found: dict[str, set[str]] = {}
        for row in rows:
            found.setdefault(row.id, set()).add(row.platform or row.placement)
        return found

    def test_what_a_rule_watches_decides_the_older_name(self, graph: Graph, releases: dict[str, str]) -> None:
        assert self.placed(graph, releases["15.1"]) == {
            "entra": {"Azure AD"},
            "m365": {"Office 365"},
            "google": {"Google Workspace", "SaaS"},
            "okta": {"unplaced"},
            "cisco": {"Network"},
            "aws": {"IaaS"},
        }
        assert self.placed(graph, releases["17.1"]) == {
            "entra": {"Identity Provider"},
            "m365": {"Office Suite"},
            "google": {"Office Suite", "SaaS"},
            "okta": {"Identity Provider"},
            "cisco": {"Network Devices"},
            "aws": {"IaaS"},
        }
        assert self.placed(graph, releases["8.2"])["aws"] == {"AWS"}
        assert self.placed(graph, releases["8.2"])["entra"] == {"Azure AD"}

    @pytest.mark.parametrize("version", ["8.2", "15.1", "17.1"])
    def test_traces_and_log_sources_have_the_same_platforms(
        self, graph: Graph, releases: dict[str, str], version: str
    ) -> None:
        release = releases[version]
        platforms = {
            name
            for names in self.placed(graph, release).values()
            for name in names
            if name not in ("unplaced", "off_platform")
        }
        claims = ask(graph, CLAIMS, ClaimsOn(release, ("T1528",)))
        assert {
            name for row in claims for name in row.platforms if name in row.technique_platforms
        } == platforms
        logs = ask(graph, TECHNIQUE_BY_LOG_SOURCE, TechniqueEvidence(release, "T1528"))
        assert {name for row in logs for name in row.platforms} == platforms
        assert sum(row.placed for row in logs) == sum(
            bool(names & platforms) for names in self.placed(graph, release).values()
        )

    def test_coverage_has_no_jump_that_is_only_a_name(self, graph: Graph, releases: dict[str, str]) -> None:
        covered = {
            key: {row.platform for row in ask(graph, PAIRS, ReleaseEvidence(key)) if row.state == "covered"}
            for key in releases.values()
        }
        assert covered[releases["15.1"]] == {*self.OLD, "IaaS"}
        assert covered[releases["17.1"]] == {*self.NEW, "IaaS"}
        for version in ("15.1", "17.1"):
            assert not find(graph, kind("claim-off-platform"), release=releases[version])

    def test_an_old_name_that_evidence_states_is_placed_in_a_new_release(
        self, graph: Graph, releases: dict[str, str]
    ) -> None:
        page = b"""format: native-detections/1
attack_domain: enterprise-attack
attack_version: "15.1"
generated: 2026-01-01
sources: [{key: guard, name: Guard, cloud: multi, platforms: [Azure AD, Network]}]
detections: [{source: guard, count: 1, techniques: [{id: T1528, confidence: 0.5}]}]
"""
        load_detections(graph, SourceFile("page.yaml", page, "0" * 64))
        assert self.placed(graph, releases["17.1"])["guard/unlisted:T1528"] == {
            "Identity Provider",
            "Network Devices",
        }

    @pytest.mark.parametrize("platform", ["Azure AD", "Identity Provider"])
    def test_an_environment_is_understood_by_either_name(
        self, graph: Graph, releases: dict[str, str], platform: str
    ) -> None:
        report = load_soc(
            graph,
            f"platforms: [{platform}]\nlog_sources: [{{name: 'azure:audit'}}]\nenabled: [{{id: entra}}]\n",
        )
        for version, name in (("15.1", "Azure AD"), ("17.1", "Identity Provider")):
            rows = ask(graph, ENVIRONMENT, TechniqueHere(releases[version], "soc"))
            states = {row.platform: row.state for row in rows if row.state != "not_applicable"}
            assert states == {name: "covered"}
            [told] = ask(graph, ENVIRONMENT_PLATFORMS, InEnvironment(releases[version], "soc"))
            assert (told.platform, told.names) == (platform, (name,))
        notes = [problem.message for problem in report.problems if problem.code == "renamed-platform"]
        said = ["Azure AD is Identity Provider in enterprise-attack@17.1, and is read so"]
        assert notes == (said if platform == "Azure AD" else [])

    def test_a_placement_is_understood_by_an_old_name(self, graph: Graph, releases: dict[str, str]) -> None:
        mapping = "select: {set: [rules], product: [okta]}"
        load_soc(
            graph,
            "platforms: [Office 365, Azure AD]\nlog_sources: [{name: 'saas:okta'}]\n"
            f"enabled: [{{{mapping}}}]\nplacements: [{{{mapping}, platforms: [Office 365]}}]\n",
        )
        rows = ask(graph, ENVIRONMENT, TechniqueHere(releases["17.1"], "soc"))
        assert {row.platform: row.state for row in rows}["Identity Provider"] == "covered"

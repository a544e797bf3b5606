"""Every built-in question that returns states agrees with `coverage.pairs`, or in an environment with its coverage.

The questions are found in the catalog by their columns and parameters, so that a new one without a check fails here.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

import pytest

from graph.server.connection import Graph
from loaders.reading.one_file import SourceFile
from loaders.reading.sources import read_file
from queries.catalog import CATALOG, AnyQuestion
from tests.loads import load_detections, load_environment, remove_environment, remove_set

RELEASES = ("enterprise-attack@18.1", "enterprise-attack@19.1")
STATES = ("covered", "unplaced", "off_platform", "protect_only", "guidance_only", "none")
"""Of the library, the best first (docs/semantics.md)."""
DETECTED = ("covered", "unplaced")
SEEING = ("collected", "partial")
SOME = ("T1078", "T1078.004", "T1528", "T1059.001", "T1110", "T1110.003", "T1098", "T1190", "T1566", "T1486")
HERE = "consistent"
STOPPED = "azure:audit"
"""The log source without which a second environment is compared."""
FILE = """format: environment/1
name: {name}
platforms: [Windows, Linux, IaaS, Azure AD, Identity Provider]
log_sources:
  - {{name: "WinEventLog:Sysmon", status: collected}}
  - {{name: "WinEventLog:Security", status: partial}}
  - {{name: "linux:syslog", status: not_used}}
  - {{name: "linuxsyslog", status: partial}}
  - {{name: "auditd:SYSCALL", status: not_used}}
  - {{name: "auditd:EXECVE", status: collected}}
  - {{name: "AWS:CloudTrail", status: collected}}
  - {{name: "azure:audit", status: {stopped}}}
enabled:
  - select: {{set: [sigmahq], product: [windows, linux, azure, aws, okta, macos]}}
  - select: {{set: [ctid-aws, ctid-azure]}}
    validated: {{state: tested, on: 2026-03-01}}
placements:
  - select: {{set: [ctid-aws, sigmahq]}}
    platforms: [IaaS]
"""

Row = dict[str, Any]
Pair = tuple[str, str | None]


@dataclass(frozen=True)
class Told:
    """What the questions answer about one release."""

    graph: Graph
    release: str

    def rows(self, name: str, **others: object) -> list[Row]:
        """Ask a question by its name; what is not given is as in the example of its header."""
        file = CATALOG[name].file
        example = self.graph.read(f"RETURN {file.example} AS given")[0]["given"]
        assert isinstance(example, dict)
        own = {"release": self.release, "environment": HERE}
        given = {
            key: None if key == "environment" and value is None else own.get(key, value)
            for key, value in example.items()
        } | others
        return self.graph.read(file.statement, given)

    @cached_property
    def pairs(self) -> dict[Pair, str]:
        """The state of each technique on each platform: what the library is judged by."""
        return {(row["technique_id"], row["platform"]): row["state"] for row in self.rows("coverage.pairs")}

    @cached_property
    def techniques(self) -> dict[str, str]:
        """The state of each technique: the best of its pairs, and of its claims on other platforms."""
        found: dict[str, set[str]] = {}
        for (technique, _), state in self.pairs.items():
            found.setdefault(technique, set()).add(state)
        for row in self.rows("missing.claim-off-platform"):
            found.get(row["attack_id"], set()).add("off_platform")
        return {technique: min(states, key=STATES.index) for technique, states in found.items()}

    @cached_property
    def covered(self) -> set[Pair]:
        return {pair for pair, state in self.pairs.items() if state == "covered"}

    @cached_property
    def by_technique(self) -> list[Row]:
        return self.rows("coverage.by-technique")

    def environment(self, name: str = HERE) -> list[Row]:
        """The rows of each technique on each of its platforms: what everything in an environment is judged by."""
        return self.rows("coverage.environment", attack_id=None, environment=name)

    @cached_property
    def here(self) -> dict[Pair, Row]:
        return {(row["technique_id"], row["platform"]): row for row in self.environment()}

    @cached_property
    def run_here(self) -> dict[Pair, Row]:
        return {pair: row for pair, row in self.here.items() if row["state"] != "not_applicable"}

    @cached_property
    def visible(self) -> set[str]:
        """Techniques of which one analytic's log sources are all collected, on a platform that is run."""
        return {technique for (technique, _), row in self.run_here.items() if row["visible_part"] == 1.0}

    @cached_property
    def statuses(self) -> dict[str, str]:
        return {row["log_source"]: row["status"] for row in self.rows("coverage.declared-log-sources")}

    @cached_property
    def needs(self) -> list[Row]:
        return self.rows("coverage.visibility-needs")


@pytest.fixture(scope="module")
def told(evidence: Graph) -> Iterator[dict[str, Told]]:
    """The real graph, with the bundled sample's detections, an environment, and it without one of its log sources."""
    sample = load_detections(evidence, read_file(str(files("loaders.sample") / "sample-detections.yaml")))
    for name, stopped in ((HERE, "collected"), ("stopped", "planned")):
        text = FILE.format(name=name, stopped=stopped)
        load_environment(evidence, SourceFile(f"{name}.yaml", text.encode(), "0" * 64))
    yield {release: Told(evidence, release) for release in RELEASES}
    for name in (HERE, "stopped"):
        remove_environment(evidence, name)
    remove_set(evidence, sample.key)


# Of the library ----------------------------------------------------------------------------------------------


def pairs(told: Told) -> None:
    """Has each technique on each of its platforms once, some in each state."""
    rows = told.rows("coverage.pairs")
    assert len(rows) == len(told.pairs)
    assert set(told.pairs.values()) == set(STATES) - {"off_platform"}


def technique(told: Told) -> None:
    for attack_id in SOME:
        rows = told.rows("coverage.technique", attack_id=attack_id)
        stated = {row["platform"]: row["state"] for row in rows if row["placement"] in ("placed", "unstated")}
        assert stated == {place: state for (each, place), state in told.pairs.items() if each == attack_id}
        best = min((row["state"] for row in rows), key=STATES.index)
        assert best == told.techniques[attack_id]


def evidence_of_techniques(told: Told) -> None:
    """Detection claims that count are placed where the pairs are covered."""
    placed = {
        (row["technique_id"], row["platform"])
        for attack_id in SOME
        for row in told.rows("coverage.evidence", attack_id=attack_id)
        if row["counted"] and row["category"] == "detect" and row["placement"] == "placed"
    }
    assert placed == {pair for pair in told.covered if pair[0] in SOME}


def rules_by_log_source(told: Told) -> None:
    """Rules that are placed, unplaced or off the platforms are those that the claims of rules give."""
    for attack_id in SOME:
        rows = told.rows("coverage.technique-by-log-source", attack_id=attack_id)
        claims = [
            row
            for row in told.rows("coverage.evidence", attack_id=attack_id)
            if row["counted"] and row["category"] == "detect" and row["kind"] == "rule"
        ]
        for placement in ("placed", "unplaced", "off_platform"):
            rules = {(row["set"], row["id"]) for row in claims if row["placement"] == placement}
            assert sum(row[placement] for row in rows) == len(rules)
        platforms = {name for row in rows for name in row["platforms"]}
        assert platforms == {row["platform"] for row in claims if row["platform"]}


def by_tactic(told: Told) -> None:
    rows = {row["tactic"]: row for row in told.rows("coverage.by-tactic")}
    states: dict[str, Counter[str]] = {name: Counter() for name in rows}
    pairs: dict[str, Counter[str]] = {name: Counter() for name in rows}
    names = {row["shortname"]: row["tactic"] for row in tactics(told)}
    for row in told.by_technique:
        for shortname in row["tactics"]:
            states[names[shortname]][told.techniques[row["technique_id"]]] += 1
    for row in told.rows("coverage.pairs"):
        for shortname in row["tactics"]:
            pairs[names[shortname]][row["state"]] += 1
    for name, row in rows.items():
        assert {state: row[state] for state in STATES} == {state: states[name][state] for state in STATES}
        assert (row["pairs"], row["pairs_covered"]) == (pairs[name].total(), pairs[name]["covered"])


def tactics(told: Told) -> list[Row]:
    return told.graph.read(
        "MATCH (t:Tactic {release: $release}) RETURN t.shortname AS shortname, t.name AS tactic",
        {"release": told.release},
    )


def by_platform(told: Told) -> None:
    counted = Counter((platform, state) for (_, platform), state in told.pairs.items())
    for row in told.rows("coverage.by-platform"):
        states = {state: row[state] for state in STATES if state != "off_platform"}
        assert states == {state: counted[row["platform"], state] for state in states}
        assert row["pairs"] == sum(states.values())
    assert sum(row["pairs"] for row in told.rows("coverage.by-platform")) == len(told.pairs)


def by_technique(told: Told) -> None:
    rows = told.by_technique
    assert {row["technique_id"]: row["state"] for row in rows} == told.techniques
    covered = Counter(technique for technique, _ in told.covered)
    platforms = Counter(technique for technique, _ in told.pairs)
    for row in rows:
        assert row["platforms_covered"] == covered[row["technique_id"]]
        assert row["platforms"] == platforms[row["technique_id"]]


def by_set(told: Told) -> None:
    """The claims of each set are those that a trace begins with."""
    claims = [row for row in traced(told, environment=None) if row["category"] == "detect"]
    placed = {(row["set"], row["technique_id"]) for row in claims if places_of(row)}
    for row in told.rows("coverage.by-set"):
        own = [claim for claim in claims if claim["set"] == row["set"]]
        off = [claim for claim in own if claim["platforms"] and not places_of(claim)]
        assert row["claims_placed"] == sum(1 for claim in own if places_of(claim))
        assert row["claims_off_platform"] == len(off)
        assert row["claims_unplaced"] == sum(1 for claim in own if not claim["platforms"])
        assert row["techniques_placed"] == sum(1 for each, _ in placed if each == row["set"])


def of_user(told: Told) -> None:
    for attack_id in ("G0016", "G0032", "S0154"):
        rows = told.rows("coverage.of-user", attack_id=attack_id)
        assert rows
        assert all(row["state"] == told.techniques[row["technique_id"]] for row in rows)


def of_asset(told: Told) -> None:
    """Assets are of ICS; enterprise has none, and tests/integration/queries/test_counting.py compares the states."""
    assert not told.rows("coverage.of-asset", attack_id="A0001")


def undetected_of_tactic(told: Told) -> None:
    for row in tactics(told):
        found = told.rows("coverage.undetected-of-tactic", tactic=row["shortname"])
        techniques = [
            each["technique_id"] for each in told.by_technique if row["shortname"] in each["tactics"]
        ]
        expected = {name for name in techniques if told.techniques[name] in STATES[3:]}
        assert {each["technique_id"] for each in found} == expected


def undetected_popular(told: Told) -> None:
    found = {row["technique_id"] for row in told.rows("coverage.undetected-popular", limit=1000)}
    used = {row["technique_id"] for row in told.rows("coverage.used") if row["groups"] + row["campaigns"] > 0}
    assert found == {name for name in used if told.techniques[name] in STATES[3:]}


def platform_without_evidence(told: Told) -> None:
    found = {row["platform"] for row in told.rows("missing.platform-without-evidence")}
    every = {platform for _, platform in told.pairs}
    assert found == every - {platform for _, platform in told.covered}


# In an environment -------------------------------------------------------------------------------------------


def environment(told: Told) -> None:
    """One technique is as all are; of an environment with evidence on other platforms."""
    assert set(told.here) == set(told.pairs)
    for attack_id in SOME:
        rows = told.rows("coverage.environment", attack_id=attack_id)
        here = [row for row in rows if row["placement"] in ("placed", "unstated")]
        assert here == [row for (each, _), row in told.here.items() if each == attack_id]


def enabled_evidence(told: Told) -> None:
    """What detects on a platform that is run is what makes it covered."""
    for attack_id in SOME:
        rows = told.rows("coverage.enabled-evidence", attack_id=attack_id)
        seeing = {
            row["platform"]
            for row in rows
            if row["placement"] == "placed"
            and row["category"] == "detect"
            and row["counted"]
            and row["sees"] is not False
        }
        run = {place: row["state"] for (each, place), row in told.run_here.items() if each == attack_id}
        assert seeing & set(run) == {place for place, state in run.items() if state == "covered"}


def results(told: Told) -> None:
    """A result changes no state of coverage; this environment declares none."""
    assert told.rows("evidence.results") == []


def why(told: Told) -> None:
    for attack_id in SOME:
        rows = {row["platform"]: row for row in told.rows("coverage.why", attack_id=attack_id)}
        here = {place: row for (each, place), row in told.run_here.items() if each == attack_id}
        assert set(rows) == set(here)
        for platform, row in here.items():
            step = rows[platform]
            assert step["enabled"] is (row["state"] in DETECTED)
            assert step["validated"] is (row["level"] == "L5")
            assert (step["missing"] is None) is (row["level"] == "L5")
            assert step["guidance"] or row["guidance"] == 0
            assert step["collected"] or row["visible_part"] != 1.0


def visibility_needs(told: Told) -> None:
    assert {row["technique_id"] for row in told.needs if not row["lacking"]} == told.visible
    sees = {name for name, status in told.statuses.items() if status in SEEING}
    unused = {name for name, status in told.statuses.items() if status == "not_used"}
    for row in told.needs:
        assert set(row["log_sources"]) - set(row["lacking"]) == set(row["log_sources"]) & sees
        assert not set(row["log_sources"]) & unused


def unlocking_log_sources(told: Told) -> None:
    expected: dict[str, set[str]] = {}
    for row in told.needs:
        if len(row["lacking"]) == 1 and row["technique_id"] not in told.visible:
            expected.setdefault(row["lacking"][0], set()).add(row["technique_id"])
    rows = told.rows("coverage.unlocking-log-sources", limit=10_000)
    assert {row["log_source"]: set(row["technique_ids"]) for row in rows} == expected


def environment_by_log_source(told: Told) -> None:
    rows = {row["log_source"]: row for row in told.rows("coverage.environment-by-log-source")}
    assert {name: row["status"] for name, row in rows.items()} == told.statuses
    ways: dict[str, list[set[str]]] = {}
    for need in told.needs:
        if not need["lacking"]:
            ways.setdefault(need["technique_id"], []).append(set(need["log_sources"]))
    for name, row in rows.items():
        assert row["visible"] == sum(any(name in way for way in each) for each in ways.values())
        assert row["visible_alone"] == sum(all(name in way for way in each) for each in ways.values())
    lost = told.rows("coverage.blind-without", log_source=STOPPED)
    assert len({title for row in lost for title in row["rules"]}) <= rows[STOPPED]["rules_alone"]


def environment_platforms(told: Told) -> None:
    names = {name for row in told.rows("coverage.environment-platforms") for name in row["names"]}
    assert {platform for _, platform in told.run_here} == names & {platform for _, platform in told.pairs}


def declared_log_sources(told: Told) -> None:
    """The statuses are those of the file, the best of the two spellings; `environments` counts the same."""
    assert told.statuses["linux:syslog"] == "partial"
    assert told.statuses[STOPPED] == "collected"
    [held] = [row for row in told.rows("releases.environments") if row["environment"] == HERE]
    assert held["log_sources"] == len(told.statuses)
    assert held["collected"] == sum(status in SEEING for status in told.statuses.values())


def blind_without(told: Told) -> None:
    """What is no longer detected is what an environment without the log source does not detect."""
    rows = told.rows("coverage.blind-without", log_source=STOPPED)
    without = {row["technique_id"] for row in told.environment("stopped") if row["state"] in DETECTED}
    with_it = {technique for (technique, _), row in told.here.items() if row["state"] in DETECTED}
    assert {row["technique_id"] for row in rows if row["detections_left"] == 0} == with_it - without
    assert with_it - without
    assert {row["technique_id"] for row in rows} <= with_it


def covered_without_telemetry(told: Told) -> None:
    blind = {row["attack_id"] for row in told.rows("missing.covered-without-telemetry")}
    for attack_id in SOME:
        rows = told.rows("coverage.environment", attack_id=attack_id)
        assert any(row["blind"] for row in rows) is (attack_id in blind)


def environment_entries(told: Told) -> None:
    """Statuses are those of the log sources, and what the switches match is what is enabled."""
    rows = told.rows("coverage.environment-entries")
    logs = {row["entry"]: row for row in rows if row["kind"] == "log source"}
    assert {name: row["status"] for name, row in logs.items() if name in told.statuses} == {
        name: told.statuses[name] for name in logs if name in told.statuses and name != "linux:syslog"
    } | {"linux:syslog": "not_used"}, "the entry has its own status, not the best one of two spellings"
    reading = told.rows("coverage.by-log-source")
    analytics = {row["log_source"]: row["analytics"] for row in reading}
    for name, row in logs.items():
        if not row["as_read"]:
            assert row["analytics"] == analytics.get(name, 0)
    [held] = [row for row in told.rows("releases.environments") if row["environment"] == HERE]
    assert sum(row["evidence"] for row in rows if row["kind"] == "enabled") == held["enabled"]


def nearest_rules(told: Told) -> None:
    """Rules that claim the technique are among its evidence, and those that detect it already are left out."""
    for attack_id in SOME:
        near = told.rows("coverage.nearest-rules", attack_id=attack_id, limit=10_000)
        claiming = [row for row in near if row["near"] == "claims"]
        every = {
            row["id"]
            for row in told.rows("coverage.evidence", attack_id=attack_id)
            if row["kind"] == "rule" and row["counted"] and row["category"] == "detect"
        }
        assert {row["evidence_id"] for row in claiming} <= every
        enabled = {
            row["id"]: row["sees"]
            for row in told.rows("coverage.enabled-evidence", attack_id=attack_id)
            if row["kind"] == "rule"
        }
        for row in claiming:
            assert row["enabled"] is (row["evidence_id"] in enabled)
            assert not (row["enabled"] and row["sees"])
            assert row["sees"] is enabled.get(row["evidence_id"], row["sees"])
        assert all(row["sees"] for row in near if row["near"] != "claims")


# Of traces ---------------------------------------------------------------------------------------------------


def traced(told: Told, environment: str | None) -> list[Row]:
    """Claims that count on every technique, of all evidence or of what an environment enables."""
    every = sorted(told.techniques)
    rows = told.rows("trace.claims", techniques=every, evidence=None, environment=environment)
    return [row for row in rows if row["counted"]]


def places_of(claim: Row) -> set[str]:
    """The platforms of the technique on which a claim is placed."""
    return set(claim["platforms"]) & set(claim["technique_platforms"])


def trace_claims(told: Told) -> None:
    library = [row for row in traced(told, environment=None) if row["category"] == "detect"]
    assert {(row["technique_id"], name) for row in library for name in places_of(row)} == told.covered
    here = [row for row in traced(told, environment=HERE) if row["category"] == "detect"]
    enabled = {(row["technique_id"], name) for row in here for name in places_of(row)}
    assert enabled == {pair for pair, row in told.here.items() if row["detect"] + row["blind"]}


def trace_telemetry(told: Told) -> None:
    """What rules and analytics read has the status that the environment gives the log source, whatever its names."""
    keys = told.graph.read(
        "MATCH (reader:Analytic|Rule)-[:READS]->(:LogSource) "
        "WHERE coalesce(reader.release, $release) = $release RETURN DISTINCT reader.key AS key",
        {"release": told.release},
    )
    rows = told.rows("trace.telemetry", keys=[row["key"] for row in keys], environment=HERE)
    assert {row["canonical"] for row in rows} >= {"linux:syslog", STOPPED}
    for row in rows:
        assert row["status"] == told.statuses.get(row["canonical"])


CHECKS: Mapping[str, Callable[[Told], None]] = {
    "coverage.pairs": pairs,
    "coverage.technique": technique,
    "coverage.evidence": evidence_of_techniques,
    "coverage.technique-by-log-source": rules_by_log_source,
    "coverage.by-tactic": by_tactic,
    "coverage.by-platform": by_platform,
    "coverage.by-technique": by_technique,
    "coverage.by-set": by_set,
    "coverage.of-user": of_user,
    "coverage.of-asset": of_asset,
    "coverage.undetected-of-tactic": undetected_of_tactic,
    "coverage.undetected-popular": undetected_popular,
    "missing.platform-without-evidence": platform_without_evidence,
    "coverage.environment": environment,
    "coverage.enabled-evidence": enabled_evidence,
    "evidence.results": results,
    "coverage.why": why,
    "coverage.visibility-needs": visibility_needs,
    "coverage.unlocking-log-sources": unlocking_log_sources,
    "coverage.environment-by-log-source": environment_by_log_source,
    "coverage.environment-platforms": environment_platforms,
    "coverage.declared-log-sources": declared_log_sources,
    "coverage.blind-without": blind_without,
    "missing.covered-without-telemetry": covered_without_telemetry,
    "releases.environments": declared_log_sources,
    "coverage.environment-entries": environment_entries,
    "coverage.nearest-rules": nearest_rules,
    "trace.claims": trace_claims,
    "trace.telemetry": trace_telemetry,
}
"""Question -> what fails where it does not agree with the pairs, or with the environment."""


def returns_states(question: AnyQuestion) -> bool:
    """Tell whether a question returns a state, a placement, or counts by one."""
    named = {"state", "placement", *STATES} & set(question.columns)
    return bool(named) or any(
        column.partition("_")[2] in ("covered", "placed", *STATES) for column in question.columns
    )


def reads_an_environment(question: AnyQuestion) -> bool:
    """Tell whether a question is about an environment; one that can be narrowed to one has none in its example."""
    narrowed = "environment: null" in question.file.example
    return "environment" in question.columns or ("environment" in question.file.placeholders and not narrowed)


def test_every_question_with_states_or_an_environment_has_a_check() -> None:
    found = {name for name, each in CATALOG.items() if returns_states(each) or reads_an_environment(each)}
    assert found - set(CHECKS) == set()


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("name", CHECKS)
def test_it_agrees_with_the_coverage(told: dict[str, Told], name: str, release: str) -> None:
    CHECKS[name](told[release])

"""Detections, environments and annotations in a real graph: stored whole, checked, removed without trace."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from graph.errors import InputRejectedError, NotFoundError
from graph.holding.change import Outcome
from graph.server.connection import Graph
from loaders.reading.one_file import SourceFile
from loaders.reading.sources import read_file
from loaders.report import LoadReport
from loaders.terms import Terms
from tests.loads import (
    load_annotations,
    load_attack,
    load_detections,
    load_environment,
    remove_annotations,
    remove_environment,
    remove_set,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).parents[3] / "loaders" / "sample" / "enterprise-attack-18.1-sample.json"
REPLACE, DRY_RUN = Terms(replace=True), Terms(dry_run=True)

DETECTIONS = """
format: native-detections/1
attack_domain: enterprise-attack
attack_version: "18.1-?"
generated: 2026-05-23
sources:
  - {key: guard, name: Guard, cloud: aws, kind: threat-detection, platforms: [IaaS]}
  - {key: posture, name: Posture, cloud: multi}
detections:
  - {source: guard, finding: TokenTheft, severity: high, techniques: [{id: T1528, confidence: 0.7, basis: tested}]}
  - {source: guard, finding: Old, status: retired, techniques: [{id: T1528, confidence: 0.2}]}
  - {source: posture, count: 3, techniques: [{id: T1528, confidence: 0.25}, {id: T9998, confidence: 1}]}
""".replace("18.1-?", "18.1")
ENVIRONMENT = """
format: environment/1
name: soc
platforms: [IaaS, Identity Provider, Iaas]
log_sources:
  - {name: "Azure:SigninLogs", status: collected, since: 2026-01-15}
  - {name: "acme:doors", status: planned, note: soon}
enabled:
  - {select: {set: [findings], source: [Guard]}, since: 2026-02-01}
  - {id: findings/guard/Old, enabled: false}
  - {id: guard/TokenTheft, validated: {state: tested, on: 2026-03-01, note: by hand}}
  - {select: {set: [nothing-of-that-name]}}
placements:
  - {select: {source: [posture, guard]}, platforms: [SaaS, IaaS]}
"""
ANNOTATIONS = """
format: attack-annotations/1
attack_domain: enterprise-attack
attack_version: "18.1"
annotations:
  - id: reading-1
    object: {attack_id: AN0496, object_version: "1.0"}
    author: team
    created: 2026-05-23
    confidence: medium
    executive_priority: {level: high, text: Matters.}
    likely_telemetry:
      - Audit logs
      - {text: Tokens, refs: [DC0002, DC9998], log_source: "azure:signinlogs"}
    mitigation_priorities: [{text: Doors, log_source: "acme:doors"}]
    limits: The object's own fields only.
    claims: [{field: tactics, expect: [credential-access]}]
"""


def file(text: str, name: str = "findings.yaml") -> SourceFile:
    return SourceFile(name, text.encode(), "0" * 64)


def sample(graph: Graph) -> None:
    load_attack(graph, read_file(str(SAMPLE)))


def counts(graph: Graph) -> dict[str, int]:
    nodes = graph.read("MATCH (n) WHERE NOT n:LoadLock UNWIND labels(n) AS name RETURN name, count(*) AS n")
    edges = graph.read("MATCH ()-[r]->() RETURN type(r) AS name, count(*) AS n")
    return {str(row["name"]): int(str(row["n"])) for row in (*nodes, *edges)}


def notes(report: LoadReport) -> dict[str, str]:
    """Code -> place of each problem that is told."""
    return {each.code: each.pointer for each in report.problems}


class TestDetections:
    def test_stored_and_resolved(self, graph: Graph) -> None:
        sample(graph)
        report = load_detections(graph, file(DETECTIONS))
        assert (report.key, report.outcome, report.items, report.stored, report.reported) == (
            "findings@2026-05-23",
            Outcome.LOADED,
            3,
            3,
            0,
        )
        rows = graph.read(
            "MATCH (s:EvidenceSet:DetectionSet {current: true})-[:CONTAINS]->(d:Evidence:Detection)"
            "-[c:CLAIMS {category: 'detect'}]->(:AttackId {id: 'T1528'})-[:RESOLVES_TO]->(t:Technique) "
            "MATCH (d)-[:REPORTED_BY]->(n:NativeSource) "
            "RETURN n.name AS source, d.count AS count, d.counted AS counted, c.confidence AS confidence, "
            "c.as_of AS as_of, c.origin_pointer AS pointer, d.platforms AS platforms ORDER BY pointer"
        )
        assert rows == [
            {
                "source": "Guard",
                "count": 1,
                "counted": True,
                "confidence": 0.7,
                "as_of": "2026-05-23",
                "pointer": "/detections/0/techniques/0",
                "platforms": ["IaaS"],
            },
            {
                "source": "Guard",
                "count": 1,
                "counted": False,
                "confidence": 0.2,
                "as_of": "2026-05-23",
                "pointer": "/detections/1/techniques/0",
                "platforms": ["IaaS"],
            },
            {
                "source": "Posture",
                "count": 3,
                "counted": True,
                "confidence": 0.25,
                "as_of": "2026-05-23",
                "pointer": "/detections/2/techniques/0",
                "platforms": None,
            },
        ]

    def test_whatever_the_order_of_loading(self, graph: Graph) -> None:
        load_detections(graph, file(DETECTIONS))
        sample(graph)
        after = counts(graph)
        remove_set(graph, "findings@2026-05-23")
        load_detections(graph, file(DETECTIONS))
        assert counts(graph) == after

    def test_same_content_again_other_content_and_replace(self, graph: Graph) -> None:
        load_detections(graph, file(DETECTIONS))
        before = counts(graph)
        assert load_detections(graph, file(DETECTIONS)).outcome is Outcome.UNCHANGED
        fewer = "\n".join(line for line in DETECTIONS.splitlines() if "Old" not in line)
        with pytest.raises(InputRejectedError, match=r"is loaded with other content .*--replace"):
            load_detections(graph, file(fewer))
        assert counts(graph) == before
        assert load_detections(graph, file(fewer), terms=REPLACE).outcome is Outcome.REPLACED
        assert counts(graph)["Detection"] == 2
        assert counts(graph)["Raw"] == 1

    def test_an_empty_set_replaces_nothing(self, graph: Graph) -> None:
        load_detections(graph, file(DETECTIONS))
        before = counts(graph)
        empty = DETECTIONS[: DETECTIONS.index("detections:\n")] + "detections: []\n"
        with pytest.raises(InputRejectedError, match="nothing in it can be loaded"):
            load_detections(graph, file(empty), terms=REPLACE)
        assert counts(graph) == before

    def test_dry_run_stores_nothing(self, graph: Graph) -> None:
        report = load_detections(graph, file(DETECTIONS), terms=DRY_RUN)
        assert (report.outcome, report.stored) == (Outcome.CHECKED, 3)
        assert counts(graph) == {}

    def test_load_and_remove_is_the_empty_graph(self, graph: Graph) -> None:
        load_detections(graph, file(DETECTIONS))
        remove_set(graph, "findings@2026-05-23")
        assert counts(graph) == {}
        with pytest.raises(NotFoundError, match="is not loaded"):
            remove_set(graph, "findings@2026-05-23")

    def test_the_newest_version_is_current(self, graph: Graph) -> None:
        def current() -> list[object]:
            return [
                row["v"] for row in graph.read("MATCH (s:EvidenceSet {current: true}) RETURN s.version AS v")
            ]

        for version in ("9.0", "10.0", "8.2"):
            load_detections(graph, file(DETECTIONS), set_version=version)
        load_detections(graph, file(DETECTIONS), set_name="other", set_version="1")
        assert sorted(map(str, current())) == ["1", "10.0"]
        remove_set(graph, "findings@10.0")
        assert sorted(map(str, current())) == ["1", "9.0"]
        assert counts(graph)["Raw"] == 1

    def test_notes(self, graph: Graph) -> None:
        report = load_detections(graph, file(DETECTIONS))
        assert notes(report) == {"release-not-loaded": "line 4"}
        assert counts(graph).get("Problem", 0) == 0

    def test_identifiers_that_mean_nothing_or_something_else(self, graph: Graph, data: Path) -> None:
        load_attack(graph, read_file(str(data / "attack" / "enterprise-attack-18.1.json.gz")))
        report = load_detections(graph, file(DETECTIONS.replace("T9998", "T1053.001")))
        assert notes(report) == {"revoked-id": "line 12"}
        assert "it counts for T1053.002" in report.problems[0].message
        report = load_detections(graph, file(DETECTIONS), set_version="2")
        assert notes(report) == {"unresolved-id": "line 12"}


class TestEnvironment:
    def test_stored_selected_and_noted(self, graph: Graph) -> None:
        sample(graph)
        load_detections(graph, file(DETECTIONS))
        report = load_environment(graph, file(ENVIRONMENT))
        assert (report.key, report.items, report.stored) == ("soc", 10, 10)
        assert [(each.code, each.pointer) for each in report.problems] == [
            ("unknown-platform", "line 4"),
            ("unknown-log-source", "line 7"),
            ("selected", "line 9"),
            ("selected", "line 10"),
            ("selected", "line 11"),
            ("nothing-selected", "line 12"),
        ]
        assert "did you mean 'IaaS'" in report.problems[0].message
        assert "matches 2 pieces of evidence" in report.problems[2].message
        rows = graph.read(
            "MATCH (e:Environment {key: 'soc'})-[x:ENABLES|VALIDATED|PLACES]->(d:Evidence) "
            "RETURN type(x) AS type, d.id AS id, properties(x) AS properties ORDER BY type"
        )
        assert rows == [
            {"type": "ENABLES", "id": "guard/TokenTheft", "properties": {}},
            {
                "type": "PLACES",
                "id": "posture/unlisted:T1528+T9998",
                # Under the names of every release: IaaS was AWS, Azure and GCP up to 8.
                "properties": {"platforms": ["SaaS", "IaaS", "AWS", "Azure", "GCP"]},
            },
            {
                "type": "VALIDATED",
                "id": "guard/TokenTheft",
                "properties": {"state": "tested", "on": "2026-03-01", "note": "by hand"},
            },
        ]
        collected = graph.read(
            "MATCH (:Environment)-[c:COLLECTS]->(s:LogSource) "
            "RETURN s.key AS key, s.canonical AS canonical, c.status AS status, c.sees AS sees ORDER BY key"
        )
        assert collected == [
            {"key": "acme:doors", "canonical": "acme:doors", "status": "planned", "sees": False},
            {
                "key": "azure:signinlogs",
                "canonical": "azure:signinlogs",
                "status": "collected",
                "sees": True,
            },
        ]

    def test_selectors_follow_the_sets(self, graph: Graph) -> None:
        load_environment(graph, file(ENVIRONMENT))
        assert "ENABLES" not in counts(graph)
        report = load_detections(graph, file(DETECTIONS))
        said = [str(each) for each in report.problems if each.code == "selection"]
        assert said[0] == "environment soc: /enabled/0: selection: matches 2 pieces of evidence now, 0 before"
        after = counts(graph)
        assert after["ENABLES"] == 1
        assert (
            load_detections(graph, file(DETECTIONS + "\n# again\n"), terms=REPLACE).outcome
            is Outcome.REPLACED
        )
        assert counts(graph) == after
        load_detections(graph, file(DETECTIONS), set_version="2027-01-01")
        enabled = graph.read("MATCH (:Environment)-[:ENABLES]->(d) RETURN d.set AS set")
        assert enabled == [{"set": "findings@2027-01-01"}]
        remove_set(graph, "findings@2027-01-01")
        assert counts(graph) == after
        remove_set(graph, "findings@2026-05-23")
        assert "ENABLES" not in counts(graph)

    def test_a_pinned_version_stays_selected(self, graph: Graph) -> None:
        pinned = ENVIRONMENT.replace("set: [findings]", 'set: ["findings@2026-05-23"]')
        load_environment(graph, file(pinned))
        load_detections(graph, file(DETECTIONS))
        load_detections(graph, file(DETECTIONS), set_version="2027-01-01")
        selected = graph.read("MATCH (e:Environment) RETURN e.selected AS selected")[0]["selected"]
        assert selected == [2, 1, 1, 0]

    def test_same_again_refused_replaced_removed(self, graph: Graph) -> None:
        load_environment(graph, file(ENVIRONMENT))
        before = counts(graph)
        assert load_environment(graph, file(ENVIRONMENT)).outcome is Outcome.UNCHANGED
        less = ENVIRONMENT.replace("platforms: [IaaS, Identity Provider, Iaas]", "platforms: [SaaS]")
        with pytest.raises(InputRejectedError, match=r"soc is loaded with other content .*; use --replace"):
            load_environment(graph, file(less))
        assert counts(graph) == before
        assert load_environment(graph, file(less), DRY_RUN).outcome is Outcome.CHECKED
        assert counts(graph) == before
        assert load_environment(graph, file(less), REPLACE).outcome is Outcome.REPLACED
        assert counts(graph)["Platform"] == 1
        remove_environment(graph, "soc")
        assert counts(graph) == {}
        with pytest.raises(NotFoundError):
            remove_environment(graph, "soc")


class TestAnnotations:
    def test_stored_and_noted(self, graph: Graph) -> None:
        sample(graph)
        report = load_annotations(graph, file(ANNOTATIONS, "notes.yaml"))
        assert (report.key, report.outcome, report.stored) == ("notes", Outcome.LOADED, 1)
        assert notes(report) == {"unresolved-id": "line 14", "unknown-log-source": "line 15"}
        (row,) = graph.read(
            "MATCH (a:Annotation)-[:ABOUT]->(i:AttackId) "
            "MATCH (a)<-[:CONTAINS]-(:AnnotationSet {key: 'notes', stored: 1, claims: 1})-[:HAS_RECORD]->(raw) "
            "RETURN a.key AS key, i.id AS id, a.stix_id AS stix_id, a.likely_telemetry AS telemetry, "
            "a.claims AS claims, raw.text AS text, "
            "COLLECT { MATCH (a)-[:CITES]->(x) RETURN coalesce(x.id, x.key) AS name ORDER BY name } AS cites"
        )
        assert row == {
            "key": "reading-1",
            "id": "AN0496",
            "stix_id": "x-mitre-analytic--0b8b8557-0393-4c63-963f-e5a3b5cc6ad8",
            "telemetry": ["Audit logs", "Tokens"],
            "claims": ['{"field":"tactics","expect":["credential-access"]}'],
            "text": ANNOTATIONS,
            "cites": ["DC0002", "DC9998", "acme:doors", "azure:signinlogs"],
        }

    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            (
                '"18.1"',
                '"19.1"',
                "line 4: release-not-loaded: /attack_version: enterprise-attack@19.1 is not loaded",
            ),
            ("AN0496", "AN9998", "line 7: no-such-object: .*has no AN9998"),
            ('"1.0"', '"7.0"', "line 7: object-mismatch: .*AN0496 has 1.0 in .*, not 7.0"),
            (
                "AN0496,",
                "AN0496, stix_id: x-mitre-analytic--00000000-0393-4c63-963f-e5a3b5cc6ad8,",
                "line 7: object-mismatch: .*stix_id: AN0496 has x-mitre-analytic--0b8b8557",
            ),
            ('"1.0"', f'"1.0", content_sha256: "{"0" * 64}"', "line 7: object-mismatch: .*content_sha256"),
        ],
    )
    def test_refused_where_the_graph_says_otherwise(
        self, graph: Graph, old: str, new: str, words: str
    ) -> None:
        sample(graph)
        before = counts(graph)
        with pytest.raises(InputRejectedError, match=words):
            load_annotations(graph, file(ANNOTATIONS.replace(old, new)))
        assert counts(graph) == before

    def test_same_again_refused_replaced_removed(self, graph: Graph) -> None:
        sample(graph)
        empty = counts(graph)
        load_annotations(graph, file(ANNOTATIONS))
        before = counts(graph)
        assert load_annotations(graph, file(ANNOTATIONS)).outcome is Outcome.UNCHANGED
        other = ANNOTATIONS.replace("medium", "low")
        with pytest.raises(InputRejectedError, match="loaded with other content"):
            load_annotations(graph, file(other))
        with pytest.raises(InputRejectedError, match=r"duplicate: .*reading-1 is loaded from findings"):
            load_annotations(graph, file(other), set_name="others")
        assert load_annotations(graph, file(other), terms=DRY_RUN).outcome is Outcome.CHECKED
        assert load_annotations(graph, file(other), terms=REPLACE).outcome is Outcome.REPLACED
        assert counts(graph) == before
        remove_annotations(graph, "findings")
        assert counts(graph) == empty
        with pytest.raises(NotFoundError):
            remove_annotations(graph, "findings")


class TestPublishedExamples:
    """The files of the folder `formats` beside the data, against the sample."""

    def test_all_good_ones_load(self, graph: Graph, data: Path) -> None:
        sample(graph)
        good = data.parent / "formats" / "good"
        load_detections(graph, read_file(str(good / "native-detections.yaml")))
        load_annotations(graph, read_file(str(good / "annotations.yaml")))
        load_environment(graph, read_file(str(good / "environment.yaml")))
        rows = graph.read(
            "MATCH (t:Technique)<-[:RESOLVES_TO]-(:AttackId {id: 'T1528'})<-[c:CLAIMS]-(d:Detection) "
            "MATCH (d)-[:REPORTED_BY]->(s) "
            "RETURN s.name AS source, sum(d.count) AS findings, "
            "sum(c.confidence * c.count) / sum(c.count) AS confidence ORDER BY source"
        )
        assert [
            (row["source"], row["findings"], round(float(str(row["confidence"])), 3)) for row in rows
        ] == [
            ("AWS Macie", 2, 0.88),
            ("Azure Policy", 3, 0.85),
            ("Azure Regulatory Compliance", 1, 0.9),
            ("GCP Chronicle", 1, 0.9),
            ("Microsoft Defender for Cloud", 3, 0.85),
        ]

    def test_all_bad_ones_are_refused_with_nothing_stored(self, graph: Graph, data: Path) -> None:
        sample(graph)
        before = counts(graph)
        loads: dict[str, Callable[[Graph, SourceFile], LoadReport]] = {
            "native-detections/1": load_detections,
            "environment/1": load_environment,
            "attack-annotations/1": load_annotations,
        }
        bad = sorted((data.parent / "formats" / "bad").iterdir())
        assert len(bad) == 12
        for path in bad:
            first = path.read_text("utf-8").splitlines()[0]
            load = loads[str(yaml.safe_load(first)["format"])]
            with pytest.raises(
                InputRejectedError, match=rf"{path.name}: line \d+( column \d+)?: [a-z-]+: [^\n]*$"
            ):
                load(graph, read_file(str(path)))
            assert counts(graph) == before, path.name

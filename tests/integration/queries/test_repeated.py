"""The same rule in several sets in use counts once, and the answer says so."""

from pathlib import Path

import pytest

from graph.server.connection import Graph
from loaders.reading.one_file import SourceFile
from queries.ask import ask
from queries.params import OfObject, OfRelease
from queries.questions.coverage.environment import (
    ENVIRONMENT,
    ENVIRONMENT_BY_LOG_SOURCE,
    TechniqueHere,
    TechniquesHere,
)
from queries.questions.coverage.technique import (
    REPEATED,
    TECHNIQUE,
    TECHNIQUE_BY_LOG_SOURCE,
    TechniqueEvidence,
)
from queries.questions.coverage.thin import EXPERIMENTAL_ONLY
from queries.questions.coverage.totals import BY_LOG_SOURCE, BY_TECHNIQUE, SetEvidence, TechniquesEvidence
from tests.integration.queries.small_sets import load_release, technique
from tests.loads import load_environment, load_sigma, remove_set

RULE = """
title: Token Taken By An App
id: 23232323-aaaa-4bbb-8ccc-00000000000{number}
status: experimental
tags: [{tags}]
logsource: {{product: azure, service: auditlogs}}
detection: {{sel: {{operationName: Consent}}, condition: sel}}
"""
HOME = b"""format: environment/1
name: home
platforms: [Identity Provider]
log_sources:
  - {name: "sigma:azure//auditlogs", status: collected}
enabled:
  - select: {set: [upstream, fork]}
"""
PLATFORM = "Identity Provider"


@pytest.fixture
def release(graph: Graph) -> str:
    return load_release(graph, "18.1", technique("T1528", PLATFORM), technique("T1550", PLATFORM))


def load(graph: Graph, folder: Path, name: str, *tags: str, number: int = 1) -> list[str]:
    path = folder / f"{name}.yml"
    path.write_text(RULE.format(number=number, tags=", ".join(tags)))
    return [str(each) for each in load_sigma(graph, str(path), set_name=name, set_version="1").problems]


def detections(graph: Graph, release: str, attack_id: str = "T1528") -> set[int]:
    """How many detections each answer with a number of them states."""
    about = TechniqueEvidence(release, attack_id)
    every = {row.technique_id: row.detect for row in ask(graph, BY_TECHNIQUE, TechniquesEvidence(release))}
    by_log = ask(graph, TECHNIQUE_BY_LOG_SOURCE, about)
    return {
        sum(row.detect for row in ask(graph, TECHNIQUE, about)),
        every[attack_id],
        sum(row.rules for row in by_log),
    }


def test_the_same_rule_in_two_sets_counts_once(graph: Graph, release: str, tmp_path: Path) -> None:
    load(graph, tmp_path, "upstream", "attack.t1528")
    said = load(graph, tmp_path, "fork", "attack.t1528")
    assert any("1 rule is in upstream@1 too, which is in use; each counts once" in each for each in said)
    assert detections(graph, release) == {1}
    assert {row.rules for row in ask(graph, BY_LOG_SOURCE, SetEvidence(release))} == {1}
    (row,) = ask(graph, REPEATED, OfObject(release, "T1528"))
    assert (row.rules, row.sets) == (1, ("fork@1", "upstream@1"))


def test_an_environment_and_thin_coverage_count_it_once(graph: Graph, release: str, tmp_path: Path) -> None:
    for name in ("upstream", "fork"):
        load(graph, tmp_path, name, "attack.t1528")
    load_environment(graph, SourceFile("home.yaml", HOME, "0" * 64))
    (thin,) = ask(graph, EXPERIMENTAL_ONLY, OfRelease(release))
    assert (thin.evidence, thin.sets) == (1, ("fork@1", "upstream@1"))
    here = ask(graph, ENVIRONMENT, TechniqueHere(release, "home", "T1528"))
    assert sum(row.detect for row in here) == 1
    by_log = {
        row.log_source: row.rules
        for row in ask(graph, ENVIRONMENT_BY_LOG_SOURCE, TechniquesHere(release, "home"))
    }
    assert list(by_log.values()) == [1]


def test_it_counts_on_after_one_of_them_is_removed(graph: Graph, release: str, tmp_path: Path) -> None:
    for name in ("upstream", "fork"):
        load(graph, tmp_path, name, "attack.t1528")
    remove_set(graph, "upstream@1")
    assert detections(graph, release) == {1}
    assert ask(graph, REPEATED, OfObject(release, "T1528")) == []


def test_what_only_the_fork_claims_counts(graph: Graph, release: str, tmp_path: Path) -> None:
    load(graph, tmp_path, "upstream", "attack.t1528")
    load(graph, tmp_path, "fork", "attack.t1528", "attack.t1550")
    assert detections(graph, release) == detections(graph, release, "T1550") == {1}


def test_two_rules_are_two(graph: Graph, release: str, tmp_path: Path) -> None:
    load(graph, tmp_path, "upstream", "attack.t1528")
    assert not any("counts once" in each for each in load(graph, tmp_path, "other", "attack.t1528", number=2))
    assert detections(graph, release) == {2}

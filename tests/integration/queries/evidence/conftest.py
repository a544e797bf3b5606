"""A graph with real releases, rules and mappings in it, loaded once for all tests of this folder.

A test that adds to it removes what it added.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.server.connection import Graph, connect
from graph.server.settings import Target
from loaders.reading.one_file import SourceFile
from loaders.reading.sources import read_file
from queries.ask import ask
from queries.questions.coverage.totals import BY_TACTIC, TacticsEvidence, TacticTotal
from tests.conftest import wipe
from tests.loads import load_attack, load_ctid, load_environment, load_sigma

NEWEST = ("aws-12.12.2024", "azure-04.26.2025", "gcp-03.06.2025", "m365-07.18.2025")
ENVIRONMENT_FILE = b"""format: environment/1
name: cloud-soc
platforms: [Identity Provider, IaaS, Office Suite, SaaS, Windows]
log_sources:
  - {name: "azure:signinlogs", status: collected}
  - {name: "azure:audit", status: collected}
  - {name: "m365:unified", status: partial}
  - {name: "AWS:CloudTrail", status: planned}
enabled:
  - select: {set: [sigmahq], product: [azure], status: [stable, test]}
  - id: 9b2cc4c4-2ad4-416d-8e8e-ee6aa6f5035a
    enabled: false
"""


@pytest.fixture(scope="package")
def rules(server: Target, data: Path) -> Iterator[Graph]:
    """18.1 and 19.1 with the Sigma release."""
    with connect(server, patience=20) as graph:
        wipe(graph)
        for version in ("18.1", "19.1"):
            bundle = read_file(str(data / "attack" / f"enterprise-attack-{version}.json.gz"))
            load_attack(graph, bundle, release=version)
        load_sigma(graph, str(data / "sigma" / "sigma-rules-r2026-04-01.zip"))
        yield graph
        wipe(graph)


@pytest.fixture(scope="package")
def tactics_by_rules_alone(rules: Graph) -> dict[str, TacticTotal]:
    """Coverage of 19.1 by tactic before any mapping is loaded."""
    return {row.tactic: row for row in ask(rules, BY_TACTIC, TacticsEvidence("enterprise-attack@19.1"))}


@pytest.fixture(scope="package")
def evidence(rules: Graph, tactics_by_rules_alone: dict[str, TacticTotal], data: Path) -> Graph:
    """The rules and the four newest provider mappings; read only but for what a test adds."""
    assert tactics_by_rules_alone, "asked before the mappings are there"
    load_ctid(rules, [str(data / "ctid" / f"{name}_attack-16.1-enterprise.json") for name in NEWEST])
    load_environment(rules, SourceFile("environment.yaml", ENVIRONMENT_FILE, "0" * 64))
    return rules

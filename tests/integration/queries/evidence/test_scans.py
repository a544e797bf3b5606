"""No question scans a label on real evidence either, where rules, claims and log sources are there."""

from collections.abc import Iterator
from importlib.resources import files

import pytest

from graph.server.connection import Graph
from loaders.reading.sources import read_file
from queries.catalog import CATALOG
from tests.integration.queries.scans import scanned
from tests.loads import load_detections, remove_set


@pytest.fixture(scope="module")
def findings(evidence: Graph) -> Iterator[Graph]:
    """The real rules and mappings, with findings of cloud products."""
    sample = load_detections(evidence, read_file(str(files("loaders.sample") / "sample-detections.yaml")))
    yield evidence
    remove_set(evidence, sample.key)


@pytest.mark.parametrize("name", CATALOG)
def test_it_never_scans_where_an_index_serves(findings: Graph, name: str) -> None:
    question = CATALOG[name]
    given = findings.read(f"RETURN {question.file.example} AS given")[0]["given"]
    assert isinstance(given, dict)
    assert not scanned(findings, question, given)

"""What the Browser writes on a node beside its name: the release, while several are loaded."""

import pytest

from graph.holding.publish import remove
from graph.holding.releases import RELEASE
from graph.server.connection import Graph
from tests.integration.queries.small_sets import load_release, technique

MOBILE = "mobile-attack"


def shown(graph: Graph) -> dict[str, object]:
    """Release -> what its techniques show of it."""
    rows = graph.read("MATCH (t:Technique) RETURN t.release AS release, t.shown_release AS shown")
    return {str(row["release"]): row["shown"] for row in rows}


def load(graph: Graph, version: str, domain: str = "enterprise-attack") -> str:
    return load_release(graph, version, technique("T1528", "IaaS"), domain=domain)


def test_captions_carry_the_release_while_several_are_loaded(graph: Graph) -> None:
    newer = load(graph, "18.1")
    assert shown(graph) == {newer: None}
    older = load(graph, "17.1")
    assert shown(graph) == {newer: "18.1", older: "17.1"}
    mobile = load(graph, "18.1", MOBILE)
    assert shown(graph) == {newer: "enterprise 18.1", older: "enterprise 17.1", mobile: "mobile 18.1"}
    remove(graph, RELEASE, mobile)
    assert shown(graph) == {newer: "18.1", older: "17.1"}
    remove(graph, RELEASE, newer)
    assert shown(graph) == {older: None}


@pytest.mark.parametrize(
    ("others", "expected"), [(["17.1-sample"], "18.1"), (["18.1"], "18.1-sample"), ([], None)]
)
def test_samples_are_called_that_only_beside_real_releases(
    graph: Graph, others: list[str], expected: str | None
) -> None:
    for version in others:
        load(graph, version)
    sample = load(graph, "18.1-sample")
    assert shown(graph)[sample] == expected

"""What is worked out for all techniques is, to the last bit, what the question answers for one."""

import pytest

from graph.server.connection import Graph
from queries.answers.telemetry import telemetry
from queries.ask import ask
from queries.params import OfObject
from queries.questions.related.methods import METHODS


@pytest.mark.parametrize(
    "release", ["enterprise-attack@17.1", "enterprise-attack@19.1", "ics-attack@18.1", "mobile-attack@17.1"]
)
def test_telemetry_of_all_is_that_of_each(loaded: Graph, release: str) -> None:
    every = telemetry(loaded, release)
    assert every.names
    for technique_id in sorted(every.names)[::40]:
        alone = ask(loaded, METHODS["telemetry"], OfObject(release, technique_id))
        assert every.related(technique_id) == alone

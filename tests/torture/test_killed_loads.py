"""Loads that are killed at one moment after another leave the old graph or the new one, never one between."""

import signal
import time

import pytest

from graph.server.connection import Graph
from graph.server.settings import Target
from loaders.reading.sources import read_file
from tests.graphs import snapshot
from tests.integration.loaders.attack.test_interrupted import (
    LONGEST,
    OLD,
    as_environment,
    loading,
    wait_until_at_work,
)
from tests.loads import load_attack, remove_release
from tests.real_data import RealFile

ROUNDS = 20
STEP = 0.05
"""Seconds that each round lets the transaction run longer than the one before."""

pytestmark = pytest.mark.torture


def test_a_load_that_is_killed_at_any_moment_leaves_the_old_graph_or_the_new_one(
    graph: Graph, server: Target, data: RealFile
) -> None:
    file = data / "attack" / "ics-attack-18.1.json.gz"
    load_attack(graph, OLD)
    old = snapshot(graph)
    key = load_attack(graph, read_file(str(file))).key
    new = snapshot(graph)
    remove_release(graph, key)
    assert snapshot(graph) == old
    for number in range(ROUNDS):
        with loading(file, as_environment(server)) as process:
            wait_until_at_work(graph)
            time.sleep(number * STEP)
            process.send_signal(signal.SIGKILL)
            process.wait(LONGEST)
        found = snapshot(graph)
        assert found in (old, new), f"round {number}"
        if found == new:
            remove_release(graph, key, wait=LONGEST)
    with loading(file, as_environment(server)) as process:
        assert process.wait(LONGEST) == 0
    assert snapshot(graph) == new

"""Loads that are killed, or meet each other: readers see the old state or the new one, never a half."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.engine.configuration import Memory
from graph.engine.places import Places
from graph.engine.server import Options, start
from graph.errors import LockedError
from graph.holding.change import Outcome
from graph.holding.writer import Writer, in_one_transaction, prepare
from graph.server.connection import Graph, Lookup, connect
from graph.server.settings import Target
from loaders.terms import Terms
from tests.bundles import as_source, bundle, thing
from tests.conftest import ANY_PORTS, target_of
from tests.graphs import snapshot
from tests.loads import load_attack

OLD = as_source(bundle(thing("attack-pattern", "Steal", "T1528"), version="0.9"))
AT_WORK = (
    "SHOW TRANSACTIONS YIELD metaData WHERE metaData.purpose STARTS WITH 'load release' RETURN count(*) AS n"
)
LONGEST = 120.0


def as_environment(target: Target) -> dict[str, str]:
    return {
        **os.environ,
        "NEO4J_URI": target.uri,
        "NEO4J_USERNAME": target.username,
        "NEO4J_PASSWORD": target.password,
    }


@contextmanager
def loading(file: Path, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A `sightline load attack` of its own process, ended with the block."""
    words = [sys.executable, "-m", "cli", "load", "attack", "-q", str(file)]
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def wait_until_at_work(graph: Graph) -> None:
    deadline = time.monotonic() + LONGEST
    while not graph.read(AT_WORK)[0]["n"]:
        assert time.monotonic() < deadline, "the load never began"
        time.sleep(0.02)


def test_a_killed_loader_leaves_the_old_state_and_the_same_load_then_succeeds(
    graph: Graph, server: Target, data: Path
) -> None:
    file = data / "attack" / "ics-attack-18.1.json.gz"
    load_attack(graph, OLD)
    before = snapshot(graph)
    with loading(file, as_environment(server)) as process:
        wait_until_at_work(graph)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert snapshot(graph) == before
    with loading(file, as_environment(server)) as process:
        assert process.wait(LONGEST) == 0
    assert graph.read("MATCH (r:Release) RETURN count(r) AS n") == [{"n": 2}]


@pytest.mark.torture
def test_a_killed_server_comes_back_with_the_old_state_and_the_same_load_then_succeeds(
    private_places: Places, data: Path
) -> None:
    file = data / "attack" / "ics-attack-18.1.json.gz"
    settings = Options(memory=Memory(heap="512m", page_cache="64m", short_lived=True), ports=ANY_PORTS)
    started = start(private_places, settings)
    target = target_of(private_places, started.state.bolt_port)
    with connect(target, patience=30) as graph:
        load_attack(graph, OLD)
        before = snapshot(graph)
        with loading(file, as_environment(target)) as process:
            wait_until_at_work(graph)
            os.kill(int(str(started.state.pid)), signal.SIGKILL)
            assert process.wait(LONGEST) in (4, 10)
    again = start(private_places, settings)
    target = target_of(private_places, again.state.bolt_port)
    with connect(target, patience=30) as graph:
        assert snapshot(graph) == before
        with loading(file, as_environment(target)) as process:
            assert process.wait(LONGEST) == 0


def test_of_two_loaders_one_wins_and_the_other_is_told_who(graph: Graph, server: Target) -> None:
    prepare(graph)
    holds, release = threading.Event(), threading.Event()

    def hold() -> None:
        def work(writer: Writer) -> None:
            del writer
            holds.set()
            release.wait(LONGEST)

        with connect(server, patience=30) as other:
            in_one_transaction(
                other, "load attack the-other@1.0", work, landed=Lookup("RETURN true AS landed"), wait=30
            )

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert holds.wait(LONGEST)
        with pytest.raises(LockedError, match=r"load attack the-other@1\.0"):
            load_attack(graph, OLD, terms=Terms(wait=0.5))
    finally:
        release.set()
        thread.join(LONGEST)
    assert load_attack(graph, OLD, terms=Terms(wait=30)).outcome is Outcome.LOADED

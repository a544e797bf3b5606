"""The README's first session, word for word, on real data; and its three queries."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from graph.server.connection import Graph, connect
from graph.server.settings import Target
from tests.conftest import wipe

README = (Path(__file__).parents[2] / "README.md").read_text()
FILES = {
    "enterprise-attack-17.1.json.gz": "attack/enterprise-attack-17.1.json.gz",
    "enterprise-attack-18.1.json.gz": "attack/enterprise-attack-18.1.json.gz",
    "sigma-rules-r2026-04-01.zip": "sigma/sigma-rules-r2026-04-01.zip",
    "ctid": "ctid",
}


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands() -> list[str]:
    return [line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ ")]


def ran(command: str, folder: Path, target: Target) -> subprocess.CompletedProcess[bytes]:
    words = shlex.split(command)
    assert words[0] == "sightline"
    environment = {
        **os.environ,
        "NEO4J_URI": target.uri,
        "NEO4J_USERNAME": target.username,
        "NEO4J_PASSWORD": target.password,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    return subprocess.run(
        [sys.executable, "-m", "cli", *words[1:]],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
    )


@pytest.fixture(scope="module")
def session(server: Target, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the README names, and an empty database."""
    folder = tmp_path_factory.mktemp("first-session")
    for name, place in FILES.items():
        (folder / name).symlink_to(data / place)
    with connect(server, patience=30) as graph:
        wipe(graph)
    return folder


def test_every_command_of_the_first_session_answers(session: Path, server: Target) -> None:
    assert len(commands()) > 10
    for command in commands():
        done = ran(command, session, server)
        assert done.returncode == 0, (command, done.stderr.decode())
        assert done.stdout.strip(), command


@pytest.mark.parametrize("query", blocks("cypher"))
def test_the_queries_to_paste_find_something_after_it(session: Path, server: Target, query: str) -> None:
    del session
    with connect(server, patience=30) as graph:
        if not graph.read("MATCH (r:Release) RETURN r.key"):
            pytest.fail("run together with the first session")
        assert _paths(graph, query)


def _paths(graph: Graph, query: str) -> list[dict[str, object]]:
    found = graph.read(query)
    assert all(row["path"] for row in found)
    return found

"""Before anything is started or loaded, every command says in one line what to do."""

import shlex
from pathlib import Path

import pytest

from cli.topics import TOPICS, Family
from tests.unit.cli.conftest import Sightline

NEEDS_NO_GRAPH = {
    *("demo", "up", "down", "status", "queries", "verify"),
    *("fetch attack", "fetch sigma", "fetch ctid", "fetch elastic", "fetch splunk", "fetch sentinel"),
    *("schema", "mcp"),
}
WORDS = {
    "load attack": "x.json",
    "load sigma": "rules",
    "load sigma-tests": "tests",
    "load elastic": "rules",
    "load splunk": "rules",
    "load sentinel": "rules",
    "load atomic": "atomics",
    "load ctid": "x.json",
    "load detections": "x.yaml",
    "load environment": "x.yaml",
    "load annotations": "x.yaml",
    "remove release": "enterprise-attack@18.1",
    "remove set": "sigmahq@r1",
    "coverage": "T1528",
    "show": "T1528",
    "related": "T1528",
    "why": "T1528 --environment e",
    "history": "T1528",
    "diff": "17.1 18.1",
    "search": "token",
    "raw": "T1528",
    "query": "releases.loaded",
    "cypher": "'RETURN 1'",
    "plan telemetry": "--gain 5",
    "environment init": "soc",
    "plan upgrade": "19.1",
    "trace": "T1528",
    "export page": "T1528",
    "export layer": "coverage",
    "export matrix": "",
    "export site": "site",
    "export workbook": "x.xlsx",
    "check": "rules",
}


ANYWHERE = "there is no Neo4j to connect to; run `sightline up`, or set NEO4J_URI and NEO4J_PASSWORD"
SAID = {"browser": "the local Neo4j does not run; start it with `sightline up`"}
"""`browser` is about the local Neo4j alone: no variable helps there."""


def asking_commands() -> list[str]:
    paths = []
    for members in TOPICS.values():
        for name, member in members.items():
            paths += [f"{name} {each}" for each in member.members] if isinstance(member, Family) else [name]
    return [path for path in paths if path not in NEEDS_NO_GRAPH]


@pytest.mark.parametrize("path", asking_commands())
def test_without_a_server_a_command_says_how_to_start_one(
    real_sightline: Sightline, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, path: str
) -> None:
    for name in ("NEO4J_URI", "NEO4J_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SIGHTLINE_HOME", str(tmp_path))
    run = real_sightline(*path.split(), *shlex.split(WORDS.get(path, "")))
    assert (run.code, run.out) == (4, "")
    assert run.err == f"sightline: {SAID.get(path, ANYWHERE)}\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("coverage", "G0016"), "G0016: coverage takes technique ids"),
        (("related", "nonsense"), "nonsense: related takes technique ids"),
        (("conflicts", "nonsense"), "nonsense: is not an ATT&CK id"),
        (("missing", "--max", "claim-unresolved"), "--max 'claim-unresolved' is not KIND=N"),
        (("load", "detections", "a", "b", "--set", "x"), "'x' cannot name 2 sets"),
        (("queries", "--topic", "nonsense"), "nonsense: no such topic"),
        (("related", "T1528", "--method", "magic"), "Invalid value for '--method'"),
    ],
)
def test_words_that_do_not_fit_are_refused_before_anything_is_asked(
    real_sightline: Sightline, words: tuple[str, ...], said: str
) -> None:
    run = real_sightline(*words)
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"sightline: {said}")
    assert run.err.count("\n") == 1


def test_an_unknown_kind_names_the_nearest(real_sightline: Sightline) -> None:
    run = real_sightline("missing", "claims-unresolved")
    assert run.code == 12
    assert "claim-unresolved" in run.err

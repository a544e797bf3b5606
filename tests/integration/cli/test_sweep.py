"""Every command against a real Neo4j under conditions of the system, and with words of any bytes."""

import json
import os
from dataclasses import replace
from itertools import cycle, islice, product
from pathlib import Path

import pytest

from graph.server.connection import connect
from graph.server.settings import Target
from loaders import sample
from loaders.reading.sources import read_file
from tests.conftest import wipe
from tests.loads import load_attack, load_detections
from tests.sweeping import CONDITIONS, WORDS, Run, every_command, swept

pytestmark = pytest.mark.integration
LOCAL = {"demo", "up", "down", "fetch"}
"""Commands that are not about the server that is named."""
HOSTILE = [
    os.fsdecode(each)
    for each in (b"\xff", b"", b"\n", "\u202e".encode(), b"x" * 5000, b"'", b"[", b"\\u0000")
]


@pytest.fixture(scope="module")
def loaded(server: Target) -> Target:
    with connect(server, patience=20) as graph:
        wipe(graph)
        for path in sample.releases():
            load_attack(graph, read_file(str(path)))
        load_detections(graph, read_file(str(sample.detections())))
    return server


def at(server: Target, home: Path) -> dict[str, str | None]:
    return {
        "SIGHTLINE_HOME": str(home),
        "NEO4J_URI": server.uri,
        "NEO4J_USERNAME": server.username,
        "NEO4J_PASSWORD": server.password,
        "NEO4J_DATABASE": server.database,
    }


ASKING = [words for words in every_command() if words[:1] and words[0] not in LOCAL]


def test_every_command_under_some_condition(loaded: Target, tmp_path: Path) -> None:
    """Each command under three conditions of nine, each condition on a third of the commands."""
    around = cycle(CONDITIONS)
    told([Run(words, condition, at(loaded, tmp_path)) for words in ASKING for condition in islice(around, 3)])


@pytest.mark.torture
def test_every_command_under_every_condition(loaded: Target, tmp_path: Path) -> None:
    told([Run(words, each, at(loaded, tmp_path)) for each, words in product(CONDITIONS, ASKING)])


def told(runs: list[Run]) -> None:
    """Fail where a run says nothing, more than a line, or success though its answer is lost."""
    came = swept(runs)
    assert [each for each in came if not each.is_told] == []
    lost = [
        each.run.words
        for each in came
        if each.run.condition in ("stdout_closed", "stdout_full") and each.code == 0
    ]
    assert set(lost) <= {("mcp",)}, "an answer was lost, and success was told"


def test_words_of_any_bytes(loaded: Target, tmp_path: Path) -> None:
    runs = [
        Run((*path.split(), *words[:place], word, *words[place + 1 :]), "stdin_closed", at(loaded, tmp_path))
        for path, words in WORDS.items()
        for place in range(len(words))
        for word in HOSTILE
        if path.split()[0] not in LOCAL
    ]
    options = ("--release", "--domain", "--format", "--environment", "--platform")
    runs += [
        Run(("coverage", "T1528", option, word), env=at(loaded, tmp_path))
        for option in options
        for word in HOSTILE
    ]
    runs += [
        Run(("cypher", "RETURN $x", "--param", f"x={word}"), env=at(loaded, tmp_path)) for word in HOSTILE
    ]
    runs += [
        Run(("query", "releases.loaded", "--param", f"{word}=1"), env=at(loaded, tmp_path))
        for word in HOSTILE
    ]
    assert [each for each in swept(runs) if not each.is_told] == []


def test_files_with_names_of_any_bytes(loaded: Target, tmp_path: Path) -> None:
    names = [os.fsdecode(each) for each in (b"r\xffle.yml", "\u202etxt.yml".encode(), b"a\nb.yml", b"-x.yml")]
    for name in names:
        (tmp_path / name).write_text("title: x\nid: y\ndetection: {a: b, condition: a}\n")
    runs = [
        Run(("load", "sigma", f"{tmp_path}/{name}", "--set-version", "1", "--set", "bytes")) for name in names
    ]
    runs += [
        Run(("load", kind, f"{tmp_path}/{name}"))
        for kind in ("attack", "ctid", "environment")
        for name in names
    ]
    runs += [Run(("load", "sigma", str(tmp_path), "--set-version", "2", "--set", "bytes")), Run(("sets",))]
    came = swept([replace(run, env=at(loaded, tmp_path)) for run in runs])
    assert [each for each in came if not each.is_told] == []
    assert came[-1].code == 0


def test_a_command_with_many_rows_says_that_the_disk_is_full(loaded: Target, tmp_path: Path) -> None:
    run = Run(("search", "token", "--format", "json"), "stdout_full", at(loaded, tmp_path))
    full, usual = swept([run, replace(run, condition="nothing")])
    assert (full.code, "stdout: cannot write: No space left on device" in full.err) == (8, True)
    assert json.loads(usual.out)

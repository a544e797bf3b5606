"""Kept answers are asked again of their sources: a dozen questions of the sample, and of 18.1 with real sets."""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from cli import app
from cli.replay import compared, words_of
from docs.query_answers import EXAMPLE, load_example
from graph.server.connection import Graph, connect
from graph.server.settings import Target
from loaders.formats import Naming, Source
from loaders.loading import load_source
from loaders.sample import detections, releases
from proofs.answer_file import intact, read_answer
from proofs.replay import load_sources, wanted
from tests.conftest import wipe
from tests.integration.cli.conftest import point_to
from tests.real_data import RealFile
from tests.unit.cli.conftest import Run

DOZEN = (
    ("coverage", "T1528"),
    ("coverage", "T1528", "--evidence"),
    ("coverage", "--by", "tactic"),
    ("show", "T1528"),
    ("raw", "TA0006"),
    ("related", "T1528"),
    ("missing",),
    ("why", "T1528"),
    ("trace", "T1528"),
    ("conflicts",),
    ("history", "T1528"),
    ("search", "application token"),
    ("query", "evidence.products"),
    ("cypher", "MATCH (t:Technique) RETURN t.release AS release, count(t) AS n ORDER BY release"),
    ("sets",),
)
Words = Callable[..., Run]


@pytest.fixture
def sightline(
    server: Target, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> Words:
    point_to(monkeypatch, server)

    def run(*words: str) -> Run:
        code = app.run(words)
        captured = capfdbinary.readouterr()
        return Run(code, captured.out.decode("utf-8"), captured.err.decode("utf-8"))

    return run


@pytest.fixture
def empty(server: Target) -> Iterator[Graph]:
    with connect(server, patience=20) as graph:
        wipe(graph)
        yield graph


def keep(sightline: Words, folder: Path) -> list[Path]:
    """Return the answer files of the dozen, hardly any of which is empty."""
    files, full = [], 0
    for at, words in enumerate(DOZEN):
        files.append(folder / f"{at}.json")
        run = sightline(*words, "--save", str(files[-1]), "--format", "json")
        assert run.code == 0, (words, run.err)
        full += bool(json.loads(run.out))
    assert full > len(DOZEN) - 3
    return files


def replayed(graph: Graph, files: Sequence[Path], sources: Sequence[str]) -> Iterator[tuple[str, list[Any]]]:
    """Load the sources once, in the order that replaying has, and ask each of the files again."""
    answers = [read_answer(file.read_bytes()) for file in files]
    load_sources(graph, wanted(answers[0]), sources)
    for answer in answers:
        assert [each.holds for each in intact(answer)] == [True, True]
        words = words_of(answer["answer"]["command"], answer["answer"]["parameters"])
        yield " ".join(words), list(compared(graph, answer, words))


def example_sources() -> list[str]:
    own = (
        EXAMPLE / "annotations.yaml",
        EXAMPLE / "environment.yaml",
        EXAMPLE / "mapping.json",
        EXAMPLE / "rules",
    )
    return [str(path) for path in (*own, detections(), *reversed(list(releases())))]


def test_a_dozen_answers_of_the_sample(empty: Graph, sightline: Words, tmp_path: Path) -> None:
    load_example(empty)
    files = keep(sightline, tmp_path)
    wipe(empty)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(EXAMPLE / "rules", elsewhere / "rules")
    sources = [str(elsewhere / "rules") if each.endswith("rules") else each for each in example_sources()]
    for words, checks in replayed(empty, files, sources):
        assert len(checks) == 2, words
        assert all(check.holds for check in checks), words


@pytest.mark.torture  # two loads of a release and all rules: a tenth of the whole run
def test_a_dozen_answers_of_a_real_release(
    empty: Graph, sightline: Words, tmp_path: Path, data: RealFile
) -> None:
    bundle = str(data / "attack" / "enterprise-attack-18.1.json.gz")
    mapping = str(data / "ctid" / "aws-12.12.2024_attack-16.1-enterprise.json")
    rules = str(data / "sigma" / "sigma-rules-r2026-04-01.zip")
    environment = str(EXAMPLE / "environment.yaml")
    load_source(empty, "sigma", Source((rules,)))
    load_source(empty, "attack", Source((bundle,)), Naming(release="18.1"))
    load_source(empty, "ctid", Source((mapping,)))
    load_source(empty, "environment", Source((environment,)))
    files = keep(sightline, tmp_path)
    wipe(empty)
    for words, checks in replayed(empty, files, (environment, mapping, rules, bundle)):
        assert all(check.holds for check in checks), words


def test_verify_replays_in_a_database_that_is_named(
    empty: Graph, server: Target, sightline: Words, tmp_path: Path
) -> None:
    load_example(empty)
    file = tmp_path / "answer.json"
    sightline("coverage", "T1528", "--evidence", "--save", str(file))
    named = ("--uri", server.uri, "verify", str(file), "--replay", *example_sources(), "--format", "json")
    full = sightline(*named)
    assert (full.code, "the database is not empty" in full.err) == (2, True)
    wipe(empty)
    run = sightline(*named)
    assert (run.code, json.loads(run.out)["verdict"]) == (0, "replayed"), run.err
    assert not empty.read("MATCH (n) WHERE NOT n:LoadLock RETURN n")

    answer = json.loads(file.read_bytes())
    lacking = sightline(*named[:-3], "--format", "json")
    assert (lacking.code, json.loads(lacking.out)["verdict"]) == (11, "refused")
    assert "which none of the sources is" in lacking.err

    from proofs.answer_file import digest

    answer["rows"][1]["confidence"] = 0.99
    file.write_text(json.dumps({**answer, "digest": digest(answer["answer"], answer["rows"])}))
    run = sightline(*named)
    assert run.code == 11
    assert "row 2 differs in confidence: the answer has 0.99, asked again it is" in run.err
    assert "/rows/1/confidence" in run.err


def test_verify_replays_in_a_private_engine(empty: Graph, sightline: Words, tmp_path: Path) -> None:
    load_example(empty)
    file = tmp_path / "answer.json"
    sightline("coverage", "T1528", "--save", str(file))
    before = empty.read("MATCH (n) RETURN count(n) AS n")
    run = sightline("verify", str(file), "--replay", *example_sources())
    assert run.code == 0, run.err
    assert "replayed" in run.out
    assert empty.read("MATCH (n) RETURN count(n) AS n") == before

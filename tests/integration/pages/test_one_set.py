"""Exports narrowed to one set: their states and pieces are those that `coverage --set` has."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli import app
from graph.server.connection import Graph
from graph.server.settings import Target
from pages.answers import Live
from pages.layer import document
from pages.layer_kinds import Wanted as WantedLayer
from pages.layer_kinds import layer
from pages.links import Alone
from pages.matrix import matrix_picture
from pages.page import MATRIX, WORKBOOK, PageSubject
from pages.single import days, page_file
from pages.site.making import Wanted, site
from pages.views.matrix import matrix
from pages.workbook import sheets
from queries.ahead import Ahead
from queries.answers.narrowing import Narrowing
from queries.ask import ask
from queries.questions.coverage.technique import EVIDENCE, TechniqueEvidence
from queries.questions.coverage.totals import BY_TECHNIQUE, TechniquesEvidence
from tests.integration.pages.conftest import RELEASE

RULES = "example-rules"
ANSWERS = re.compile(r'<script type="application/json" id="answer">(.*?)</script>', re.DOTALL)


@pytest.fixture
def at(server: Target) -> Iterator[None]:
    """The command line of a user of this server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEO4J_URI", server.uri)
        patch.setenv("NEO4J_PASSWORD", server.password)
        yield


@pytest.fixture(scope="module")
def states(filled: Graph) -> dict[str, str]:
    """The states by the rules alone, which are not those by all sets."""
    rows = ask(filled, BY_TECHNIQUE, TechniquesEvidence(RELEASE, set=RULES))
    every = {row.technique_id: row.state for row in ask(filled, BY_TECHNIQUE, TechniquesEvidence(RELEASE))}
    own = {row.technique_id: row.state for row in rows if row.tactics}
    assert own != {key: every[key] for key in own}
    return own


def test_a_page_has_the_evidence_of_the_set_only(filled: Graph) -> None:
    html = page_file(filled, PageSubject("Technique", RELEASE, "T1528", of_set=RULES))
    (found,) = ANSWERS.findall(html)
    parts: list[dict[str, Any]] = json.loads(found)["rows"]
    (pieces,) = (part["rows"] for part in parts if part["parameters"].get("evidence"))
    alone = ask(filled, EVIDENCE, TechniqueEvidence(RELEASE, "T1528", set=RULES))
    assert [row["id"] for row in pieces] == [row.id for row in alone]
    assert {row["set"] for row in pieces} == {f"{RULES}@1"}
    assert f"only the evidence of {RULES}" in html


def test_a_part_has_the_digest_that_coverage_of_the_set_prints(
    filled: Graph,
    at: None,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
) -> None:
    html = page_file(filled, PageSubject("Technique", RELEASE, "T1528", of_set=RULES))
    (found,) = ANSWERS.findall(html)
    parts = {
        tuple(sorted(part["parameters"])): part["digest"]
        for part in json.loads(found)["rows"]
        if part["command"] == "coverage"
    }
    for words, key in (
        ([], ("ids", "of_set", "release")),
        (["--evidence"], ("evidence", "ids", "of_set", "release")),
    ):
        asked = ["coverage", "T1528", *words, "--set", RULES, "--release", "18.1-sample", "--envelope"]
        assert app.run(asked) == 0
        assert json.loads(capsys.readouterr().out)["digest"] == parts[key]


def test_the_matrix_has_the_states_by_the_set(filled: Graph, states: dict[str, str]) -> None:
    subject = PageSubject(MATRIX, RELEASE, RELEASE, of_set=RULES)
    made = matrix(Live(filled, days(filled)), subject, Alone())
    cells = [each for column in made.columns for cell in column.cells for each in (cell, *cell.children)]
    assert {each.technique_id: each.state for each in cells} == states
    assert f"only the evidence of {RULES}" in matrix_picture(filled, subject, Narrowing())


def test_in_an_environment_the_set_counts_alone(filled: Graph) -> None:
    def counts(of_set: str | None) -> list[tuple[str, str, int]]:
        subject = PageSubject(MATRIX, RELEASE, RELEASE, "example", of_set)
        return list(matrix(Live(filled, days(filled)), subject, Alone()).states)

    detections = next(key for key in days(filled) if key.startswith("sample-detections@"))
    assert counts(detections) != counts(None)


def test_a_layer_and_a_workbook_have_the_states_by_the_set(filled: Graph, states: dict[str, str]) -> None:
    asked = WantedLayer("coverage", None, RELEASE, Narrowing(), of_set=RULES)
    made: dict[str, Any] = dict(document(layer(filled, asked)))
    assert {cell["techniqueID"]: cell["metadata"][0]["value"] for cell in made["techniques"]} == states
    assert {"name": "narrowed to", "value": f"set {RULES}"} in made["metadata"]
    pages = sheets(Ahead(filled), PageSubject(WORKBOOK, RELEASE, RELEASE, of_set=RULES), Narrowing())
    evidence = next(sheet for sheet in pages if sheet.name == "evidence")
    assert {row[7] for row in evidence.rows} == {f"{RULES}@1"}


def test_a_page_of_a_site_has_the_answers_of_the_page_alone(filled: Graph) -> None:
    wanted = Wanted(RELEASE, narrowing=Narrowing(techniques=frozenset({"T1528"})), of_set=RULES)
    files = {file.path: file.content.decode() for file in site(filled, wanted, lambda *_: None)}
    digest = re.compile(r"the digest of its answers is <code>([0-9a-f]{64})</code>")
    for kind, name in (("Technique", "T1528"), ("Analytic", "AN0496"), ("Tactic", "TA0006")):
        alone = page_file(filled, PageSubject(kind, RELEASE, name, of_set=RULES))
        own = next(text for path, text in files.items() if path.endswith(f"/{name}.html"))
        assert digest.findall(own) == digest.findall(alone)
    for path in ("index.html", "matrix.html", "gaps.html"):
        assert f"only the evidence of {RULES}" in files[path]


def test_a_set_that_is_not_there_is_named(
    filled: Graph,  # noqa: ARG001
    at: None,  # noqa: ARG001
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    for words in (["page", "T1528"], ["matrix"], ["layer", "coverage"]):
        file = tmp_path / "out.html"
        asked = ["export", *words, "--set", "example-rule", "-o", str(file), "--release", "18.1-sample"]
        assert app.run(asked) == 12
        assert RULES in capsys.readouterr().err
        assert not file.exists()

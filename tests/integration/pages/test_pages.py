"""Pages from the bundled sample: what they state is what the questions answer, and they can be made again."""

import json
import re
from typing import Any

import pytest

from cli import app
from graph.errors import NotFoundError
from graph.server.connection import Graph
from graph.server.settings import Target
from pages.again import page_again
from pages.page import PageSubject
from pages.single import page_file, subject_of
from queries.ask import ask
from queries.questions.coverage.technique import TECHNIQUE_BY_SOURCE, TechniqueEvidence
from tests.integration.pages.conftest import RELEASE


@pytest.fixture(scope="module")
def page(filled: Graph) -> str:
    return page_file(filled, PageSubject("Technique", RELEASE, "T1528"))


def file_in(html: str) -> dict[str, Any]:
    (found,) = re.findall(r'<script type="application/json" id="answer">(.*?)</script>', html, re.DOTALL)
    file: dict[str, Any] = json.loads(found)
    return file


def test_a_page_carries_the_rows_of_its_questions(filled: Graph, page: str) -> None:
    rows = ask(filled, TECHNIQUE_BY_SOURCE, TechniqueEvidence(RELEASE, "T1528"))
    (kept,) = (each for each in file_in(page)["rows"] if each["parameters"].get("by") == "source")
    assert [row["source"] for row in kept["rows"]] == [row.source for row in rows]


def test_a_part_has_the_digest_that_its_command_prints(
    server: Target, page: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NEO4J_URI", server.uri)
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    parts = file_in(page)["rows"]
    of_page = {part["command"]: part["digest"] for part in parts if "by" not in part["parameters"]}

    def digest_of(command: str, *words: str) -> str:
        assert app.run([command, "T1528", *words, "--release", "18.1-sample", "--envelope"]) == 0
        return str(json.loads(capsys.readouterr().out)["digest"])

    for command in ("related", "conflicts"):
        assert digest_of(command) == of_page[command]
    by = {part["parameters"]["by"]: part["digest"] for part in parts if "by" in part["parameters"]}
    for word in ("source", "log-source"):
        assert digest_of("coverage", "--by", word) == by[word]
    evidence = next(part["digest"] for part in parts if part["parameters"].get("evidence"))
    assert digest_of("coverage", "--evidence") == evidence


def test_a_page_is_made_again_from_its_answers_byte_for_byte(page: str) -> None:
    assert page_again(file_in(page)) == page


def test_a_page_needs_nothing_from_elsewhere(page: str) -> None:
    assert not re.search(r'<(?:script|img|iframe|link)[^>]* (?:src|href)="(?!data:)', page)
    assert " style=" not in page
    assert not re.search(r"<[^>]* on[a-z]+=", page.partition("<script")[0])


def test_what_is_not_there_has_no_page(filled: Graph) -> None:
    with pytest.raises(NotFoundError):
        page_file(filled, PageSubject("Technique", RELEASE, "T9999"))
    assert subject_of(filled, RELEASE, "T9999") is None

"""Pages from the bundled sample: what they state is what the questions answer, and they can be made again."""

import json
import re
from collections.abc import Iterator

import pytest

from graph.errors import NotFoundError
from graph.server.connection import Graph, connect
from graph.server.settings import Target
from loaders import sample
from loaders.reading.sources import read_file
from pages.answers import Kept
from pages.links import Alone
from pages.page import Subject
from pages.render import single
from pages.single import page_file, subject_of
from pages.views.technique import technique_page
from queries.ask import ask
from queries.questions.coverage.technique import TECHNIQUE_BY_SOURCE, TechniqueEvidence
from tests.conftest import wipe
from tests.loads import load_attack, load_detections

RELEASE = "enterprise-attack@18.1-sample"


@pytest.fixture(scope="module")
def filled(server: Target) -> Iterator[Graph]:
    with connect(server, patience=20) as graph:
        wipe(graph)
        for path in sample.releases():
            load_attack(graph, read_file(str(path)))
        load_detections(graph, read_file(str(sample.detections())))
        yield graph
        wipe(graph)


@pytest.fixture(scope="module")
def page(filled: Graph) -> str:
    return page_file(filled, Subject("Technique", RELEASE, "T1528"))


def answers_in(html: str) -> list[dict[str, object]]:
    found = re.findall(r'<script type="application/json" class="answer">(.*?)</script>', html, re.DOTALL)
    return [json.loads(each) for each in found]


def test_a_page_carries_the_rows_of_its_questions(filled: Graph, page: str) -> None:
    rows = ask(filled, TECHNIQUE_BY_SOURCE, TechniqueEvidence(RELEASE, "T1528"))
    kept = {each["answer"]["questions"][0]["name"]: each["rows"] for each in answers_in(page)}  # type: ignore[index]
    assert [row["source"] for row in kept[TECHNIQUE_BY_SOURCE.name]] == [row.source for row in rows]  # type: ignore[attr-defined]


def test_a_page_is_made_again_from_its_answers_byte_for_byte(page: str) -> None:
    source = Kept(answers_in(page))
    again = technique_page(source, Subject("Technique", RELEASE, "T1528"), Alone())
    assert single(again, source.answers) == page


def test_a_page_needs_nothing_from_elsewhere(page: str) -> None:
    assert not re.search(r'<(?:script|img|iframe|link)[^>]* (?:src|href)="(?!data:)', page)
    assert " style=" not in page
    assert not re.search(r"<[^>]* on[a-z]+=", page.partition("<script")[0])


def test_what_is_not_there_has_no_page(filled: Graph) -> None:
    with pytest.raises(NotFoundError):
        page_file(filled, Subject("Technique", RELEASE, "T9999"))
    assert subject_of(filled, RELEASE, "T9999") is None

"""The matrix: its cells are the rows of `coverage`, as a page and as a picture."""

import re
from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from graph.server.connection import Graph
from pages.answers import Live
from pages.links import Alone
from pages.matrix import CODES, matrix_page, matrix_picture
from pages.page import PageSubject
from pages.single import days
from pages.views.matrix import Matrix, matrix
from pages.well_formed import check
from queries.answers.narrowing import Narrowing
from queries.ask import ask
from queries.questions.coverage.totals import BY_TECHNIQUE, PAIRS, ReleaseEvidence, TechniquesEvidence
from tests.integration.pages.conftest import RELEASE

SUBJECT = PageSubject("Matrix", RELEASE, RELEASE)


def made(graph: Graph, narrowing: Narrowing | None = None, environment: str | None = None) -> Matrix:
    subject = PageSubject("Matrix", RELEASE, RELEASE, environment)
    return matrix(Live(graph, days(graph)), subject, Alone(), narrowing)


def states(of: Matrix) -> dict[str, str]:
    cells = [cell for column in of.columns for cell in column.cells]
    return {
        cell.technique_id: cell.state
        for cell in [*cells, *(child for cell in cells for child in cell.children)]
    }


def test_every_technique_has_a_cell_with_its_state(filled: Graph) -> None:
    rows = ask(filled, BY_TECHNIQUE, TechniquesEvidence(RELEASE))
    whole = made(filled)
    assert states(whole) == {row.technique_id: row.state for row in rows if row.tactics}
    assert {name: number for name, _, number in whole.states} == Counter(row.state for row in rows)


def test_on_one_platform_a_cell_has_the_state_there(filled: Graph) -> None:
    rows = ask(filled, PAIRS, ReleaseEvidence(RELEASE))
    pairs = {row.technique_id: row.state for row in rows if row.platform == "IaaS"}
    assert states(made(filled, Narrowing(platform="iaas"))) == pairs


def test_in_an_environment_states_are_its_own(filled: Graph) -> None:
    assert {"gap", "not_applicable"} & set(states(made(filled, environment="example")).values())


@pytest.mark.parametrize("narrowing", [Narrowing(), Narrowing(tactic="TA0006"), Narrowing(platform="IaaS")])
def test_page_and_picture_are_well_formed(filled: Graph, narrowing: Narrowing) -> None:
    page, picture = matrix_page(filled, SUBJECT, narrowing), matrix_picture(filled, SUBJECT, narrowing)
    check(page)
    root = ET.fromstring(picture)  # noqa: S314  ours
    cells = [cell for column in made(filled, narrowing).columns for cell in column.cells]
    links = root.findall(".//{http://www.w3.org/2000/svg}a")
    assert [link.get("href") for link in links] == [cell.href for cell in cells]
    assert len(re.findall(r'<li class="cell"', page)) == len(cells) + sum(
        len(cell.children) for cell in cells
    )


def test_every_state_has_a_letter_of_its_own() -> None:
    assert len(set(CODES.values())) == len(CODES)

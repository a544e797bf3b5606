"""The workbook of the sample: its rows are those of `coverage`."""

import pytest

from graph.server.connection import Graph
from pages.page import PageSubject
from pages.workbook import Sheet, sheets
from queries.ahead import Ahead
from queries.answers.narrowing import Narrowing
from queries.ask import ask
from queries.questions.coverage.technique import EVIDENCE, TechniqueEvidence
from queries.questions.coverage.totals import BY_TECHNIQUE, TechniquesEvidence
from queries.readings import STATES
from tests.integration.pages.conftest import RELEASE


@pytest.fixture(scope="module")
def made(filled: Graph) -> dict[str, Sheet]:
    found = sheets(Ahead(filled), PageSubject("Workbook", RELEASE, RELEASE), Narrowing())
    assert [sheet.name for sheet in found] == [
        "by tactic",
        "by technique",
        "evidence",
        "gaps",
        "sets",
        "about",
    ]
    assert all(len(row) == len(sheet.titles) for sheet in found for row in sheet.rows)
    return {sheet.name: sheet for sheet in found}


def test_every_technique_has_its_state(filled: Graph, made: dict[str, Sheet]) -> None:
    rows = ask(filled, BY_TECHNIQUE, TechniquesEvidence(RELEASE))
    states = {row[0]: row[3] for row in made["by technique"].rows}
    assert states == {row.technique_id: STATES[row.state] for row in rows if row.tactics}
    gaps = {row[0] for row in made["gaps"].rows}
    assert gaps == {row.technique_id for row in rows if row.state != "covered" and row.tactics}


def test_every_counted_claim_is_there(filled: Graph, made: dict[str, Sheet]) -> None:
    own = [row for row in ask(filled, EVIDENCE, TechniqueEvidence(RELEASE, "T1528")) if row.counted]
    assert [row[6] for row in made["evidence"].rows if row[0] == "T1528"] == [row.id for row in own]


def test_tactics_add_up(made: dict[str, Sheet]) -> None:
    for row in made["by tactic"].rows:
        assert row[2] == sum(count for count in row[3:] if isinstance(count, int))

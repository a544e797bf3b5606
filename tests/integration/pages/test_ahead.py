"""Questions that are asked for many at once have the rows that each alone has, in their order."""

from collections.abc import Callable
from typing import Any

import pytest

from graph.server.connection import Graph
from queries.ahead import Ahead
from queries.ask import ask
from queries.catalog import CATALOG
from queries.params import OfIdentifier, OfLogSource, OfObject, OfRelease
from queries.questions.coverage.technique import TechniqueEvidence
from queries.questions.evidence.questions import PRODUCTS, OneOrAll
from queries.questions.lookup.questions import OBJECTS
from queries.questions.related.methods import METHODS
from queries.questions.releases.questions import LOADED
from queries.spec import MalformedQueryError, Question
from tests.integration.pages.conftest import RELEASE

NAMES: dict[type, Callable[[str], Any]] = {
    OfObject: lambda one: OfObject(RELEASE, one),
    OfIdentifier: OfIdentifier,
    TechniqueEvidence: lambda one: TechniqueEvidence(RELEASE, one),
    OneOrAll: lambda one: OneOrAll(RELEASE, one),
    OfLogSource: lambda one: OfLogSource(RELEASE, one),
}
"""Parameters of questions about one thing -> how they are made of its name."""
OF_ONE = [pytest.param(each, id=name) for name, each in CATALOG.items() if each.params in NAMES]
LOGS = ("azure:signinlogs", "AWS:CloudTrail", "sigma:azure//auditlogs", "nothing")


class Counting:
    """A graph that counts what it is asked."""

    def __init__(self, graph: Graph) -> None:
        self._graph, self.number = graph, 0

    def table(self, cypher: str, parameters: Any = None, *, timeout: float = 30) -> Any:
        self.number += 1
        return self._graph.table(cypher, parameters, timeout=timeout)


@pytest.fixture(scope="module")
def names(filled: Graph) -> list[str]:
    every = [each.attack_id for each in ask(filled, OBJECTS, OfRelease(RELEASE)) if each.attack_id]
    return [*every[::12], "T1528", "AN0496", "T9999"]


@pytest.mark.parametrize("question", OF_ONE)
def test_many_answers_are_those_of_each(
    filled: Graph, names: list[str], question: Question[Any, Any]
) -> None:
    many = [NAMES[question.params](one) for one in (LOGS if question.params is OfLogSource else names)]
    ahead = Ahead(filled)
    ahead.fetch(question, many)
    assert [ask(ahead, question, each) for each in many] == [ask(filled, question, each) for each in many]


def test_what_was_fetched_is_not_asked_again(filled: Graph) -> None:
    counting = Counting(filled)
    ahead = Ahead(counting)
    asked = [OfObject(RELEASE, one) for one in ("T1528", "T1078")]
    ahead.fetch(METHODS["structural"], asked)
    assert counting.number == 1
    ask(ahead, METHODS["structural"], asked[1])
    ask(ahead, LOADED, LOADED.params())
    ask(ahead, LOADED, LOADED.params())
    assert counting.number == 2
    ahead.forget()
    ask(ahead, METHODS["structural"], asked[1])
    assert counting.number == 3


def test_parts_of_a_question_about_all_are_its_narrowed_answers(filled: Graph, names: list[str]) -> None:
    ahead = Ahead(filled)
    parts = {one: OneOrAll(RELEASE, one) for one in names}
    ahead.fetch_parts(PRODUCTS, OneOrAll(RELEASE), "technique_id", parts)
    for params in parts.values():
        assert ask(ahead, PRODUCTS, params) == ask(filled, PRODUCTS, params)


def test_a_question_with_a_limit_is_refused() -> None:
    with pytest.raises(MalformedQueryError):
        CATALOG["related.every-pair"].for_many()

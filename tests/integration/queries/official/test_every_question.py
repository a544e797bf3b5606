"""Every built-in question runs on real releases, returns what its row type says, and scans nothing."""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_type_hints

import pytest
from pydantic import TypeAdapter

from graph.server.connection import Graph
from queries.ask import ask, values
from queries.catalog import CATALOG, AnyQuestion
from tests.integration.queries.scans import scanned

EVERY = [pytest.param(question, id=name) for name, question in CATALOG.items()]
OF_A_RELEASE = [
    pytest.param(question, id=name)
    for name, question in CATALOG.items()
    if "release" in question.file.placeholders
]
RELEASES = ("enterprise-attack@17.1", "enterprise-attack@19.1", "ics-attack@18.1", "mobile-attack@17.1")


def example(graph: Graph, question: AnyQuestion) -> dict[str, Any]:
    """The parameters of the file's header, as the server reads them."""
    given = graph.read(f"RETURN {question.file.example} AS given")[0]["given"]
    assert isinstance(given, dict)
    return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


def check(type_: Any, given: Mapping[str, object]) -> None:
    """Every field of the dataclass `type_` is given, by a value of exactly its type."""
    fields = _fields(type_)
    assert set(given) == set(fields)
    for name, value in given.items():
        fields[name].validate_python(value, strict=True)


@cache
def _fields(type_: Any) -> Mapping[str, TypeAdapter[Any]]:
    return {name: TypeAdapter(hint) for name, hint in get_type_hints(type_).items()}


@pytest.mark.parametrize("question", EVERY)
def test_the_example_fits_the_parameters(loaded: Graph, question: AnyQuestion) -> None:
    given = example(loaded, question)
    check(question.params, given)
    assert set(given) == question.file.placeholders


@pytest.mark.parametrize("question", EVERY)
def test_rows_are_what_their_type_says(loaded: Graph, question: AnyQuestion) -> None:
    for row in ask(loaded, question, question.params(**example(loaded, question)))[:2000]:
        check(question.row, values(row))


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("question", OF_A_RELEASE)
def test_it_runs_on_every_release_of_every_domain(loaded: Graph, question: AnyQuestion, release: str) -> None:
    given = example(loaded, question) | {"release": release}
    for row in ask(loaded, question, question.params(**given))[:200]:
        check(question.row, values(row))


@pytest.mark.parametrize("question", EVERY)
def test_the_one_paste_form_gives_the_same_rows(loaded: Graph, question: AnyQuestion) -> None:
    asked = loaded.table(question.file.statement, example(loaded, question))
    pasted = loaded.table(question.literal())
    assert pasted.columns == asked.columns
    assert sorted(map(repr, pasted.rows)) == sorted(map(repr, asked.rows))


@pytest.mark.parametrize("question", EVERY)
def test_it_only_reads_and_never_scans_where_an_index_serves(loaded: Graph, question: AnyQuestion) -> None:
    given = example(loaded, question)
    assert loaded.explain(question.file.statement, given).query_type == "r"
    assert not scanned(loaded, question, given)

"""Every built-in question runs on real releases, returns what its row type says, and scans nothing."""

from collections.abc import Mapping
from functools import cache
from typing import Any, get_type_hints

import pytest
from pydantic import TypeAdapter

from graph.server.connection import Graph
from queries.ask import ask, values
from queries.catalog import CATALOG, AnyQuestion

EVERY = [pytest.param(question, id=name) for name, question in CATALOG.items()]
OF_A_RELEASE = [
    pytest.param(question, id=name)
    for name, question in CATALOG.items()
    if "release" in question.file.placeholders
]
SMALL = (
    "Release",
    "EvidenceSet",
    "AnnotationSet",
    "NativeSource",
    "Environment",
    "Annotation",
    "Matrix",
    "Tactic",
)
"""Labels of a few dozen nodes, or of what people write by hand, where a scan is the plan."""
RELEASES = ("enterprise-attack@17.1", "enterprise-attack@19.1", "ics-attack@18.1", "mobile-attack@17.1")


def example(graph: Graph, question: AnyQuestion) -> dict[str, Any]:
    """The parameters of the file's header, as the server reads them."""
    given = graph.read(f"RETURN {question.file.example} AS given")[0]["given"]
    assert isinstance(given, dict)
    return {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}


def check(type_: type[Any], given: Mapping[str, object]) -> None:
    """Every field of the dataclass `type_` is given, by a value of exactly its type."""
    hints = get_type_hints(type_)
    assert set(given) == set(hints)
    for name, value in given.items():
        _adapter(hints[name]).validate_python(value, strict=True)


@cache
def _adapter(hint: Any) -> TypeAdapter[Any]:
    return TypeAdapter(hint)


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
    explained = loaded.explain(question.file.statement, example(loaded, question))
    assert explained.query_type == "r"
    for step in explained.plan.walk():
        assert "AllNodesScan" not in step.operator, step
        assert "RelationshipsScan" not in step.operator, step
        if "ByLabelScan" in step.operator:
            label = step.details.rpartition(":")[2]
            assert label in SMALL or not held(loaded, label), step


def held(graph: Graph, label: str) -> object:
    """How many nodes have the label: of none, the planner rightly prefers a scan to an index."""
    return graph.read(f"MATCH (n:{label}) RETURN count(n) AS nodes")[0]["nodes"]

"""Asking: the columns of an answer must be the fields of its row type."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from queries.ask import ColumnsDifferError, ask
from queries.params import OfObject, TwoReleases
from queries.questions.lookup.questions import DETECTION_CHAIN, IDENTIFIERS, Identifier, WithPrefix
from queries.questions.releases.questions import STALE_EVIDENCE, StaleEvidence


@dataclass(frozen=True)
class Given:
    """An answer that a test gives."""

    columns: list[str]
    rows: list[list[object]]


@dataclass
class FakeGraph:
    """Answers every read with the same table and remembers what it was asked."""

    answer: Given
    asked: list[tuple[str, Mapping[str, object] | None]] = field(default_factory=list)

    def table(
        self, cypher: str, parameters: Mapping[str, object] | None = None, *, timeout: float = 0.0
    ) -> Given:
        assert timeout > 0
        self.asked.append((cypher, parameters))
        return self.answer


def test_rows_come_back_typed() -> None:
    graph = FakeGraph(Given(["attack_id"], [["T1520"], ["T1521"]]))
    assert ask(graph, IDENTIFIERS, WithPrefix("T152")) == [Identifier("T1520"), Identifier("T1521")]
    assert graph.asked == [(IDENTIFIERS.file.statement, {"prefix": "T152"})]


def test_lists_become_tuples() -> None:
    columns = list(STALE_EVIDENCE.columns)
    row: list[object] = ["a", "b", "T1", "x", None, None, ["T1", "T2"], [], 3]
    rows = ask(FakeGraph(Given(columns, [row])), STALE_EVIDENCE, TwoReleases("a", "b"))
    assert rows == [StaleEvidence("a", "b", "T1", "x", None, None, ("T1", "T2"), (), 3)]


@pytest.mark.parametrize("columns", [["attack"], ["attack_id", "more"], []])
def test_other_columns_fail_loudly_even_without_rows(columns: list[str]) -> None:
    with pytest.raises(ColumnsDifferError, match=r"lookup\.identifiers"):
        ask(FakeGraph(Given(columns, [])), IDENTIFIERS, WithPrefix("T"))


def test_columns_in_another_order_fail_loudly() -> None:
    columns = [*DETECTION_CHAIN.columns[1:], DETECTION_CHAIN.columns[0]]
    with pytest.raises(ColumnsDifferError):
        ask(FakeGraph(Given(columns, [])), DETECTION_CHAIN, OfObject("r", "T1528"))

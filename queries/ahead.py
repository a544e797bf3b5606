"""Questions asked ahead, one statement for many parameters, so that a thousand pages take no thousand round trips.

`Ahead` takes the place of a graph: what was fetched answers from memory, everything else is asked once. The rows of
a question and their order are those that it has alone: tests/integration/pages/test_ahead.py compares them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from threading import Lock
from typing import Any

from queries.ask import TIMEOUT, Answer, Asked, Remembered, values
from queries.spec import Params, Question, Row

BATCH = 100
"""Parameters of one statement; the server keeps their rows in memory."""


class Ahead:
    """A graph that answers from what was fetched, and asks for the rest.

    Args:
        graph: the one that is asked.
        timeout: seconds that one statement for many parameters may take.
    """

    def __init__(self, graph: Asked, *, timeout: float = 10 * TIMEOUT) -> None:
        self._graph = graph
        self._timeout = timeout
        self._fetched: dict[object, Remembered] = {}
        self._asked: dict[object, Remembered] = {}
        self._one_at_a_time = Lock()

    def beside(self) -> "Ahead":
        """Return another one, for another thread: it fetches for itself, and shares what is asked one by one.

        The graph is asked by one of them at a time, which is all that it allows.
        """
        other = Ahead(self._graph, timeout=self._timeout)
        other._asked, other._one_at_a_time = self._asked, self._one_at_a_time
        return other

    def table(
        self, cypher: str, parameters: Mapping[str, object] | None = None, *, timeout: float = TIMEOUT
    ) -> Answer:
        """Return the answer of a statement; it is asked at most once."""
        key = _key(cypher, parameters or {})
        fetched = self._fetched.get(key)
        if fetched is not None:
            return fetched
        known = self._asked.get(key)
        return self._once(key, cypher, parameters, timeout) if known is None else known

    def _once(
        self, key: object, cypher: str, parameters: Mapping[str, object] | None, timeout: float
    ) -> Remembered:
        with self._one_at_a_time:
            if key not in self._asked:
                answer = self._graph.table(cypher, parameters, timeout=timeout)
                self._asked[key] = Remembered(answer.columns, answer.rows)
            return self._asked[key]

    def fetch(self, question: Question[Params, Any], params: Iterable[Params]) -> None:
        """Ask a question for many parameters at once, and keep the answers.

        Raises:
            SightlineError: as `ask` raises it.
        """
        wanted = iter(dict.fromkeys(params))
        while batch := list(islice(wanted, BATCH)):
            self._fetch(question, batch)

    def fetch_parts(
        self,
        question: Question[Params, Any],
        whole: Params,
        column: str,
        parts: Mapping[str, Params],
    ) -> None:
        """Ask a question once for all, and keep the rows with each value of a column as the answer of its part.

        For questions that a parameter narrows to the rows that have it in a column, their order unchanged.

        Args:
            question: what is asked.
            whole: parameters that narrow nothing.
            column: whose values tell the parts apart.
            parts: value -> the parameters that narrow the question to it.

        Raises:
            SightlineError: as `ask` raises it.
        """
        at = question.columns.index(column)
        found: dict[object, list[Sequence[object]]] = defaultdict(list)
        for row in self.table(question.file.statement, values(whole), timeout=self._timeout).rows:
            found[row[at]].append(row)
        for value, params in parts.items():
            self._keep(question, params, found.get(value, ()))

    def give(self, question: Question[Params, Row], params: Params, rows: Iterable[Row]) -> None:
        """Take rows that were worked out elsewhere as the answer of a question."""
        given = Remembered(question.columns, (), list(rows))
        self._fetched[_key(question.file.statement, values(params))] = given

    def _keep(
        self, question: Question[Params, Any], params: Params, rows: Sequence[Sequence[object]]
    ) -> None:
        self._fetched[_key(question.file.statement, values(params))] = Remembered(question.columns, rows)

    def forget(self) -> None:
        """Drop what was fetched; what was asked one by one is kept."""
        self._fetched.clear()

    def _fetch(self, question: Question[Params, Any], batch: Sequence[Params]) -> None:
        many = [{"at": at, **values(each)} for at, each in enumerate(batch)]
        with self._one_at_a_time:
            answer = self._graph.table(question.for_many(), {"many": many}, timeout=self._timeout)
        found: dict[object, list[Sequence[object]]] = defaultdict(list)
        for at, *row in answer.rows:
            found[at].append(row)
        for at, each in enumerate(batch):
            self._keep(question, each, found.get(at, ()))


def _key(cypher: str, parameters: Mapping[str, object]) -> object:
    return cypher, tuple(sorted((name, _hashable(value)) for name, value in parameters.items()))


def _hashable(value: object) -> object:
    return tuple(map(_hashable, value)) if isinstance(value, list | tuple) else value

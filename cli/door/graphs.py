"""Open graphs for calls at the same time: each call has one of its own, and one that failed is opened anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from queue import Empty, SimpleQueue

from graph.errors import LoginRefusedError, OutcomeUnknownError, UnreachableError
from graph.server.connection import Graph
from graph.server.settings import find_target

PATIENCE = 5.0
"""Seconds to wait for a server."""


class Graphs:
    """The graphs of one server; `at_once` calls have one each."""

    def __init__(self, uri: str | None) -> None:
        self._uri = uri
        self._idle: SimpleQueue[Graph] = SimpleQueue()

    @contextmanager
    def one(self) -> Iterator[Graph]:
        """Lend an open graph; where the server went away, it is closed and the next call opens another.

        Raises:
            SightlineError: as `graph.server.connection.connect` does.
        """
        graph = self._taken()
        try:
            yield graph
        except (UnreachableError, LoginRefusedError, OutcomeUnknownError):
            graph.close()
            raise
        except BaseException:
            self._idle.put(graph)
            raise
        self._idle.put(graph)

    def _taken(self) -> Graph:
        try:
            return self._idle.get_nowait()
        except Empty:
            graph = Graph(find_target(self._uri), PATIENCE)
        try:
            graph.verify()
        except BaseException:
            graph.close()
            raise
        return graph

    def close(self) -> None:
        """Close those that nobody has."""
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return

"""The way from a command to the graph."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from cli.answer import Rows, rows_of
from queries.ask import ask, recording
from queries.params import Nothing
from queries.questions.releases.roots import ROOTS

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph
    from graph.server.settings import Target
    from queries.spec import Question, Row

AFTER_START = 20.0
"""Seconds for the first connection to a server that has just been started."""


@contextmanager
def open_graph(session: "Session") -> Iterator["Graph"]:
    """Open the graph that the session names, else `NEO4J_URI`, else the local one.

    Where the answer is kept, the session takes down what was asked and what was loaded.

    Raises:
        SightlineError: as `graph.server.connection.connect` and `graph.server.settings.find_target` do.
    """
    if session.graph is not None:
        with _noted(session, session.graph):
            yield session.graph
        return
    from graph.server.settings import find_target

    target = find_target(session.uri)
    session.detail(f"using {target.uri} ({target.origin})")
    with _connected(session, target) as graph, _noted(session, graph):
        yield graph


@contextmanager
def _noted(session: "Session", graph: "Graph") -> Iterator[None]:
    """Let the session take down what is asked in the block and what is loaded, where the answer is kept."""
    if not session.keeps:
        yield
        return
    with recording() as asked:
        yield
    session.rests_on(asked, ask(graph, ROOTS, Nothing()))


@contextmanager
def _connected(session: "Session", target: "Target") -> Iterator["Graph"]:
    """Connect; the local Neo4j, where its full heap ended it, is started again first, and the person is told."""
    from graph.errors import UnreachableError
    from graph.server.connection import connect
    from graph.server.settings import local_target

    with ExitStack() as open_ones:
        try:
            graph = open_ones.enter_context(connect(target))
        except UnreachableError:
            if not target.is_local or not _is_up_again(session):
                raise
            graph = open_ones.enter_context(connect(local_target(), patience=AFTER_START))
        yield graph


def _is_up_again(session: "Session") -> bool:
    from cli.engine import up_again

    if (again := up_again()) is None:
        return False
    session.say(f"the local Neo4j had run out of memory and ended; it was started again ({again.bolt})")
    return True


def every_row(
    session: "Session",
    question: "Question[Nothing, Row]",
    to_bring: str,
    *,
    spare: tuple[str, ...] = (),
    subject: str = "",
) -> Rows:
    """Return all rows of a question about the whole graph; `to_bring` is said where there are none."""
    with open_graph(session) as graph:
        rows = ask(graph, question, Nothing())
    looked_at = f"the whole graph; {to_bring}"
    return rows_of(question.row, rows, looked_at=looked_at, spare=spare, subject=subject)

"""The way from a command to the graph."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cli.answer import Rows, rows_of
from queries.ask import ask, recording
from queries.params import Nothing
from queries.questions.releases.roots import ROOTS

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph
    from queries.spec import Question, Row


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
    from graph.server.connection import connect
    from graph.server.settings import find_target

    target = find_target(session.uri)
    session.detail(f"using {target.uri} ({target.origin})")
    with connect(target) as graph, _noted(session, graph):
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

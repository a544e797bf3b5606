"""The way from a command to the graph."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph


@contextmanager
def open_graph(session: "Session") -> Iterator["Graph"]:
    """Open the graph that the session names, else `NEO4J_URI`, else the local one.

    Raises:
        SightlineError: as `graph.server.connection.connect` and `graph.server.settings.find_target` do.
    """
    from graph.server.connection import connect
    from graph.server.settings import find_target

    target = find_target(session.uri)
    session.detail(f"asking {target.uri} ({target.origin})")
    with connect(target) as graph:
        yield graph

"""Own Cypher asked of the server: after the guard, its own word that it reads, then one bounded read."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import LimitExceededError, NotAReadError, UsageError
from queries.adhoc.guard import PAGE, parameters_of
from queries.ask import note

if TYPE_CHECKING:
    from graph.server.connection import Graph
    from graph.server.results import Table

ENDED_BY = "; `sightline down` and `sightline up` end it"
"""How to stop a statement that the local server does not end: nothing else of Neo4j Community does."""
READ = "r"
"""The query type of a plain read in Bolt's summary; the others are w, rw and s."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one answer may take.

    Attributes:
        rows: received at most.
        bytes: received at most, of the rows as JSON.
        seconds: that the server works on it, and again for planning it.
    """

    rows: int = 1000
    bytes: int = 8 * 1024 * 1024
    seconds: float = 30.0


def check(text: str, given: Mapping[str, object]) -> None:
    """Return when the text only reads and takes just these parameters; no server is asked.

    Raises:
        LimitExceededError: it is too long or too deep.
        NotAReadError: as `queries.adhoc.guard` says.
        UsageError: it is empty, or its parameters are not the ones given.
    """
    taken = parameters_of(text)
    if missing := sorted(taken - given.keys()):
        raise UsageError(f"${missing[0]} has no value", todo=f"add --param {missing[0]}=VALUE")
    if unused := sorted(given.keys() - taken):
        raise UsageError(
            f"the text does not use ${unused[0]}", todo="drop that --param, or use it in the text"
        )


def read(graph: "Graph", text: str, given: Mapping[str, object], limits: Limits) -> "Table":
    """Return the rows of own Cypher, as many as the limits allow (`cut` says whether there were more).

    Nodes, relationships and paths are values of `graph.server.parts`. It is tried once and rolled back.

    Raises:
        SightlineError: as `check` and `graph.server.connection.Graph.limited` do, and
        NotAReadError: the server does not call it a read.
    """
    from graph.server.faults import NoAnswerError
    from graph.server.parts import part_row

    check(text, given)
    try:
        found = graph.explain(text, given, timeout=limits.seconds).query_type
    except NoAnswerError as error:
        raise LimitExceededError(
            f"the server did not plan it within {limits.seconds:g} s",
            todo="ask more simply, or allow more time",
        ) from error
    if found != READ:
        raise NotAReadError(f"the server reports the type {found!r}, not a read", todo=f"see {PAGE}")
    note("adhoc", 0, hashlib.sha256(text.encode()).hexdigest())
    try:
        return graph.limited(
            text,
            given,
            timeout=limits.seconds,
            most_rows=limits.rows,
            most_bytes=limits.bytes,
            convert=part_row,
        )
    except NoAnswerError as error:
        # The server looks at its own limit between steps only, and one match of a regex is one step.
        raise LimitExceededError(
            f"the server did not end it within {limits.seconds:g} s; it may still be running",
            todo="ask more simply, or allow more time" + (ENDED_BY if graph.target.is_local else ""),
        ) from error

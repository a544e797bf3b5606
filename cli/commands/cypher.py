"""`cypher`: an analyst's own question, guarded."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Rows
from cli.asking import open_graph
from cli.given import named_texts, sendable
from graph.errors import LimitExceededError, UsageError
from queries.adhoc.reading import Limits, check, read
from queries.adhoc.values import fits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cli.session import Session
    from graph.server.results import Table

STDIN = "-"
ROWS, MEBIBYTES, SECONDS = 1000, 8, 30.0


def cypher(
    context: typer.Context,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="One statement, or - to read it from standard input.")
    ] = None,
    *,
    file: Annotated[
        str | None, typer.Option("--file", metavar="F", help="Read the statement from this file.")
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(
            metavar="K=V", help="A parameter, as JSON (5, true, [1, 2], '\"18.1\"') or else as text."
        ),
    ] = None,
    most_rows: Annotated[
        int, typer.Option("--max-rows", metavar="N", min=1, help="Receive at most N rows.")
    ] = ROWS,
    most_mebibytes: Annotated[
        int, typer.Option("--max-mib", metavar="N", min=1, help="Receive at most N MiB, as JSON.")
    ] = MEBIBYTES,
    timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0.1, max=3600, help="Time limit on the server.")
    ] = SECONDS,
) -> Rows:
    """Run your own Cypher, read-only.

    docs/own-cypher.md lists what is allowed. If there are more rows than the limits allow, those received
    are written and the exit code is 8.
    """
    statement = _statement(text, file)
    given = _parameters(param or [])
    check(statement, given)  # before anything is connected to
    limits = Limits(most_rows, most_mebibytes * 1024 * 1024, timeout)
    session = options.session_of(context)
    with open_graph(session) as graph:
        table = read(graph, statement, given, limits)
        where = graph.target.uri
    return Rows(
        table.columns,
        table.rows,
        looked_at="" if table.cut else f"the graph at {where}",
        exit_code=_end(session, table, limits),
        as_named=True,
    )


def _end(session: "Session", table: "Table", limits: Limits) -> int:
    """Return the exit code, after saying that the answer is not whole if it is not."""
    if not table.cut:
        return 0
    if len(table.rows) == limits.rows:
        session.error(f"stopped after {limits.rows} rows, there are more; use LIMIT, or --max-rows")
    else:
        mebibytes = limits.bytes // (1024 * 1024)
        session.error(
            f"stopped after {len(table.rows)} rows at {mebibytes} MiB; ask for less, or use --max-mib"
        )
    return LimitExceededError.exit_code


def _statement(text: str | None, file: str | None) -> str:
    """Return the Cypher that was given, in one way out of three."""
    if (text is None) == (file is None):
        raise UsageError(
            "give the statement as TEXT, as - or with --file", todo="see `sightline cypher --help`"
        )
    if text not in {None, STDIN}:
        return sendable(str(text))
    from loaders.reading.one_file import Limits as FileLimits
    from loaders.reading.sources import read_file

    source = read_file(file or STDIN, FileLimits.allowing(1024 * 1024))
    try:
        return source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"byte {error.start} is not UTF-8", where=source.path, todo="save the text as UTF-8"
        ) from error


def _parameters(pairs: "Iterable[str]") -> dict[str, object]:
    return {name: _value(name, text) for name, text in named_texts(pairs).items()}


def _value(name: str, text: str) -> object:
    """Return the JSON value that `text` is, or the text itself; integers must fit into Neo4j's 64 bits."""
    try:
        value = json.loads(text, parse_constant=_no_json)
    except RecursionError:
        raise UsageError(f"--param {name} is too deep", todo="give a flatter value") from None
    except ValueError:
        return text
    if not fits(value):
        raise UsageError(
            f"--param {name} is not a valid Neo4j value", todo="integers have 64 bits; texts are Unicode"
        )
    return value


def _no_json(text: str) -> object:
    raise ValueError(text)

"""`up`: the Neo4j on this machine, started."""

import typer

from cli import engine, options
from cli.answer import Answer, One
from cli.progress import bytes_arriving


def up(context: typer.Context) -> Answer:
    """Start the local Neo4j, after downloading it once.

    It listens on this machine only. The password is in the file that the answer names.
    """
    session = options.session_of(context)
    with bytes_arriving(session, "downloading Neo4j") as tell:
        return One(engine.up(progress=tell))

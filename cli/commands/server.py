"""`up`, `down`, `status`: the Neo4j on this machine."""

import typer

from cli import options
from cli.answer import Answer, One
from cli.progress import bytes_arriving


def up(context: typer.Context) -> Answer:
    """Start the local Neo4j, after downloading it once.

    It listens on this machine only. The password is in the file that the answer names.
    """
    from cli import engine

    session = options.session_of(context)
    with bytes_arriving(session, "downloading Neo4j") as tell:
        return One(engine.up(progress=tell))


def down() -> Answer:
    """Stop the local Neo4j, and wait until its store is closed."""
    from cli import engine

    return One(engine.down())


def status() -> Answer:
    """Say how the local Neo4j is: its state, addresses, size and releases."""
    from cli import engine

    return One(engine.status())

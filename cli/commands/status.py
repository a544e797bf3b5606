"""`status`: how the Neo4j on this machine is."""

from cli import engine
from cli.answer import Answer, One


def status() -> Answer:
    """Show the status of the local Neo4j: its state, addresses, size and releases."""
    return One(engine.status())

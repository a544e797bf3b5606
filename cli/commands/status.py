"""`status`: how the Neo4j on this machine is."""

from cli import engine
from cli.answer import Answer, One


def status() -> Answer:
    """Say how the local Neo4j is: its state, addresses, size and releases."""
    return One(engine.status())

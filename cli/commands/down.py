"""`down`: the Neo4j on this machine, stopped."""

from cli import engine
from cli.answer import Answer, One


def down() -> Answer:
    """Stop the local Neo4j, and wait until its store is closed."""
    return One(engine.down())

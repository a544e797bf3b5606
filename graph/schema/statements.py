"""The Cypher that makes constraints and indexes, derived from the declarations."""

from collections.abc import Iterator

from graph.schema import NODES

FULLTEXT_NAME = "search"
FULLTEXT_LABELS = ("AttackObject", "Evidence", "LogSource", "Annotation")
FULLTEXT_PROPERTIES = (
    *("name", "attack_id", "aliases", "description", "title", "id", "spellings", "summary", "technical_view"),
)


def statements() -> Iterator[str]:
    """Yield the Cypher that makes every constraint and index; each may run any number of times."""
    for each in NODES:
        if each.label == each.base:
            yield (
                f"CREATE CONSTRAINT {each.label.lower()}_{each.key} IF NOT EXISTS "
                f"FOR (n:{each.label}) REQUIRE n.{each.key} IS UNIQUE"
            )
        for name in each.indexed:
            yield (
                f"CREATE INDEX {each.label.lower()}_{name}_index IF NOT EXISTS "
                f"FOR (n:{each.label}) ON (n.{name})"
            )
        for name in each.searched:
            yield (
                f"CREATE TEXT INDEX {each.label.lower()}_{name}_parts IF NOT EXISTS "
                f"FOR (n:{each.label}) ON (n.{name})"
            )
    properties = ", ".join(f"n.{name}" for name in FULLTEXT_PROPERTIES)
    yield (
        f"CREATE FULLTEXT INDEX {FULLTEXT_NAME} IF NOT EXISTS FOR (n:{'|'.join(FULLTEXT_LABELS)}) "
        f"ON EACH [{properties}] OPTIONS {{indexConfig: {{`fulltext.eventually_consistent`: true}}}}"
    )

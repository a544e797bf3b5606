"""The Cypher that makes constraints, indexes and names, derived from the declarations."""

from collections.abc import Iterable, Iterator

from graph.schema import NODES, RELATIONSHIPS

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


def property_keys() -> frozenset[str]:
    """Return the names of all properties that the declarations have."""
    of_nodes = {name for each in NODES for name in (each.key, *each.properties)}
    return frozenset(of_nodes | {name for each in RELATIONSHIPS for name in each.properties})


def names() -> Iterator[str]:
    """Yield the Cypher that makes every label, type and property known to the server; each may run any number of times.

    A query that names what nothing has yet, such as TARGETS without ICS, is warned about in the Browser otherwise.
    """
    yield _made_known("db.createLabel", {each.label for each in NODES})
    yield _made_known("db.createRelationshipType", {each.type for each in RELATIONSHIPS})
    yield _made_known("db.createProperty", property_keys())


def _made_known(procedure: str, declared: Iterable[str]) -> str:
    listed = ", ".join(f"'{name}'" for name in sorted(declared))
    return f"UNWIND [{listed}] AS name CALL {procedure}(name) RETURN count(*) AS names"

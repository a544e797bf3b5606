"""The example answers in docs/queries.md are what a real Neo4j answers."""

import json

from docs.query_answers import FILE, answers, load_example
from graph.server.connection import Graph
from queries.catalog import CATALOG


def test_the_example_answers_are_real(graph: Graph) -> None:
    load_example(graph)
    found = json.loads(json.dumps(answers(graph)))
    kept = json.loads(FILE.read_text("utf-8"))
    differing = [name for name in CATALOG if found[name] != kept.get(name)]
    assert differing == [], "run `python -m docs.query_answers` against an empty database, then `make docs`"
    assert kept.keys() == set(CATALOG)
    assert sum(bool(rows) for rows in kept.values()) >= 70

"""The declared schema on a real server."""

from graph.holding.writer import prepare
from graph.schema import NODES
from graph.schema.statements import FULLTEXT_NAME
from graph.server.connection import Graph
from tests.bundles import as_source, bundle, thing
from tests.loads import load_attack


def names(graph: Graph) -> set[str]:
    return {str(row["name"]) for row in graph.read("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'")}


def test_constraints_and_indexes_are_made_once_and_again(bare_graph: Graph) -> None:
    assert names(bare_graph) == set()
    prepare(bare_graph)
    made = names(bare_graph)
    keys = sum(each.label == each.base for each in NODES)
    expected = keys + sum(len(each.indexed) + len(each.searched) for each in NODES) + 1
    assert len(made) == expected
    prepare(bare_graph)
    assert names(bare_graph) == made
    waiting = bare_graph.read("SHOW INDEXES YIELD state WHERE state <> 'ONLINE' RETURN count(*) AS n")
    assert waiting == [{"n": 0}]


def test_search_sees_what_a_load_brought_when_it_returns(bare_graph: Graph) -> None:
    load_attack(bare_graph, as_source(bundle(thing("attack-pattern", "Zwiebelkuchen", "T0001"))))
    found = bare_graph.read(
        "CALL db.index.fulltext.queryNodes($index, 'zwiebelkuchen') YIELD node RETURN node.attack_id AS id",
        {"index": FULLTEXT_NAME},
    )
    assert found == [{"id": "T0001"}]

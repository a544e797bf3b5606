"""Own Cypher asked of a real server: what it refuses, what it answers, and where it stops."""

import json
from collections.abc import Callable, Iterator

import pytest

from cli import app
from graph.errors import LimitExceededError, NotAReadError, QueryFailedError
from graph.server.connection import Graph, Lookup, Transaction, connect
from graph.server.parts import NodePart, PathPart, RelationshipPart
from graph.server.settings import Target
from queries.adhoc.allowed import FUNCTIONS, PROCEDURES
from queries.adhoc.guard import parameters_of
from queries.adhoc.reading import Limits, read
from tests.adhoc_cypher import GIVEN, PASSING, REFUSED
from tests.conftest import wipe
from tests.graphs import snapshot
from tests.integration.cli.conftest import point_to
from tests.unit.cli.conftest import Run

THINGS = """
CREATE (a:Thing:AttackObject {id: 1, name: 'first thing', attack_id: 'T1', key: 'r/1'})
    -[:LINKS {since: date('2026-01-02')}]->(b:Thing {id: 2, name: 'b'}), (c:Thing {id: 3})-[:LINKS]->(b)
"""
INDEX = "CREATE INDEX indexed IF NOT EXISTS FOR (n:Indexed) ON (n.id)"

Sightline = Callable[..., Run]


@pytest.fixture(scope="module")
def things(server: Target) -> Iterator[Graph]:
    """An open graph of three nodes; nothing in this file may change it."""
    with connect(server, patience=20) as graph:
        wipe(graph)
        graph.schema(INDEX)
        graph.write(make, landed=Lookup("RETURN false"))
        before = snapshot(graph)
        yield graph
        assert snapshot(graph) == before
        graph.schema("DROP INDEX indexed")


def make(transaction: Transaction) -> None:
    transaction.run(THINGS)


@pytest.fixture
def sightline(things: Graph, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Sightline:
    point_to(monkeypatch, things.target)

    def run(*words: str) -> Run:
        code = app.run(["cypher", *words])
        captured = capfd.readouterr()
        return Run(code, captured.out, captured.err)

    return run


def is_refused(graph: Graph, text: str) -> bool:
    try:
        read(graph, text, {}, Limits())
    except NotAReadError:
        return True
    return False


def test_all_that_must_be_refused_is_and_changes_nothing(things: Graph) -> None:
    before = snapshot(things)
    assert [text for text in REFUSED if not is_refused(things, text)] == []
    assert snapshot(things) == before


def test_all_that_must_pass_is_answered(things: Graph) -> None:
    answered = [
        read(things, text, {name: GIVEN[name] for name in parameters_of(text)}, Limits()) for text in PASSING
    ]
    assert sum(len(table.rows) for table in answered) > len(PASSING)


def test_the_lists_are_what_the_server_has(things: Graph) -> None:
    functions = {str(row["name"]).lower() for row in things.read("SHOW FUNCTIONS YIELD name")}
    assert FUNCTIONS - functions == {"shortestpath", "allshortestpaths"}
    modes = {row["name"]: row["mode"] for row in things.read("SHOW PROCEDURES YIELD name, mode")}
    assert {name: modes.get(name) for name in PROCEDURES} == dict.fromkeys(PROCEDURES, "READ")


def test_what_the_guard_overlooks_the_server_names(things: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.adhoc.reading.parameters_of", lambda _text: frozenset())
    for text, kind in (("CREATE (n) RETURN n", "rw"), ("CALL dbms.components()", "s"), ("CREATE (n)", "w")):
        with pytest.raises(NotAReadError, match=f"type '{kind}', not a read"):
            read(things, text, {}, Limits())


def test_mistakes_are_placed_where_the_person_wrote_them(things: Graph) -> None:
    with pytest.raises(
        QueryFailedError, match=r"Variable `m` not defined \(line 1, column 18 \(offset: 17\)\)"
    ):
        read(things, "MATCH (n) RETURN m", {}, Limits())
    with pytest.raises(QueryFailedError, match=r"\(line 2, column 8 "):
        read(things, "MATCH (n)\nRETURN m", {}, Limits())


def test_parts_of_the_graph_are_told_apart(things: Graph) -> None:
    table = read(things, "MATCH p = (a {id: 1})-[r]->(b)<--(c) RETURN a, r, p, [c, {in: b}]", {}, Limits())
    node, link, path, nested = table.rows[0]
    assert isinstance(node, NodePart)
    assert isinstance(link, RelationshipPart)
    assert isinstance(path, PathPart)
    assert list(node.properties) == ["key", "attack_id", "name", "id"]
    assert link.properties == {"since": "2026-01-02"}
    assert (link.start, link.end) == (path.nodes[0].element_id, path.nodes[1].element_id)
    assert str(path) == '(:Thing T1 "first thing")-[:LINKS]->(:Thing b 2)<-[:LINKS]-(:Thing 3)'
    assert nested == [path.nodes[2], {"in": path.nodes[1]}]


@pytest.mark.parametrize(("most", "got", "cut"), [(2, 2, True), (3, 3, False), (50, 3, False)])
def test_it_stops_at_the_rows(things: Graph, most: int, got: int, cut: bool) -> None:  # noqa: FBT001
    table = read(things, "UNWIND [1, 2, 3] AS x RETURN x", {}, Limits(rows=most))
    assert (len(table.rows), table.cut) == (got, cut)


def test_it_stops_at_the_bytes(things: Graph) -> None:
    text = "UNWIND range(1, 50) AS x RETURN reduce(s = '', y IN range(1, 1000) | s + 'x') AS x"
    table = read(things, text, {}, Limits(bytes=10_100))
    assert (len(table.rows), table.cut) == (10, True)
    assert not read(things, text, {}, Limits(bytes=51_000)).cut


def test_it_stops_at_the_time(things: Graph) -> None:
    text = "UNWIND range(1, 1000000000) AS n WITH n WHERE n % 7 = 8 RETURN count(n)"
    with pytest.raises(LimitExceededError, match="time limit"):
        read(things, text, {}, Limits(seconds=0.5))


@pytest.mark.parametrize(
    "value", ["date('+10000-01-01')", "{a: date('+10000-01-01')}", "[date('+10000-01-01')]"]
)
def test_a_value_without_a_form_is_named(things: Graph, value: str) -> None:
    with pytest.raises(QueryFailedError, match=r"the column late .*toString\(\)"):
        read(things, f"RETURN 1 AS x, {value} AS late", {}, Limits())
    assert read(things, "RETURN toString(date('+10000-01-01')) AS x", {}, Limits()).rows == [
        ("+10000-01-01",)
    ]


def test_a_value_that_is_too_deep_is_over_a_limit(things: Graph) -> None:
    with pytest.raises(LimitExceededError, match="nested too deeply"):
        read(things, "RETURN reduce(x = [], i IN range(1, 300) | [x]) AS x", {}, Limits())
    assert read(things, "RETURN 1 AS x", {}, Limits()).rows == [(1,)]


def test_what_the_server_does_not_end_is_over_the_time_limit(
    things: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.server.connection.GRACE", 0.5)
    text = "WITH reduce(s = '', i IN range(1, 100) | s + 'a') AS s RETURN s =~ '.*.*.*.*.*.*b' AS x"
    with pytest.raises(LimitExceededError, match="did not end it within 1 s; it may still be running"):
        read(things, text, {}, Limits(seconds=1))


def test_the_command_answers_in_every_format(
    sightline: Sightline, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = "MATCH (n:Thing) WHERE n.id = $id RETURN n, n.name AS name"
    file = tmp_path_factory.mktemp("cypher") / "one.cypher"
    file.write_text(f"// one thing\n{text};\n")
    table = sightline(text, "--param", "id=1")
    assert (table.code, table.err) == (0, "")
    assert '(:Thing T1 "first thing")  first thing' in table.out
    (row,) = json.loads(sightline("--file", str(file), "--param", "id=1", "--format", "json").out)
    assert (row["n"]["labels"], row["n"]["properties"]["id"]) == (["AttackObject", "Thing"], 1)
    assert sightline(text, "--param", "id=1", "--format", "csv").out == (
        'n,name\n"(:Thing T1 ""first thing"")",first thing\n'
    )


def test_an_answer_that_is_not_whole_says_so_and_is_8(sightline: Sightline) -> None:
    run = sightline("UNWIND [1, 2, 3] AS x RETURN x", "--max-rows", "2", "--format", "json")
    assert (run.code, json.loads(run.out)) == (8, [{"x": 1}, {"x": 2}])
    assert run.err == "sightline: stopped after 2 rows, there are more; use LIMIT, or --max-rows\n"


def test_a_write_is_7_and_no_answer_is_said(sightline: Sightline) -> None:
    run = sightline("CREATE (n)")
    assert (run.code, run.out) == (7, "")
    assert run.err.startswith(
        "sightline: line 1, column 1: a statement that begins with CREATE is not allowed"
    )
    empty = sightline("MATCH (n:Nobody) RETURN n")
    assert (empty.code, empty.out) == (0, "")
    assert "nothing found; looked at the graph at" in empty.err

"""Reads and writes against a real server: what comes back, what is refused, what is tried once."""

import threading
import time
from dataclasses import replace

import pytest

from graph.errors import (
    LimitExceededError,
    LockedError,
    LoginRefusedError,
    NotAReadError,
    QueryFailedError,
    UnreachableError,
)
from graph.server.connection import Graph, Lookup, Transaction, connect
from graph.server.settings import Target

NEVER = Lookup("RETURN false")
GREEDY = "UNWIND range(1, 100000000) AS n WITH collect('text ' + n) AS texts"
LOCK = "MERGE (lock:LoadLock {id: 1}) SET lock.taken_at = timestamp()"


def count(graph: Graph) -> object:
    return graph.read("MATCH (n:Thing) RETURN count(n) AS n")[0]["n"]


def test_a_read_returns_rows_with_their_columns(graph: Graph) -> None:
    assert graph.read("UNWIND $numbers AS n RETURN n, n * 2 AS double", {"numbers": [1, 2]}) == [
        {"n": 1, "double": 2},
        {"n": 2, "double": 4},
    ]


def test_columns_are_known_without_rows(graph: Graph) -> None:
    table = graph.table("MATCH (n:Nobody) RETURN n.name AS name, 1 AS one")
    assert (table.columns, table.rows, table.cut) == (("name", "one"), [], False)


@pytest.mark.parametrize(
    ("most", "got", "cut"), [(3, 3, True), (9_999, 9_999, True), (10_000, 10_000, False)]
)
def test_a_read_stops_at_the_rows_asked_for(graph: Graph, most: int, got: int, cut: bool) -> None:  # noqa: FBT001
    table = graph.limited("UNWIND range(1, 10000) AS n RETURN n", {}, timeout=30, most_rows=most)
    assert (len(table.rows), table.cut) == (got, cut)


def test_values_are_plain(graph: Graph) -> None:
    (row,) = graph.read(
        "RETURN date('2026-01-02') AS day, duration('P1D') AS long, [1, {a: null}] AS nested, "
        "point({x: 1, y: 2}) AS place, datetime('2026-01-02T03:04:05Z') AS moment"
    )
    assert row == {
        "day": "2026-01-02",
        "long": "P1D",
        "nested": [1, {"a": None}],
        "place": {"srid": 7203, "coordinates": [1.0, 2.0]},
        "moment": "2026-01-02T03:04:05.000000000+00:00",
    }


def test_parts_of_the_graph_are_plain_too(graph: Graph) -> None:
    def work(transaction: Transaction) -> None:
        transaction.run("CREATE (:B:A {x: 1})-[:R {y: 2}]->(:C)")

    graph.write(work, landed=NEVER)
    (row,) = graph.read("MATCH path = (a)-[r]->(c) RETURN a, r, path")
    assert row["a"] == {"labels": ["A", "B"], "properties": {"x": 1}}
    assert isinstance(row["r"], dict)
    assert (row["r"]["type"], row["r"]["properties"]) == ("R", {"y": 2})
    assert row["path"] == [row["a"], row["r"], {"labels": ["C"], "properties": {}}]


WRITES = (
    "CREATE (:Thing)",
    "UNWIND range(1, 3) AS n CALL (n) { CREATE (:Thing {n: n}) } IN TRANSACTIONS OF 1 ROW",
)


@pytest.mark.parametrize("text", WRITES)
def test_a_write_is_refused_where_only_reading_is_allowed(graph: Graph, text: str) -> None:
    with pytest.raises(NotAReadError, match="only reading is allowed"):
        graph.read(text)
    assert count(graph) == 0


def test_a_write_of_somebody_else_is_refused_too(graph: Graph) -> None:
    with pytest.raises(NotAReadError, match="only reading is allowed"):
        graph.limited("CREATE (:Thing)", {}, timeout=30)
    assert count(graph) == 0


def test_a_wrong_query_is_one_line_with_its_place(graph: Graph) -> None:
    with pytest.raises(QueryFailedError, match=r"line 1, column 1 ") as raised:
        graph.read("MATCHES (n) RETURN n\n// more")
    assert "\n" not in str(raised.value)
    assert count(graph) == 0


def test_a_read_that_takes_too_long_is_ended_by_the_server(graph: Graph) -> None:
    with pytest.raises(LimitExceededError, match="time limit"):
        graph.read("UNWIND range(1, 1000000000) AS n WITH n WHERE n % 7 = 8 RETURN count(n)", timeout=0.5)
    assert count(graph) == 0


def test_a_read_that_needs_too_much_memory_is_tried_once(graph: Graph) -> None:
    greedy = f"{GREEDY} RETURN size(texts)"
    with pytest.raises(LimitExceededError, match=r"memory.*dbms\.memory\.transaction\.total\.max"):
        graph.read(greedy, timeout=120)
    assert count(graph) == 0


def test_a_write_returns_what_its_work_returns_and_counts_what_it_made(graph: Graph) -> None:
    def work(transaction: Transaction) -> int:
        outcome = transaction.run(
            "UNWIND $rows AS row CREATE (t:Thing {n: row}) RETURN t.n AS n", {"rows": [1, 2]}
        )
        assert outcome.rows == [{"n": 1}, {"n": 2}]
        assert (outcome.counters.properties_set, outcome.counters.labels_added) == (2, 2)
        return outcome.counters.nodes_created

    assert graph.write(work, landed=NEVER) == 2
    assert count(graph) == 2


def test_work_that_raises_leaves_nothing(graph: Graph) -> None:
    def work(transaction: Transaction) -> None:
        transaction.run("CREATE (:Thing)")
        raise KeyError("in the middle")

    with pytest.raises(KeyError, match="in the middle"):
        graph.write(work, landed=NEVER)
    assert count(graph) == 0


def test_a_write_that_needs_too_much_memory_says_what_to_raise(graph: Graph) -> None:
    def work(transaction: Transaction) -> None:
        transaction.run(
            "UNWIND range(1, 100000000) AS n WITH collect('text ' + n) AS texts CREATE (:Thing {n: size(texts)})"
        )

    with pytest.raises(
        LimitExceededError, match=r"nothing was stored; .*about 1 GiB for 10,000 rules \(SIGHTLINE_HEAP=4g"
    ):
        graph.write(work, landed=NEVER)
    assert count(graph) == 0


def test_schema_changes_are_counted(bare_graph: Graph) -> None:
    text = "CREATE CONSTRAINT thing IF NOT EXISTS FOR (t:Thing) REQUIRE t.n IS UNIQUE"
    assert [bare_graph.schema(text).constraints_added for _ in range(2)] == [1, 0]
    bare_graph.schema("DROP CONSTRAINT thing")


def test_an_explained_query_is_not_run(graph: Graph) -> None:
    explained = graph.explain("CREATE (t:Thing {n: $n}) RETURN t", {"n": 1})
    assert (explained.query_type, count(graph)) == ("rw", 0)
    read = graph.explain("MATCH (t:Unindexed) WHERE t.n = $n RETURN t")
    assert read.query_type == "r"
    assert "NodeByLabelScan" in {part.operator for part in read.plan.walk()}


def test_a_wrong_password_is_sent_once_and_never_shown(server: Target) -> None:
    wrong = replace(server, password="wr@ng:/#%")
    before = time.monotonic()
    with (
        pytest.raises(LoginRefusedError, match="the user name or password is refused") as raised,
        connect(wrong),
    ):
        pass
    assert time.monotonic() - before < 6
    assert "wr@ng" not in str(raised.value)
    assert raised.value.exit_code == 5


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_an_unknown_database_is_named(server: Target, scheme: str) -> None:
    routed = replace(server, uri=server.uri.replace("bolt://", f"{scheme}://"), database="nowhere")
    with (
        pytest.raises(UnreachableError, match=r"no such database .*nowhere.*NEO4J_DATABASE"),
        connect(routed),
    ):
        pass


def test_without_a_database_the_users_own_is_taken(server: Target) -> None:
    with connect(replace(server, database=None)) as graph:
        assert graph.read("CALL db.info() YIELD name RETURN name") == [{"name": "neo4j"}]


def test_who_waits_for_the_lock_is_told_who_holds_it(graph: Graph, server: Target) -> None:
    graph.schema("CREATE CONSTRAINT lock IF NOT EXISTS FOR (l:LoadLock) REQUIRE l.id IS UNIQUE")
    held, done = threading.Event(), threading.Event()

    def hold(transaction: Transaction) -> None:
        transaction.lock(LOCK, wait=5)
        held.set()
        done.wait(30)

    def first() -> None:
        with connect(server) as other:
            other.write(hold, landed=NEVER, purpose="load sigma sigmahq@r1")

    def second(transaction: Transaction) -> None:
        transaction.lock(LOCK, wait=0.5)
        transaction.run("CREATE (:Thing)")

    thread = threading.Thread(target=first)
    thread.start()
    try:
        assert held.wait(20)
        with pytest.raises(
            LockedError, match=r"load sigma sigmahq@r1 has been running since 20\d\d-"
        ) as raised:
            graph.write(second, landed=NEVER, purpose="load attack")
        assert raised.value.exit_code == 9
    finally:
        done.set()
        thread.join()
    assert count(graph) == 0
    graph.write(second, landed=NEVER)
    assert count(graph) == 1

"""A user's own tables stay with what they were loaded with, and are not lost in silence."""

from pathlib import Path

import pytest

from graph.errors import InputRejectedError
from graph.holding.change import Outcome
from graph.server.connection import Graph
from loaders.formats import Naming, Source
from loaders.loading import load_source
from loaders.report import LoadReport
from loaders.terms import Terms
from queries.ask import ask
from queries.params import Nothing
from queries.questions.releases.questions import SETS
from tests.bundles import as_source, bundle, matrix
from tests.graphs import snapshot
from tests.integration.queries.small_sets import guidance, technique
from tests.loads import load_sigma, only, remove_set

RULE = """
title: Odd
id: 11111111-1111-4111-8111-111111111111
status: test
tags: [attack.t0001]
logsource: {product: ours, service: proxy}
detection: {selection: {a: 1}, condition: selection}
"""
ROWS = """product,category,service,scope,platforms,log_sources,data_components,confidence,note
ours,,proxy,log,Windows,Our Proxy,DC0001,high,
"""
NAMES = "name,canonical\nour proxy,Corporate Proxy\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "rule.yml").write_text(RULE)
    (tmp_path / "ours.csv").write_text(ROWS)
    (tmp_path / "names.csv").write_text(NAMES)
    return tmp_path


def load(graph: Graph, files: Path, *tables: str, version: str = "1", replace: bool = False) -> LoadReport:
    return load_sigma(
        graph,
        str(files / "rule.yml"),
        set_name="mine",
        set_version=version,
        alias_files=[str(files / each) for each in tables],
        terms=Terms(replace=replace),
    )


def canonical(graph: Graph) -> list[object]:
    found = graph.read("MATCH (s:LogSource {key: 'our proxy'}) RETURN s.canonical AS name", {})
    return [row["name"] for row in found]


def test_the_same_rules_without_them_are_refused_and_change_nothing(graph: Graph, files: Path) -> None:
    load(graph, files, "ours.csv")
    before = snapshot(graph)
    with pytest.raises(
        InputRejectedError, match=r"mine@1 is loaded with other aliases .*this one has none"
    ) as refused:
        load(graph, files)
    assert "pass the same --aliases, or --replace" in str(refused.value.todo)
    assert snapshot(graph) == before
    assert load(graph, files, "ours.csv").outcome is Outcome.UNCHANGED
    assert load(graph, files, replace=True).outcome is Outcome.REPLACED


def test_sets_show_them_beside_an_unchanged_content_root(graph: Graph, files: Path) -> None:
    plain = load(graph, files).content_root
    with pytest.raises(InputRejectedError, match="is loaded without aliases"):
        load(graph, files, "ours.csv")
    assert load(graph, files, "ours.csv", replace=True).content_root == plain
    (row,) = ask(graph, SETS, Nothing())
    assert [Path(each).name for each in row.alias_files] == ["ours.csv"]
    assert row.tables_root is not None
    assert len(row.tables_root) == 64


def test_the_files_are_kept_and_go_with_the_set(graph: Graph, files: Path) -> None:
    load(graph, files, "ours.csv")
    kept = "MATCH (:EvidenceSet)-[:HAS_TABLE]->(raw:Raw) RETURN raw.text AS text"
    assert [row["text"] for row in graph.read(kept, {})] == [ROWS]
    remove_set(graph, "mine@1")
    assert graph.read("MATCH (raw:Raw) RETURN count(raw) AS left", {})[0]["left"] == 0


def test_a_newer_version_without_them_says_so(graph: Graph, files: Path) -> None:
    load(graph, files, "ours.csv")
    codes = [problem.code for problem in load(graph, files, version="2").problems]
    assert "without-aliases" in codes
    again = load(graph, files, "ours.csv", version="3")
    assert "without-aliases" not in [problem.code for problem in again.problems]


def test_a_name_of_the_users_holds_whatever_was_loaded_before(graph: Graph, files: Path) -> None:
    load(graph, files, "ours.csv")
    assert canonical(graph) == ["Our Proxy"]
    load(graph, files, "ours.csv", "names.csv", replace=True)
    assert canonical(graph) == ["Corporate Proxy"]


def test_a_release_takes_them_too(graph: Graph, files: Path) -> None:
    about = technique("T0001", "Windows")
    data = bundle(matrix(), about, *guidance(about, "Windows", "Our Proxy"), version="1.0")
    source = Source.of(as_source(data))

    def load_release(*tables: str) -> LoadReport:
        own = Source(
            source.paths,
            options={"aliases": tuple(str(files / each) for each in tables)},
            content=source.content,
        )
        return only(load_source(graph, "attack", own, Naming()))

    load_release("names.csv")
    assert canonical(graph) == ["Corporate Proxy"]
    with pytest.raises(InputRejectedError, match=r"enterprise-attack@1\.0 is loaded with other aliases"):
        load_release()

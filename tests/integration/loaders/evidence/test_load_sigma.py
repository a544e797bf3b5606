"""Loading, replacing and removing sets of rules."""

from pathlib import Path

import pytest

from graph.errors import InputRejectedError, NotFoundError
from graph.holding.change import Change, Outcome
from graph.server.connection import Graph
from loaders.report import LoadReport
from loaders.terms import Terms
from tests.graphs import snapshot
from tests.loads import load_sigma, remove_set

RULE = """\
title: Rule {id}
id: {id}
status: {status}
tags: [attack.credential-access, attack.t1528, attack.g0007]
logsource: {{product: azure, service: {service}}}
detection: {{s: {{a: b}}, condition: s}}
related: [{{id: {related}, type: similar}}]
"""


def rule(
    folder: Path, id_: str, *, status: str = "test", service: str = "auditlogs", related: str = "gone"
) -> None:
    folder.mkdir(exist_ok=True)
    text = RULE.format(id=id_, status=status, service=service, related=related)
    (folder / f"{id_}.yml").write_text(text, encoding="utf-8")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    rule(folder, "a", related="B")
    rule(folder, "b", service="riskdetection")
    return folder


def load(
    graph: Graph,
    rules: Path,
    version: str = "1",
    *,
    replace: bool = False,
    strict: bool = False,
    dry_run: bool = False,
) -> LoadReport:
    return load_sigma(
        graph, str(rules), set_version=version, terms=Terms(replace=replace, strict=strict, dry_run=dry_run)
    )


def values(graph: Graph, cypher: str) -> list[tuple[object, ...]]:
    return [tuple(row.values()) for row in graph.read(cypher)]


def test_a_rule_claims_reads_looks_names_and_relates(graph: Graph, rules: Path) -> None:
    report = load(graph, rules)
    assert (report.key, report.outcome, report.items, report.stored) == ("rules@1", Outcome.LOADED, 2, 2)
    assert report.change == Change(added=("a", "b"))
    assert values(
        graph, "MATCH (r:Rule)-[c:CLAIMS]->(i) RETURN r.key AS r, c.category AS c, i.id AS i ORDER BY r"
    ) == [("rules@1/a", "detect", "T1528"), ("rules@1/b", "detect", "T1528")]
    assert values(
        graph, "MATCH (r:Rule)-[x:READS]->(s) RETURN r.id AS r, s.key AS key, s.canonical AS c ORDER BY r"
    ) == [
        ("a", "azure:audit", "azure:audit"),
        ("b", "sigma:azure//riskdetection", "sigma:azure//riskdetection"),
    ]
    assert values(
        graph, "MATCH (:Rule {id: 'b'})-[x:LOOKS_FOR]->(i) RETURN i.id AS i, x.scope AS s ORDER BY i"
    ) == [("DC0002", "log"), ("DC0067", "log"), ("DC0088", "log")]
    assert values(graph, "MATCH (:Rule {id: 'a'})-[:NAMES]->(i) RETURN i.id AS i") == [("G0007",)]
    assert values(
        graph, "MATCH (a:Rule)-[x:RELATES_TO]->(b:Rule) RETURN a.id AS a, x.type AS t, b.id AS b"
    ) == [("a", "similar", "b")]
    assert values(graph, "MATCH (r:Rule {id: 'b'}) RETURN r.related AS x, r.tactics AS t, r.path AS p") == [
        (["similar gone"], ["credential-access"], "b.yml")
    ]


def test_the_same_content_again_changes_nothing(graph: Graph, rules: Path) -> None:
    load(graph, rules)
    before = graph.read("MATCH (s:EvidenceSet) RETURN s")
    again = load(graph, rules)
    assert again.outcome is Outcome.UNCHANGED
    assert graph.read("MATCH (s:EvidenceSet) RETURN s") == before


def test_other_content_is_refused_until_replaced(graph: Graph, rules: Path) -> None:
    load(graph, rules)
    before = snapshot(graph)
    rule(rules, "b", status="stable")
    rule(rules, "c")
    (rules / "a.yml").unlink()
    with pytest.raises(InputRejectedError, match="use --replace"):
        load(graph, rules)
    assert snapshot(graph) == before
    report = load(graph, rules, replace=True)
    assert report.outcome is Outcome.REPLACED
    assert report.change == Change(("c",), ("b",), ("a",))
    assert values(graph, "MATCH (r:Rule) RETURN r.id AS id, r.status AS s ORDER BY id") == [
        ("b", "stable"),
        ("c", "test"),
    ]


def test_replacing_gives_the_graph_of_loading(graph: Graph, rules: Path) -> None:
    rule(rules, "c")
    load(graph, rules)
    expected = snapshot(graph)
    remove_set(graph, "rules@1")
    (rules / "c.yml").unlink()
    load(graph, rules)
    rule(rules, "c")
    load(graph, rules, replace=True)
    assert snapshot(graph) == expected


def test_removing_leaves_nothing(graph: Graph, rules: Path) -> None:
    load(graph, rules)
    remove_set(graph, "rules@1")
    assert snapshot(graph) == ([], [])
    with pytest.raises(NotFoundError, match="rules@1: this set is not loaded"):
        remove_set(graph, "rules@1")


def test_records_shared_by_two_sets_stay_with_the_other(graph: Graph, rules: Path) -> None:
    load(graph, rules, "1")
    expected = snapshot(graph)
    rule(rules, "c")
    load(graph, rules, "2")
    assert values(graph, "MATCH (r:Raw) RETURN count(*) AS n") == [(3,)]
    remove_set(graph, "rules@2")
    assert snapshot(graph) == expected


def test_the_newest_version_is_the_current_one(graph: Graph, rules: Path) -> None:
    current = "MATCH (s:EvidenceSet) RETURN s.version AS v, s.current AS c ORDER BY v"
    assert load(graph, rules, "9.0").current
    rule(rules, "c")
    newer = load(graph, rules, "10.0")
    assert (newer.current, newer.ended) == (True, ("rules@9.0",))
    rule(rules, "d")
    old = load(graph, rules, "8.2")
    assert (old.current, old.newer) == (False, "rules@10.0")
    assert values(graph, current) == [("10.0", True), ("8.2", False), ("9.0", False)]
    remove_set(graph, "rules@10.0")
    assert values(graph, current) == [("8.2", False), ("9.0", True)]


def test_where_versions_cannot_be_compared_the_last_loaded_is_in_use(graph: Graph, rules: Path) -> None:
    assert load(graph, rules, "f00ba12").ended == ()
    rule(rules, "c")
    report = load(graph, rules, "0a1b2c3")
    assert (report.current, report.newer, report.ended) == (True, None, ("rules@f00ba12",))


def test_an_empty_or_bad_set_never_replaces_a_loaded_one(graph: Graph, rules: Path) -> None:
    load(graph, rules)
    before = snapshot(graph)
    for path in rules.iterdir():
        path.write_text("title: [unclosed\n", encoding="utf-8")
    with pytest.raises(
        InputRejectedError, match=r"nothing in it can be loaded \(2 rejected; the first: .*line"
    ):
        load(graph, rules, replace=True)
    for path in rules.iterdir():
        path.unlink()
    with pytest.raises(InputRejectedError, match="has no file"):
        load(graph, rules, replace=True)
    assert snapshot(graph) == before


def test_a_bad_rule_is_reported_and_refused_when_strict(graph: Graph, rules: Path) -> None:
    (rules / "bad.yml").write_text("title: [unclosed\n", encoding="utf-8")
    with pytest.raises(InputRejectedError, match=r"bad\.yml: line \d+.*fix it \(or drop --strict\)"):
        load(graph, rules, strict=True)
    assert snapshot(graph) == ([], [])
    report = load(graph, rules)
    assert (report.items, report.stored, report.reported) == (3, 2, 1)
    assert values(graph, "MATCH (:RuleSet)-[:HAS_PROBLEM]->(p) RETURN p.code AS c, p.severity AS s") == [
        ("yaml-syntax", "skipped")
    ]


def test_a_dry_run_says_what_would_change(graph: Graph, rules: Path) -> None:
    load(graph, rules)
    before = snapshot(graph)
    rule(rules, "c")
    report = load(graph, rules, dry_run=True)
    assert (report.outcome, report.change) == (Outcome.CHECKED, Change(added=("c",)))
    assert snapshot(graph) == before


def test_other_tables_derive_anew(graph: Graph, rules: Path, tmp_path: Path) -> None:
    load(graph, rules)
    mine = tmp_path / "mine.csv"
    mine.write_text(
        "product,category,service,scope,platforms,log_sources,data_components\n"
        "azure,,riskdetection,category,SaaS,azure:signinlogs,DC0002\n",
        encoding="utf-8",
    )
    report = load_sigma(
        graph, str(rules), set_version="1", alias_files=[str(mine)], terms=Terms(replace=True)
    )
    assert report.outcome is Outcome.REPLACED
    assert report.change == Change()
    assert values(graph, "MATCH (r:Rule {id: 'b'})-[:READS]->(s) RETURN s.name AS s, r.platforms AS p") == [
        ("azure:signinlogs", ["SaaS"])
    ]


@pytest.mark.parametrize(
    ("status", "counted"), [("stable", True), ("deprecated", False), ("unsupported", False)]
)
def test_what_is_not_in_use_is_not_counted(
    graph: Graph, tmp_path: Path, status: str, counted: object
) -> None:
    rule(tmp_path / "rules", "a", status=status)
    load(graph, tmp_path / "rules")
    assert values(graph, "MATCH (r:Rule)-[c:CLAIMS]->() RETURN r.counted AS r, c.counted AS c") == [
        (counted, counted)
    ]


def test_compiling_is_stored_with_each_rule(graph: Graph, rules: Path) -> None:
    pytest.importorskip("sigma.backends.splunk")
    for path in rules.iterdir():
        path.unlink()
    good, bad = (f"6f1e0c9e-0000-4000-8000-00000000000{number}" for number in range(2))
    rule(rules, good, related=bad)
    (rules / "bad.yml").write_text(
        f"title: c\nid: {bad}\n"
        "logsource: {product: windows}\ndetection: {s: {'a|expand': '%x%'}, condition: s}\n",
        encoding="utf-8",
    )
    load(graph, rules)
    report = load_sigma(graph, str(rules), set_version="1", validate_with=["splunk", "lucene"])
    assert report.outcome is Outcome.UNCHANGED
    assert [remark.partition(" ")[0] for remark in report.remarks] == ["splunk", "lucene"]
    assert all(remark.endswith(": 1 rules compile, 1 do not") for remark in report.remarks)
    load_sigma(graph, str(rules), set_version="1", validate_with=["splunk"])
    results = "MATCH (r:Rule)-[v:VALIDATED_BY]->(d) RETURN r.id AS r, d.key AS d, v.ok AS ok ORDER BY r, d"
    assert values(graph, results) == [
        (good, "lucene", True),
        (good, "splunk", True),
        (bad, "lucene", False),
        (bad, "splunk", False),
    ]
    messages = (
        "MATCH (:Rule)-[v:VALIDATED_BY {ok: false}]->() RETURN DISTINCT v.error CONTAINS 'placeholder' AS m"
    )
    assert values(graph, messages) == [(True,)]
    remove_set(graph, "rules@1")
    assert snapshot(graph) == ([], [])

"""Hostile bundles: one clear line, exit code 3, an unchanged graph; or an odd value that costs itself only."""

import json
from typing import Any

import pytest

from graph.errors import InputRejectedError
from graph.server.connection import Graph
from loaders.terms import Terms
from tests.bundles import Body, as_source, bundle, matrix, thing, tie
from tests.graphs import snapshot
from tests.loads import load_attack

STEAL = thing("attack-pattern", "Steal", "T1528")
GOOD = bundle(STEAL)


def replaced(old: str, new: str) -> bytes:
    text = GOOD.decode()
    assert old in text
    return text.replace(old, new, 1).encode()


REJECTED = {
    "not JSON": (b"{", "line 1 column"),
    "truncated": (GOOD[:-20], "not JSON"),
    "trailing data": (GOOD + b"{}", "not JSON: Extra data"),
    "byte-order mark": (b"\xef\xbb\xbf" + GOOD, "byte-order mark"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "not UTF-8"),
    "NaN": (replaced('"Steal"', "NaN"), "NaN is not JSON"),
    "Infinity": (replaced('"Steal"', "-Infinity"), "Infinity is not JSON"),
    "a number beyond all": (replaced('"Steal"', "1e999"), "too large"),
    "an integer beyond 64 bits": (replaced('"Steal"', "36893488147419103232"), "beyond 2\\*\\*53"),
    "an integer of 5,000 digits": (replaced('"Steal"', "1" * 5000), "5000 digits"),
    "duplicate key": (replaced('"name"', '"type": "x", "name"'), "duplicate-key: the key 'type'"),
    "depth 100,000": (
        replaced('"Steal"', "[" * 100_000 + "]" * 100_000),
        "too-deep: is nested deeper than 64 levels",
    ),
    "lone surrogate": (replaced('"Steal"', '"\\ud800"'), "lone surrogate"),
    "lone surrogate as a key": (replaced('"name"', '"\\udfff": 1, "name"'), "lone surrogate"),
    "no bundle": (b'{"type": "report"}', "not a STIX bundle"),
    "a list": (b"[]", "not a STIX bundle"),
    "empty bundle": (b'{"type": "bundle", "objects": []}', "the bundle is empty"),
    "two domains": (
        bundle(matrix(), matrix("ics-attack"), STEAL),
        "two domains: enterprise-attack, ics-attack",
    ),
    "two contents of one id": (bundle(STEAL, STEAL | {"name": "Other"}), "contradicting-id"),
    "no domain": (
        json.dumps({"type": "bundle", "objects": [thing("identity", "X")]}).encode(),
        "states its domain",
    ),
    "no release": (bundle(STEAL, version="newest"), "not a number like 18.1"),
}


@pytest.mark.parametrize("name", REJECTED)
def test_a_hostile_file_is_rejected_in_one_line_and_changes_nothing(graph: Graph, name: str) -> None:
    data, message = REJECTED[name]
    load_attack(graph, as_source(bundle(STEAL, version="0.9")))
    before = snapshot(graph)
    with pytest.raises(InputRejectedError, match=message) as caught:
        load_attack(graph, as_source(data, "hostile.json"), terms=Terms(replace=True))
    line = str(caught.value)
    assert line.startswith("hostile.json: ")
    assert "\n" not in line
    assert len(line) < 300
    assert snapshot(graph) == before


def properties(graph: Graph) -> Body:
    (row,) = graph.read("MATCH (t:Technique) RETURN properties(t) AS p")
    return dict(row["p"])  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", 7),
        ("name", ["a"]),
        ("name", {"nested": {"map": 1}}),
        ("x_mitre_platforms", ["Windows", None]),
        ("x_mitre_platforms", ["Windows", 1, ["mixed"]]),
        ("x_mitre_platforms", {"a": 1}),
        ("external_references", "none"),
        ("external_references", [{"source_name": "mitre-attack", "external_id": {"a": 1}}, None, 3]),
        ("kill_chain_phases", [{"kill_chain_name": None}, "x", 5]),
        ("description", "x" * 2_000_000),
    ],
)
def test_an_odd_value_costs_itself_only_and_stays_in_the_raw_record(
    graph: Graph, field: str, value: Any
) -> None:
    odd = STEAL | {field: value}
    report = load_attack(graph, as_source(bundle(odd)))
    assert (report.stored, report.reported) == (report.items, 0)
    found = properties(graph)
    (raw,) = graph.read(
        "MATCH (raw:Raw {sha256: $sha256}) RETURN raw.text AS text", {"sha256": found["sha256"]}
    )
    assert json.loads(str(raw["text"])) == odd
    if field == "description":
        assert found[field] == value
    else:
        assert report.problems or field == "external_references"


NAMES = [
    "e\u0301 \u00e9",
    "\u200bzero\u200dwidth",
    "\u202eltr",
    "\x1b]52;c;AAAA\x07",
    "[red]",
    ":skull:",
    "=cmd()",
    "\r",
    "`",
]


@pytest.mark.parametrize("name", NAMES)
def test_names_are_stored_as_they_are(graph: Graph, name: str) -> None:
    load_attack(graph, as_source(bundle(STEAL | {"name": name})))
    assert properties(graph)["name"] == name


def test_an_attack_id_longer_than_an_index_key_is_said_so_and_changes_nothing(graph: Graph) -> None:
    long = thing("attack-pattern", "Long", "T" + "1" * 40_000)
    report = load_attack(graph, as_source(bundle(STEAL, long)))
    assert [each.code for each in report.problems] == ["unusual-value"]
    assert report.stored == report.items


def test_a_log_source_longer_than_an_index_key_is_reported(graph: Graph) -> None:
    entry = {"name": "x" * 40_000, "channel": "y"}
    component = thing("x-mitre-data-component", "Odd", "DC0001", x_mitre_log_sources=[entry])
    report = load_attack(graph, as_source(bundle(component)))
    assert [each.code for each in report.problems] == ["unusual-value"]


def test_cycles_are_stored_and_every_read_ends(graph: Graph) -> None:
    dead = [thing("attack-pattern", name, name, revoked=True) for name in ("T0001", "T0002")]
    child = [
        thing("attack-pattern", name, name, x_mitre_is_subtechnique=True)
        for name in ("T0003.001", "T0004.001")
    ]
    ties = [
        tie("revoked-by", dead[0], dead[1]),
        tie("revoked-by", dead[1], dead[0]),
        tie("revoked-by", dead[0], dead[0]),
        tie("subtechnique-of", child[0], child[1]),
        tie("subtechnique-of", child[1], child[0]),
    ]
    report = load_attack(graph, as_source(bundle(*dead, *child, *ties)))
    assert [each.code for each in report.problems] == ["self-reference"]
    resolved = graph.read("MATCH (id:AttackId)-[:RESOLVES_TO]->() RETURN id.id AS id ORDER BY id")
    assert [row["id"] for row in resolved] == ["T0003.001", "T0004.001"]


def test_two_objects_with_one_attack_id_and_an_object_from_before_its_creation(graph: Graph) -> None:
    twin = thing("attack-pattern", "Twin", "T1528", modified="1999-01-01T00:00:00.000Z")
    load_attack(graph, as_source(bundle(STEAL, twin)))
    assert graph.read("MATCH (:AttackId {id: 'T1528'})-[:RESOLVES_TO]->(o) RETURN o.name AS name") == []
    assert len(graph.read("MATCH (:AttackId {id: 'T1528'})<-[:HAS_ID]-(o) RETURN o")) == 2

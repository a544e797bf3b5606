"""`raw ID --canonical | sha256sum` is the hash that answers name, for every kind of record."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest

from cli import app
from docs.query_answers import load_example
from graph.server.connection import Graph, connect
from graph.server.settings import Target
from tests.conftest import wipe
from tests.integration.cli.conftest import point_to

Words = Callable[..., tuple[int, bytes, str]]


@pytest.fixture(scope="module")
def loaded(server: Target) -> Target:
    with connect(server, patience=60) as graph:
        wipe(graph)
        load_example(graph)
    return server


@pytest.fixture
def example(loaded: Target) -> Iterator[Graph]:
    with connect(loaded) as graph:
        yield graph


@pytest.fixture
def raw(loaded: Target, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Words:
    point_to(monkeypatch, loaded)

    def run(*words: str) -> tuple[int, bytes, str]:
        code = app.run(words)
        captured = capfdbinary.readouterr()
        return code, captured.out, captured.err.decode()

    return run


def hashed(raw: Words, what: str) -> str:
    code, out, err = raw("raw", what, "--canonical")
    assert code == 0, (what, err)
    return sha256(out).hexdigest()


def test_what_show_prints_is_the_hash_of_the_record(example: Graph, raw: Words) -> None:
    rows = example.read(
        "MATCH (n:AttackObject {release: 'enterprise-attack@18.1-sample'}) WHERE n.attack_id IS NOT NULL "
        "RETURN head([l IN labels(n) WHERE l <> 'AttackObject']) AS kind, "
        "min(CASE WHEN n:Matrix THEN n.stix_id ELSE n.attack_id END) AS id "
        "UNION MATCH (e:Evidence) RETURN head([l IN labels(e) WHERE l <> 'Evidence']) AS kind, min(e.id) AS id"
    )
    kinds = {str(row["kind"]): str(row["id"]) for row in rows}
    assert kinds.keys() >= {
        "Technique",
        "Tactic",
        "Analytic",
        "DetectionStrategy",
        "DataComponent",
        "Mitigation",
    }
    assert kinds.keys() >= {"Rule", "Capability", "Detection"}
    for what in kinds.values():
        code, out, err = raw("show", what, "--format", "json")
        assert code == 0, err
        assert hashed(raw, what) == json.loads(out)["sha256"], what


def test_a_relationship_an_environment_and_an_annotation(example: Graph, raw: Words) -> None:
    (link,) = example.read(
        "MATCH ({release: 'enterprise-attack@18.1-sample'})-[r:DETECTS]->() "
        "RETURN r.stix_id AS id, r.sha256 AS sha256 ORDER BY id LIMIT 1"
    )
    assert hashed(raw, str(link["id"])) == link["sha256"]
    (own,) = example.read(
        "MATCH (e:Environment)-[:HAS_RECORD]->(r:Raw) RETURN e.key AS id, r.sha256 AS sha256 ORDER BY id LIMIT 1"
    )
    assert hashed(raw, str(own["id"])) == own["sha256"]
    (note,) = example.read("MATCH (a:Annotation) RETURN a.key AS id, a.sha256 AS sha256 ORDER BY id LIMIT 1")
    assert hashed(raw, str(note["id"])) == note["sha256"]


def test_any_record_by_its_hash(example: Graph, raw: Words) -> None:
    every = [
        str(row["sha256"]) for row in example.read("MATCH (r:Raw) RETURN r.sha256 AS sha256 ORDER BY sha256")
    ]
    assert len(every) > 300
    for sha in every[:: len(every) // 20]:
        assert hashed(raw, sha) == hashed(raw, sha[:12]) == hashed(raw, sha.upper()) == sha


@pytest.mark.parametrize(
    "what",
    ["T9999", "relationship--0008005f-ca51-47c3-8369-55ee5de1c65a", "0" * 64, "0000000", "nothing", ""],
)
def test_what_has_no_record_is_one_line(raw: Words, what: str) -> None:
    code, out, err = raw("raw", what, "--canonical")
    assert (code, out, err.count("\n")) == (12, b"", 1)

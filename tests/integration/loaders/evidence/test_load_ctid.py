"""Loading CTID's mappings."""

import json
from pathlib import Path

import pytest

from graph.errors import InputRejectedError
from graph.holding.change import Outcome
from graph.server.connection import Graph
from loaders.terms import Terms
from tests.graphs import snapshot
from tests.integration.loaders.evidence.test_load_sigma import values
from tests.loads import load_ctid, remove_set


def mapping(path: Path, framework: str, version: str, *rows: dict[str, object]) -> str:
    content = {
        "metadata": {
            "mapping_framework": framework,
            "mapping_framework_version": version,
            "attack_version": "16.1",
            "technology_domain": "enterprise",
        },
        "mapping_objects": list(rows),
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return str(path)


def row(capability: str, attack_id: str | None, **changed: object) -> dict[str, object]:
    base: dict[str, object] = {
        "capability_id": capability.casefold().replace(" ", "_"),
        "capability_description": capability,
        "attack_object_id": attack_id,
        "mapping_type": "technique_scores",
        "status": "complete",
        "score_category": "detect",
        "score_value": "partial",
        "comments": "Because.",
        "references": ["https://example.com/"],
    }
    return {**base, **changed}


@pytest.fixture
def file(tmp_path: Path) -> str:
    rows = (
        row("Amazon Macie", "T1530"),
        row("Amazon Macie", "T1530"),
        row("AWS S3", None, status="non_mappable"),
    )
    return mapping(tmp_path / "aws.json", "aws", "12/12/2024", *rows)


def test_a_row_becomes_a_claim_of_a_product(graph: Graph, file: str) -> None:
    (report,) = load_ctid(graph, [file]).reports
    assert (report.key, report.items, report.stored) == ("ctid-aws@12.12.2024", 3, 3)
    claims = (
        "MATCH (c:Capability)-[x:CLAIMS]->(i) RETURN c.id AS c, i.id AS i, x.category AS a, x.effectiveness AS e, "
        "x.count AS n, x.counted AS k, x.urls AS u, x.origin_pointer AS p"
    )
    assert values(graph, claims) == [
        (
            "amazon_macie",
            "T1530",
            "detect",
            "partial",
            2,
            True,
            ["https://example.com/"],
            "/mapping_objects/0",
        )
    ]
    products = (
        "MATCH (p:Product)<-[:SAME_PRODUCT]-(c:Capability)-[:OFFERED_BY]->(o) "
        "RETURN c.title AS c, p.name AS p, o.name AS o, c.counted AS k ORDER BY c"
    )
    assert values(graph, products) == [
        ("AWS S3", "Amazon S3", "Amazon Web Services", False),
        ("Amazon Macie", "Amazon Macie", "Amazon Web Services", True),
    ]


def test_removing_leaves_nothing(graph: Graph, file: str) -> None:
    load_ctid(graph, [file])
    remove_set(graph, "ctid-aws@12.12.2024")
    assert snapshot(graph) == ([], [])


def test_a_product_of_two_sets_stays_with_the_other(graph: Graph, file: str, tmp_path: Path) -> None:
    load_ctid(graph, [file])
    before = snapshot(graph)
    other = mapping(tmp_path / "other.json", "aws", "12/13/2024", row("Amazon Macie", "T1000"))
    load_ctid(graph, [other])
    assert values(graph, "MATCH (s:MappingSet) RETURN s.version AS v, s.current AS c ORDER BY v") == [
        ("12.12.2024", False),
        ("12.13.2024", True),
    ]
    remove_set(graph, "ctid-aws@12.13.2024")
    assert snapshot(graph) == before


def test_nothing_is_loaded_when_one_of_several_is_refused(graph: Graph, file: str, tmp_path: Path) -> None:
    load_ctid(graph, [file])
    before = snapshot(graph)
    good = mapping(tmp_path / "good.json", "gcp", "03/06/2025", row("Chronicle", "T1000"))
    changed = mapping(tmp_path / "aws.json", "aws", "12/12/2024", row("Amazon Macie", "T1001"))
    with pytest.raises(InputRejectedError, match="use --replace"):
        load_ctid(graph, [good, changed])
    empty = mapping(tmp_path / "empty.json", "azure", "03/06/2025")
    with pytest.raises(InputRejectedError, match="nothing in it can be loaded"):
        load_ctid(graph, [good, empty])
    bad = mapping(tmp_path / "bad.json", "azure", "03/06/2025", row("A", "T1000"), row("A", "no id"))
    with pytest.raises(InputRejectedError, match=r"bad\.json: /mapping_objects/1: bad-attack-id"):
        load_ctid(graph, [good, bad], terms=Terms(strict=True))
    assert snapshot(graph) == before


def test_the_same_files_again_change_nothing(graph: Graph, file: str) -> None:
    load_ctid(graph, [file])
    assert [each.outcome for each in load_ctid(graph, [file]).reports] == [Outcome.UNCHANGED]

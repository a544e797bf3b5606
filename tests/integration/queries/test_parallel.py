"""Records that say the same of the same two objects, that name what is not there, and notes on objects."""

import pytest

from graph.holding.lookup import loaded_releases
from graph.server.connection import Graph
from loaders import sample
from loaders.reading.sources import read_file
from queries.answers.choice import choose
from queries.answers.show.object import shown_official
from queries.ask import ask
from queries.params import OfRelease
from queries.questions.coverage.totals import BY_LOG_SOURCE, SetEvidence
from queries.questions.missing.kinds import KINDS
from tests.bundles import Body, thing, tie
from tests.integration.queries.small_sets import guidance, load_release, tactic, technique
from tests.loads import load_attack


def rows_of_kind(graph: Graph, name: str, release: str) -> list[tuple[object, ...]]:
    (kind,) = (each for each in KINDS if each.name == name)
    return [(row.attack_id, row.detail) for row in ask(graph, kind.question, OfRelease(release))]


def twice(kind: str, start: Body, end: Body) -> list[Body]:
    """Two relationships of one kind between the same two, as ICS 11.0 has them."""
    first = tie(kind, start, end, description="Once.")
    return [first, first | {"id": first["id"][:-1] + "0", "description": "Again."}]


def test_parallel_relationships_are_one_object_with_both_texts(graph: Graph) -> None:
    group, used = thing("intrusion-set", "G", "G0001"), technique("T0001", "Linux")
    control = thing("course-of-action", "M", "M0001")
    key = load_release(
        graph, "1.0", group, used, control, *twice("uses", group, used), *twice("mitigates", control, used)
    )
    shown = shown_official(graph, key, "G0001")
    assert [(each.attack_id, each.how) for each in shown.techniques] == [("T0001", "Again.\n\nOnce.")]  # type: ignore[attr-defined]
    around = shown_official(graph, key, "T0001")
    assert [each.attack_id for each in around.used_by] == ["G0001"]  # type: ignore[attr-defined]
    assert [each.attack_id for each in around.mitigations] == ["M0001"]  # type: ignore[attr-defined]


def test_each_relationship_with_a_dead_object_counts(graph: Graph) -> None:
    group, dead = thing("intrusion-set", "G", "G0001"), technique("T0001", "Linux", revoked=True)
    key = load_release(graph, "1.0", group, dead, *twice("uses", group, dead))
    assert rows_of_kind(graph, "live-touches-dead", key) == [("T0001", "G USES T0001")] * 2


def test_references_of_every_field_are_looked_up(graph: Graph) -> None:
    lost = "identity--00000000-0000-4000-8000-000000000000"
    group, used = thing("intrusion-set", "G", "G0001", created_by_ref=lost), technique("T0001", "Linux")
    red = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"
    uses = tie("uses", group, used, object_marking_refs=[red, lost.replace("identity", "marking-definition")])
    key = load_release(graph, "1.0", group, used, uses)
    details = sorted(str(detail) for _, detail in rows_of_kind(graph, "dangling-reference", key))
    assert [each.rpartition(": ")[2].partition("--")[0] for each in details] == [
        "identity",
        "marking-definition",
    ]


def test_a_note_is_shown_with_its_object(graph: Graph) -> None:
    about = technique("T0001", "Linux")
    note = thing("note", "Ours", abstract="our note", content="Seen here in March", object_refs=[about["id"]])
    key = load_release(graph, "1.0", about, note)
    (shown,) = shown_official(graph, key, "T0001").notes
    assert (shown.name, shown.text) == ("our note", "Seen here in March")
    assert rows_of_kind(graph, "dangling-reference", key) == []


def test_log_sources_that_only_analytics_read_are_listed(graph: Graph) -> None:
    about = technique("T0001", "Windows")
    key = load_release(graph, "1.0", about, *guidance(about, "Windows", "WinEventLog:Sysmon"))
    rows = ask(graph, BY_LOG_SOURCE, SetEvidence(key))
    assert [(row.log_source, row.rules, row.techniques, row.analytics) for row in rows] == [
        ("WinEventLog:Sysmon", 0, 0, 1)
    ]


@pytest.mark.parametrize("wanted", ["real", "sample"])
def test_the_sample_is_kept_apart_from_real_releases(graph: Graph, wanted: str) -> None:
    source = next(iter(sample.releases()))
    load_attack(graph, read_file(str(source)))
    found = graph.read(
        "MATCH (r:Release) MATCH (t:Technique {release: r.key, attack_id: 'T1528'}) "
        "RETURN t.stix_id AS id, r.key AS key",
        {},
    )
    real = load_release(graph, "30.0", technique("T1528", "SaaS", id=str(found[0]["id"])))
    key = real if wanted == "real" else str(found[0]["key"])
    assert [each.release for each in shown_official(graph, key, "T1528").releases] == [key]


@pytest.mark.parametrize("order", [1, -1])
def test_of_two_tactics_with_one_shortname_the_file_order_does_not_choose(graph: Graph, order: int) -> None:
    tactics = [tactic(f"Impact {number}", f"TA000{number}", "impact") for number in (1, 2, 3)]
    tactics[0]["revoked"] = True
    key = load_release(graph, "1.0", *tactics[::order], technique("T0001", "Linux", tactics=["impact"]))
    shown = shown_official(graph, key, "T0001")
    assert [each.attack_id for each in shown.tactics] == ["TA0002"]  # type: ignore[attr-defined]
    noted = graph.read("MATCH (p:Problem {code: 'ambiguous-tactic'}) RETURN p.message AS said", {})
    assert [row["said"] for row in noted] == [
        "mitre-attack/impact is the shortname of TA0002 too; techniques achieve that one"
    ]


def test_a_beta_is_older_than_the_release_of_its_number(graph: Graph) -> None:
    for version in ("2.0", "2.0-beta", "1.0"):
        load_release(graph, version, technique("T0001", "Linux"))
    assert [each.key.partition("@")[2] for each in loaded_releases(graph)] == ["1.0", "2.0-beta", "2.0"]
    assert choose(graph) == "enterprise-attack@2.0"

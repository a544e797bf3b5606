"""Loading, replacing and removing releases."""

from itertools import permutations

import pytest

from graph.errors import InputRejectedError, NotFoundError, UsageError
from graph.holding.change import Outcome
from graph.server.connection import Graph
from loaders import sample
from loaders.formats import Source
from loaders.loading import load_source
from loaders.terms import Terms
from tests.bundles import as_source, bundle, matrix, thing, tie
from tests.graphs import snapshot
from tests.loads import load_attack, remove_release

TACTIC = thing("x-mitre-tactic", "Credential Access", "TA0006", x_mitre_shortname="credential-access")
PHASES = [{"kill_chain_name": "mitre-attack", "phase_name": "credential-access"}]
STEAL = thing("attack-pattern", "Steal", "T1528", kill_chain_phases=PHASES, x_mitre_platforms=["SaaS"])
FORGE = thing("attack-pattern", "Forge", "T1606", kill_chain_phases=PHASES)
CONTROL = thing("course-of-action", "Audit", "M1047")
BASE = [matrix("enterprise-attack", TACTIC), TACTIC, STEAL, CONTROL, tie("mitigates", CONTROL, STEAL)]


def source(version: str, name: str = "spelled") -> bytes:
    """Release `version`: an analytic reads a log source in its own spelling; T1606 changes or is missing."""
    analytic = thing(
        "x-mitre-analytic",
        "Analytic 1",
        "AN0001",
        x_mitre_log_source_references=[
            {"name": name, "channel": "x", "x_mitre_data_component_ref": "nothing"}
        ],
    )
    forge = [] if version == "9.0" else [FORGE | {"description": f"Seen in {version}."}]
    return bundle(*BASE, analytic, *forge, version=version)


RELEASES = {
    "8.2": source("8.2", "Odd:Log "),
    "9.0": source("9.0", "odd:log"),
    "10.0": source("10.0", "ODD:LOG"),
}


def load(graph: Graph, version: str) -> None:
    load_attack(graph, as_source(RELEASES[version], f"{version}.json"))


def count(graph: Graph, pattern: str) -> object:
    return graph.read(f"MATCH {pattern} RETURN count(*) AS n")[0]["n"]


def test_whatever_the_order_of_loading_and_removing_the_graph_is_that_of_what_is_left(graph: Graph) -> None:
    load(graph, "8.2")
    load(graph, "9.0")
    load(graph, "10.0")
    whole = snapshot(graph)
    remove_release(graph, "enterprise-attack@9.0")
    without = snapshot(graph)
    assert without != whole
    for order in permutations(RELEASES):
        for each in ("8.2", "10.0"):
            remove_release(graph, f"enterprise-attack@{each}")
        assert snapshot(graph) == ([], [])
        for each in order:
            load(graph, each)
        assert snapshot(graph) == whole, order
        remove_release(graph, "enterprise-attack@9.0")
        assert snapshot(graph) == without, order


def test_releases_follow_one_another_by_number_and_samples_only_samples(graph: Graph) -> None:
    for each in ("10.0", "8.2", "9.0"):
        load(graph, each)
    load_attack(graph, as_source(bundle(*BASE, version="9.1-sample"), "sample.json"))
    found = graph.read(
        "MATCH (a:Release)-[:SUCCEEDS]->(b:Release) RETURN a.key AS newer, b.key AS older ORDER BY newer"
    )
    assert [(row["newer"], row["older"]) for row in found] == [
        ("enterprise-attack@10.0", "enterprise-attack@9.0"),
        ("enterprise-attack@9.0", "enterprise-attack@8.2"),
    ]
    changed = graph.read(
        "MATCH (a:AttackObject)-[s:SUCCEEDS]->() RETURN DISTINCT s.change AS change ORDER BY change"
    )
    assert [row["change"] for row in changed] == ["content", "unchanged"]


def test_the_same_content_again_is_a_no_op(graph: Graph) -> None:
    load(graph, "9.0")
    before = snapshot(graph)
    report = load_attack(graph, as_source(RELEASES["9.0"]))
    assert report.outcome is Outcome.UNCHANGED
    assert snapshot(graph) == before


def test_other_content_under_the_key_is_refused_and_replaced_when_told(graph: Graph) -> None:
    load(graph, "9.0")
    before = snapshot(graph)
    other = as_source(bundle(*BASE, FORGE, version="9.0"))
    with pytest.raises(InputRejectedError, match="other content"):
        load_attack(graph, other)
    assert snapshot(graph) == before
    assert load_attack(graph, other, terms=Terms(replace=True)).outcome is Outcome.REPLACED
    assert count(graph, "(:Technique {attack_id: 'T1606'})") == 1
    assert count(graph, "(:Release)") == 1


def test_a_dry_run_writes_nothing(graph: Graph) -> None:
    report = load_attack(graph, as_source(RELEASES["9.0"]), terms=Terms(dry_run=True))
    assert (report.outcome, report.items) == (Outcome.CHECKED, 7)
    assert snapshot(graph) == ([], [])


@pytest.mark.parametrize(
    ("version", "release", "error"),
    [
        (None, None, "does not state its release"),
        ("9.0", "9.1", "--release is 9.1, the file is release 9.0"),
        ("9.0", "ics-attack@9.0", "--release is ics-attack"),
    ],
)
def test_the_release_must_be_known_and_agree(
    graph: Graph, version: str | None, release: str, error: str
) -> None:
    with pytest.raises(InputRejectedError, match=error):
        load_attack(graph, as_source(bundle(*BASE, version=version)), release=release)
    assert snapshot(graph) == ([], [])


def test_a_release_that_is_none_is_a_usage_error(graph: Graph) -> None:
    with pytest.raises(UsageError):
        load_attack(graph, as_source(bundle(*BASE, version=None)), release="newest")


def test_a_release_that_is_not_loaded_cannot_be_removed(graph: Graph) -> None:
    with pytest.raises(NotFoundError, match=r"enterprise-attack@1\.0"):
        remove_release(graph, "enterprise-attack@1.0")


def test_items_in_are_items_stored_and_items_reported(graph: Graph) -> None:
    odd = [
        {"type": "attack-pattern", "id": "attack-pattern--../../etc"},
        "no object at all",
        tie("uses", thing("intrusion-set", "Nobody"), STEAL),
        thing("x-new-type", "Future", "X0001", nested={"a": [1, None]}),
        tie("mitigates", STEAL, STEAL),
        STEAL,
        FORGE | {"name": 7, "x_mitre_platforms": ["Windows", None]},
    ]
    report = load_attack(graph, as_source(bundle(*BASE, *odd)))
    assert report.items == len(BASE) + len(odd) + 1
    assert (report.stored, report.reported) == (report.items - 4, 4)
    codes = sorted(each.code for each in report.problems)
    assert codes == [
        "dangling-reference", "malformed-id", "malformed-id", "repeated-object", "unexpected-ends",
        "unknown-type", "unusual-value", "unusual-value",
    ]  # fmt: skip
    assert count(graph, "(:Release)-[:HAS_PROBLEM]->(:Problem)") == len(codes)
    assert count(graph, "(:Release)-[:HAS_RECORD]->(:Raw)") == report.items - 1
    assert count(graph, "(:Other {stix_type: 'x-new-type'})-[:HAS_ID]->(:AttackId {id: 'X0001'})") == 1


def test_releases_1_and_2_have_tactics_by_kill_chain_phases_only(graph: Graph) -> None:
    load_attack(graph, as_source(bundle(STEAL, version=None)), release="2.0")
    found = graph.read(
        "MATCH (:Technique)-[:ACHIEVES]->(tactic:Tactic {inferred: true}) "
        "RETURN tactic.name AS name, tactic.shortname AS shortname"
    )
    assert found == [{"name": "Credential Access", "shortname": "credential-access"}]


def test_a_load_tells_its_phases_and_how_much_was_sent(graph: Graph) -> None:
    told: list[tuple[str, int, int]] = []
    path = str(next(sample.releases()))
    load_source(graph, "attack", Source((path,)), terms=Terms(tell=lambda *phase: told.append(phase)))
    phases = list(dict.fromkeys(phase for phase, _, _ in told))
    assert phases == ["reading", "sending", "settling", "committing"]
    sent = [(done, total) for phase, done, total in told if phase == "sending"]
    assert sent == sorted(sent)
    assert len({total for _, total in sent}) == 1
    assert sent[0][0] == 0 < sent[-1][0] <= sent[-1][1]

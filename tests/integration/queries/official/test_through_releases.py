"""Differences, histories and texts of the real releases, against known numbers and what was judged by hand."""

import csv
from pathlib import Path

import pytest

from graph.server.connection import Graph
from queries.answers.differences import Diff, Wanted, compared
from queries.answers.history import field_changes, relationship_changes
from queries.answers.linting.findings import findings
from queries.ask import ask
from queries.params import OfIdentifier, TwoReleases
from queries.questions.releases.questions import CHANGED_OBJECTS, HISTORY, SILENT_CHANGES, TwoReleasesOfTypes

pytestmark = pytest.mark.integration
OLD, NEW, NEWEST = (f"enterprise-attack@{version}" for version in ("17.1", "18.1", "19.1"))
EVERYTHING = Wanted(names=True, paths=True, evidence=True, rules=True)
JUDGED = Path(__file__).parents[4] / "docs" / "lint-judged.csv"


@pytest.fixture(scope="module")
def diff(loaded: Graph) -> Diff:
    return compared(loaded, TwoReleases(NEW, NEWEST), EVERYTHING)


def paths(diff: Diff) -> dict[str, tuple[int, int, int]]:
    return {kind: (each.kept, len(each.lost), len(each.gained)) for kind, each in (diff.paths or {}).items()}


def test_what_19_1_did_to_objects(diff: Diff) -> None:
    assert (diff.objects["Technique"].added, diff.objects["Technique"].revoked) == (23, 17)
    assert diff.objects["Analytic"].added == 19
    strategies = diff.objects["DetectionStrategy"]
    assert (strategies.added, strategies.deprecated) == (8, 2)
    assert {(each.change, each.tactic_id, each.name) for each in diff.tactics} == {
        ("renamed", "TA0005", "Stealth"),
        ("added", "TA0112", "Defense Impairment"),
    }
    assert len(diff.moved) == 74
    assert sum(bool(each.tactics_gained or each.tactics_lost) for each in diff.moved) == 72


def test_techniques_with_a_new_id_are_told_with_it(diff: Diff) -> None:
    assert len(diff.replaced) == 17
    into = [each.technique_id for each in diff.replaced if each.successors == ("T1685",)]
    assert into == ["T1562", "T1562.001", "T1562.006"]


def test_counts_are_the_same_with_names_and_without(loaded: Graph, diff: Diff) -> None:
    assert compared(loaded, TwoReleases(NEW, NEWEST), Wanted()).objects == diff.objects
    old = TwoReleases(OLD, NEW)
    assert compared(loaded, old, Wanted()).objects == compared(loaded, old, Wanted(names=True)).objects
    named = [
        (row.change, row.stix_id, row.fields)
        for row in ask(loaded, CHANGED_OBJECTS, TwoReleasesOfTypes(NEW, NEWEST))
    ]
    assert len(named) == len(diff.names or ())
    assert sorted(each[0] for each in named) == sorted(each.change for each in diff.names or ())
    assert [each[2] for each in named] == [each.fields for each in diff.names or ()]


def test_names_are_those_that_are_counted(diff: Diff) -> None:
    named = [(each.type, each.change) for each in diff.names or ()]
    for type_, counts in diff.objects.items():
        for change in ("added", "removed", "revoked", "deprecated", "content"):
            assert named.count((type_, change)) == getattr(counts, change)


def test_paths_of_19_1(diff: Diff) -> None:
    found = paths(diff)
    assert found["component_technique"] == (2551, 64, 87)
    assert found["chain"] == (3996, 100, 134)
    chain = (diff.paths or {})["chain"]
    assert len({getattr(each, "technique_id", None) for each in (*chain.lost, *chain.gained)}) == 39
    assert found["log_source_technique"] == (2934, 86, 102)
    assert found["analytic_technique"] == (1642, 56, 58)


def test_a_release_without_analytics_has_no_chain(loaded: Graph) -> None:
    found = compared(loaded, TwoReleases(OLD, NEW), Wanted(paths=True))
    assert paths(found)["component_technique"] == (1570, 546, 1045)
    assert paths(found)["chain"][:2] == (0, 0)
    assert (found.names, found.evidence, found.rules) == (None, None, None)


UNNOTICED = """
MATCH (new:Technique {release: $after})-[step:SUCCEEDS]->(old:Technique {release: $before})
WHERE new.modified = old.modified AND new.sha256 <> old.sha256
RETURN step.change AS change, count(*) AS techniques
"""


def test_what_changed_under_the_same_date(loaded: Graph) -> None:
    found = {
        row["change"]: row["techniques"] for row in loaded.read(UNNOTICED, {"before": OLD, "after": NEW})
    }
    assert found == {"schema": 69, "content": 15}, "84 techniques, most of which lost a retired field"
    rows = ask(loaded, SILENT_CHANGES, TwoReleases(OLD, NEW))
    assert sum(row.type == "Technique" and bool(row.same_date) for row in rows) == 15


def test_a_pair_with_nothing_between(loaded: Graph) -> None:
    found = compared(loaded, TwoReleases(NEW, NEW), EVERYTHING)
    nothing = (found.tactics, found.moved, found.replaced, found.names, found.evidence, found.rules)
    assert nothing == ((),) * 6
    assert all(each.unchanged and not each.added for each in found.objects.values())
    assert {(lost, gained) for _, lost, gained in paths(found).values()} == {(0, 0)}


def test_the_history_of_what_was_revoked_names_what_took_its_place(loaded: Graph) -> None:
    gone = {row.release: row for row in ask(loaded, HISTORY, OfIdentifier("T1562"))}
    assert gone[NEWEST].successors == ("T1685",)
    assert gone[NEW].successors == ()
    (came,) = (row for row in ask(loaded, HISTORY, OfIdentifier("T1685")))
    assert {"T1562", "T1562.001", "T1562.006"} <= set(came.predecessors)


def test_the_text_of_a_field_is_compared_sentence_by_sentence(loaded: Graph) -> None:
    entries = ask(loaded, HISTORY, OfIdentifier("T1562"))
    changes, known = field_changes(loaded, entries, "kill_chain_phases")
    assert "description" in known
    (change,) = (each for each in changes if each.release == NEWEST)
    assert any(line.startswith("- ") and "defense-evasion" in line for line in change.difference)


def test_relationships_come_and_go(loaded: Graph) -> None:
    steps = relationship_changes(loaded, ask(loaded, HISTORY, OfIdentifier("T1562")))
    revoked = [each for each in steps if each.relationship == "REVOKED_BY" and each.release == NEWEST]
    assert [(each.change, each.outgoing, each.attack_id) for each in revoked if each.outgoing] == [
        ("added", True, "T1685")
    ]


def test_lint_finds_what_was_judged_and_nine_of_ten_are_right(loaded: Graph) -> None:
    with JUDGED.open(newline="") as file:
        judged = list(csv.DictReader(file))
    found = [
        (each.kind, each.attack_id, (each.other_id or "").split(", ")[0]) for each in findings(loaded, NEWEST)
    ]
    assert sorted(found) == sorted((row["kind"], row["attack_id"], row["other_id"]) for row in judged)
    assert len(judged) == 60
    assert sum(row["right"] == "yes" for row in judged) / len(judged) >= 0.9


@pytest.mark.parametrize("release", ["ics-attack@18.1", "mobile-attack@17.1", OLD])
def test_texts_of_other_domains_and_older_releases_are_read(loaded: Graph, release: str) -> None:
    assert all(each.release == release and each.text for each in findings(loaded, release))

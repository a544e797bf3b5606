"""What another loaded release explains: tactics that were renamed or moved, and claims tagged for a newer one."""

from pathlib import Path

import pytest

from graph.server.connection import Graph
from queries.answers.conflicts import conflicts
from queries.answers.kinds import find, kind
from queries.ask import ask
from queries.params import OfObject
from queries.questions.coverage.technique import TECHNIQUE, WAITING, TechniqueEvidence
from tests.bundles import thing, tie
from tests.integration.queries.small_sets import load_release, load_rules, rule, tactic, technique

OLD, NEW = "enterprise-attack@18.1", "enterprise-attack@19.1"
EVASION = tactic("Defense Evasion", "TA0005", "defense-evasion")
STEALTH = EVASION | {"name": "Stealth", "x_mitre_shortname": "stealth"}
IMPAIRMENT = tactic("Defense Impairment", "TA0112", "defense-impairment")
IMPACT = tactic("Impact", "TA0040", "impact")


@pytest.fixture
def releases(graph: Graph, tmp_path: Path) -> Graph:
    """Evasion is renamed; T1562 was an evasion and is replaced by T1685, an impairment; rules for both."""
    kept, gone = "T1070", "T1562"
    load_release(
        graph,
        "18.1",
        EVASION,
        IMPACT,
        technique(kept, "Windows", tactics=["defense-evasion"]),
        technique(gone, "Windows", tactics=["defense-evasion"]),
    )
    revoked = technique(gone, "Windows", tactics=["defense-evasion"], revoked=True)
    replacing = technique("T1685", "Windows", tactics=["defense-impairment"])
    load_release(
        graph,
        "19.1",
        STEALTH,
        IMPACT,
        IMPAIRMENT,
        technique(kept, "Windows", tactics=["stealth"]),
        revoked | {"kill_chain_phases": []},
        replacing,
        tie("revoked-by", revoked, replacing),
    )
    load_rules(
        graph,
        tmp_path,
        rule("renamed", "windows/process_creation/", "defense_evasion", "t1070"),
        rule("newer-name", "windows/process_creation/", "stealth", "t1070"),
        rule("moved", "windows/process_creation/", "defense-evasion", "t1562"),
        rule("mismatch", "windows/process_creation/", "impact", "t1070"),
        rule("unknown", "windows/process_creation/", "defense_evesion", "t1070"),
        rule("unknown-alone", "windows/process_creation/", "privilege_execution"),
        rule("for-19", "windows/process_creation/", "defense-impairment", "t1685"),
        rule("fits", "windows/process_creation/", "defense-evasion", "stealth", "t1070"),
    )
    return graph


def tagged(graph: Graph, name: str, release: str) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    rows = find(graph, kind(f"rule-tactic-{name}"), release=release)
    return {row.evidence_id: (row.tactics, row.means) for row in rows}


def test_tactic_tags_are_one_of_four_kinds(releases: Graph) -> None:
    """cases/18."""
    stealth, evasion = "TA0005 stealth", "TA0005 defense-evasion"
    assert tagged(releases, "renamed", NEW) == {
        "renamed": (("defense-evasion",), (stealth,)),
        "fits": (("defense-evasion",), (stealth,)),
    }
    assert tagged(releases, "renamed", OLD) == {
        "newer-name": (("stealth",), (evasion,)),
        "fits": (("stealth",), (evasion,)),
    }
    assert tagged(releases, "moved", NEW) == {"moved": (("defense-evasion",), (stealth,))}
    assert tagged(releases, "moved", OLD) == {}
    for release in (OLD, NEW):
        assert tagged(releases, "mismatch", release) == {"mismatch": (("impact",), ("TA0040 impact",))}
        assert tagged(releases, "unknown", release) == {
            "unknown": (("defense-evesion",), ("",)),
            "unknown-alone": (("privilege-execution",), ("",)),
        }


def test_a_load_notes_unknown_tactics_with_the_nearest(releases: Graph, tmp_path: Path) -> None:
    report = load_rules(
        releases,
        tmp_path,
        rule("a", "windows/x/", "defense_evesion", "t1070"),
        rule("b", "windows/x/", "defense_evesion", "impact", "network-effects"),
        rule("c", "windows/x/", "zzz-qqq"),
        name="others",
    )
    notes = [problem.message for problem in report.problems if problem.code == "unknown-tactic"]
    network = "it is TA0038 Network Effects of mobile-attack 14.1 to 19.1"
    assert notes == [
        "no loaded release has a tactic 'defense-evesion' (2 rules); did you mean defense-evasion?",
        f"no loaded release has a tactic 'network-effects' (1 rule); {network}",
        "no loaded release has a tactic 'zzz-qqq' (1 rule); correct it",
    ]


def test_only_a_mismatch_contradicts(releases: Graph) -> None:
    found = conflicts(releases, release=NEW)
    assert [(each.kind, each.contradiction) for each in found] == [
        ("tactic-mismatch", True),
        *[("tactic-moved", False)],
        *[("tactic-renamed", False)] * 2,
        *[("tactic-unknown", False)] * 2,
    ]
    assert found[0].other_says == "none of the techniques achieves it (TA0040 impact)"


def test_a_tag_of_another_domain_is_no_contradiction(graph: Graph, tmp_path: Path) -> None:
    inhibit = tactic("Inhibit", "TA0107", "inhibit-response-function", x_mitre_domains=["ics-attack"])
    phase = {"kill_chain_name": "mitre-ics-attack", "phase_name": "inhibit-response-function"}
    load_release(graph, "18.1", IMPACT, technique("T1485", "Windows", tactics=["impact"]))
    plant = thing("attack-pattern", "T0814", "T0814", kill_chain_phases=[phase])
    load_release(graph, "18.1", inhibit, plant, domain="ics-attack")
    load_rules(
        graph, tmp_path, rule("both", "windows/x/", "impact", "inhibit-response-function", "t1485", "t0814")
    )
    for name in ("unknown", "renamed", "moved", "mismatch"):
        assert tagged(graph, name, OLD) == {}


def test_a_claim_tagged_for_a_newer_release_waits(releases: Graph) -> None:
    [row] = [row for row in find(releases, kind("claim-unresolved"), release=OLD) if row.attack_id == "T1685"]
    assert (row.reason, row.known_in, row.replaces) == ("newer", (NEW,), ("T1562",))
    [waiting] = ask(releases, WAITING, OfObject(OLD, "T1562"))
    assert (waiting.claimed_id, waiting.claims, waiting.known_in) == ("T1685", 1, (NEW,))
    assert not ask(releases, WAITING, OfObject(OLD, "T1070"))
    assert not ask(releases, WAITING, OfObject(NEW, "T1562"))
    [here] = ask(releases, TECHNIQUE, TechniqueEvidence(OLD, "T1562"))
    assert here.detect == 1, "only the rule that claims it directly"
    [there] = ask(releases, TECHNIQUE, TechniqueEvidence(NEW, "T1685"))
    assert there.detect == 2

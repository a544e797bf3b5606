"""Two releases are compared with each other, whatever is loaded in between."""

import pytest

from graph.server.connection import Graph
from queries.ask import ask
from queries.params import TwoReleases
from queries.questions.releases.questions import (
    CHANGED_OBJECTS,
    MOVED_TECHNIQUES,
    OBJECTS_DIFF,
    RELATIONSHIPS_DIFF,
    TwoReleasesOfTypes,
)
from tests.bundles import Body, thing, tie
from tests.integration.queries.small_sets import load_release, tactic, technique

ENDS = TwoReleases("enterprise-attack@1.0", "enterprise-attack@3.0")
SPEC = "x_mitre_attack_spec_version"


def campaigns(told: str, spec: str, **schema: object) -> list[Body]:
    """One campaign that is told anew, one whose bookkeeping changes, one that stays."""
    return [
        thing("campaign", "Told", "C0001", description=told),
        thing("campaign", "Kept by", "C0002", **{SPEC: spec}),
        thing("campaign", "Same", "C0003"),
        thing("campaign", "Formal", "C0004", **schema),
    ]


@pytest.fixture
def three(graph: Graph) -> Graph:
    """A text that is changed and changed back, bookkeeping twice, and a field that nobody fills any more."""
    load_release(graph, "1.0", *campaigns("as it was", "2", x_mitre_first_seen_citation="(Citation: X)"))
    load_release(graph, "2.0", *campaigns("otherwise", "3", x_mitre_first_seen_citation="(Citation: X)"))
    load_release(graph, "3.0", *campaigns("as it was", "4"))
    return graph


def counted(graph: Graph, pair: TwoReleases) -> tuple[int, int, int, int]:
    row = next(row for row in ask(graph, OBJECTS_DIFF, pair) if row.type == "Campaign")
    return row.content, row.schema, row.bookkeeping, row.unchanged


def test_changes_in_between_do_not_add_up(three: Graph) -> None:
    assert counted(three, ENDS) == (0, 1, 1, 2)
    assert counted(three, TwoReleases(ENDS.before, "enterprise-attack@2.0")) == (1, 0, 1, 2)


def test_objects_are_named_with_the_fields_in_which_the_ends_differ(three: Graph) -> None:
    steps = TwoReleasesOfTypes("enterprise-attack@2.0", ENDS.after, ("Campaign",))
    assert [(row.attack_id, row.fields) for row in ask(three, CHANGED_OBJECTS, steps)] == [
        ("C0001", ("description",))
    ]
    assert ask(three, CHANGED_OBJECTS, TwoReleasesOfTypes(ENDS.before, ENDS.after, ("Campaign",))) == []


def test_kept_relationships_with_another_text_are_counted(graph: Graph) -> None:
    group, one, two = thing("intrusion-set", "G", "G0001"), technique("T0001"), technique("T0002")
    for version, text in (("1.0", "It did."), ("3.0", "It did so.")):
        uses = [tie("uses", group, one, description=text), tie("uses", group, two, description="Always.")]
        load_release(graph, version, group, one, two, *uses)
    (row,) = ask(graph, RELATIONSHIPS_DIFF, ENDS)
    assert (row.added, row.removed, row.kept, row.redirected, row.reworded) == (0, 0, 2, 0, 1)


def test_a_tactic_of_another_name_is_no_move(graph: Graph) -> None:
    named = {"1.0": ("defense-evasion", "Evasion"), "3.0": ("stealth", "Evasion")}
    for version, (shortname, name) in named.items():
        hiding = tactic(name, "TA0005", shortname)
        other = tactic("Execution", "TA0002", "execution")
        stays = technique("T0001", "Linux", tactics=[shortname])
        moves = technique("T0002", "Linux", tactics=[shortname if version == "1.0" else "execution"])
        load_release(graph, version, hiding, other, stays, moves)
    rows = ask(graph, MOVED_TECHNIQUES, ENDS)
    assert [(row.technique_id, row.tactics_gained, row.tactics_lost) for row in rows] == [
        ("T0002", ("execution",), ("defense-evasion",)),
        (None, (), ()),
    ]
    assert (rows[1].renamed_tactic_id, rows[1].renamed_from, rows[1].renamed_to) == (
        "TA0005",
        "defense-evasion",
        "stealth",
    )

"""Adding coverage up: the best run platform speaks for a technique."""

from dataclasses import astuple

from hypothesis import given
from hypothesis import strategies as st

from queries.answers.rollup import STATES, by_platform, by_tactic, by_technique
from queries.ask import Answer
from queries.questions.coverage.environment import ENVIRONMENT, PlatformCoverageHere
from queries.questions.lookup.questions import TACTICS, TacticColumn
from tests.unit.queries.test_run import Given


def row(technique_id: str, platform: str, state: str, level: str | None = None) -> PlatformCoverageHere:
    counts = {"protect": 0, "respond": 0, "mitigate": 0, "migrated": 0, "guidance": 1}
    return PlatformCoverageHere(
        release="r",
        environment="soc",
        technique_id=technique_id,
        technique=technique_id.lower(),
        tactic_ids=("TA0006",),
        platform=platform,
        placement="placed",
        state=state,
        level=level,
        visible_part=None,
        partial=False,
        detect=int(state == "covered"),
        blind=0,
        validated=0,
        **counts,
    )


class Rows:
    """A graph that answers with the given rows and two tactics."""

    def __init__(self, rows: list[PlatformCoverageHere]) -> None:
        tactics = [
            TacticColumn("r", "TA0006", "Credentials", "c", 0, 1),
            TacticColumn("r", "TA0007", "D", "d", 1, 0),
        ]
        self.answers: dict[str, Answer] = {
            ENVIRONMENT.file.statement: Given(
                list(ENVIRONMENT.columns), [list(astuple(each)) for each in rows]
            ),
            TACTICS.file.statement: Given(list(TACTICS.columns), [list(astuple(each)) for each in tactics]),
        }

    def table(self, cypher: str, parameters: object = None, *, timeout: float = 0.0) -> Answer:
        del parameters, timeout
        return self.answers[cypher]


MIXED = [
    row("T1", "Linux", "gap", "L1"),
    row("T1", "Windows", "covered", "L4"),
    row("T1", "ESXi", "not_applicable"),
    row("T2", "Linux", "not_applicable"),
    row("T3", "Linux", "visible", "L2"),
]


def test_a_technique_takes_its_best_state_over_the_platforms_that_are_run() -> None:
    first, second, third = by_technique(Rows(MIXED), release="r", environment="soc")
    assert (first.state, first.level, first.platforms_covered, first.platforms_run) == ("covered", "L4", 1, 2)
    assert (second.state, second.platforms_run) == ("not_applicable", 0)
    assert third.state == "visible"


def test_tactics_count_techniques_and_pairs_and_keep_empty_ones() -> None:
    first, second = by_tactic(Rows(MIXED), release="r", environment="soc")
    assert (first.techniques, first.covered, first.visible, first.gap, first.not_applicable) == (
        3,
        1,
        1,
        0,
        1,
    )
    assert (first.pairs, first.pairs_covered) == (3, 1)
    assert second.techniques == 0


def test_platforms_count_pairs() -> None:
    first = by_platform(Rows(MIXED), release="r", environment="soc")[0]
    assert (first.platform, first.pairs, first.gap, first.visible, first.not_applicable) == (
        "Linux",
        3,
        1,
        1,
        1,
    )


rows = st.builds(
    row, st.sampled_from(["T1", "T2", "T3"]), st.sampled_from(["Linux", "macOS"]), st.sampled_from(STATES)
)


@given(st.lists(rows, unique_by=lambda each: (each.technique_id, each.platform)))
def test_nothing_is_lost_in_adding_up(given_rows: list[PlatformCoverageHere]) -> None:
    techniques = {each.technique_id for each in given_rows}
    [tactic, _] = by_tactic(Rows(given_rows), release="r", environment="soc")
    assert tactic.techniques == len(techniques) == sum(getattr(tactic, state) for state in STATES)
    platforms = by_platform(Rows(given_rows), release="r", environment="soc")
    assert sum(each.pairs for each in platforms) == len(given_rows)
    assert all(each.pairs == sum(getattr(each, state) for state in STATES) for each in platforms)

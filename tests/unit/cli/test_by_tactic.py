"""The table by tactic: its bars, its total, and nothing of it in other formats."""

from dataclasses import replace

from cli.answer import rows_of
from cli.commands.coverage import SPARE
from cli.commands.coverage.by_tactic import SHARE, with_share
from cli.render import document, for_people
from cli.render.screen import Screen
from queries.answers.rollup import TechniqueTotalHere, of_all_tactics, of_all_tactics_here
from queries.questions.coverage.totals import TacticTotal, TechniqueTotal


def tactic(**counts: int) -> TacticTotal:
    every = dict.fromkeys(
        ("techniques", "covered", "unplaced", "off_platform", "protect_only", "guidance_only", "none"), 0
    )
    every |= {"pairs": 0, "pairs_covered": 0}
    return TacticTotal(release="r", tactic_id="TA1", tactic="Impact", **(every | counts))


def technique(attack_id: str, state: str) -> TechniqueTotal:
    counts = dict.fromkeys(("detect", "protect", "respond", "mitigate", "migrated"), 0)
    return TechniqueTotal("r", attack_id, attack_id, ("a", "b"), state, 2, 1, **counts)


def test_the_table_by_tactic_ends_with_a_total_and_json_does_not() -> None:
    tactics = [tactic(techniques=4, covered=3, none=1), tactic()]
    total = of_all_tactics([technique("T1", "covered"), technique("T2", "none"), technique("T3", "covered")])
    answer = with_share(rows_of(TacticTotal, tactics), tactics, total)
    assert answer.table is not None
    at = answer.table.columns.index(SHARE)
    assert [row[at] for row in answer.table.values] == ["#######...|75%", "-", "######....|66%"]
    assert (total.techniques, total.covered, total.none, total.pairs, total.pairs_covered) == (3, 2, 1, 6, 3)
    assert "all tactics, each technique once" in for_people.render(answer, Screen())
    assert len(answer.values) == 2
    assert SHARE not in document.render(answer, Screen())


def test_of_an_environment_only_what_is_run_is_the_whole() -> None:
    here = [
        TechniqueTotalHere("r", "e", f"T{at}", "t", state, None, int(state == "covered"), run, 0, 0, 0)
        for at, (state, run) in enumerate([("covered", 1), ("gap", 2), ("not_applicable", 0)])
    ]
    total = of_all_tactics_here(here)
    answer = with_share(rows_of(type(total), []), [], total)
    assert answer.table is not None
    assert answer.table.values[0][answer.table.columns.index(SHARE)] == "#####.....|50%"
    assert (total.techniques, total.not_applicable, total.pairs) == (3, 1, 3)


def test_a_narrow_terminal_leaves_bars_whole() -> None:
    tactics = [tactic(techniques=50, covered=at, none=1, guidance_only=20, unplaced=2) for at in range(3, 9)]
    total = of_all_tactics([technique("T1", "covered"), technique("T2", "none")])
    answer = replace(with_share(rows_of(TacticTotal, tactics), tactics, total), spare=SPARE)
    lines = for_people.render(answer, Screen(width=80)).splitlines()
    assert sum("%" in line for line in lines) == len(tactics) + 1
    assert all("|" in line for line in lines if "%" in line)

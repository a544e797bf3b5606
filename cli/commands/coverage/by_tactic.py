"""Coverage by tactic as people read it: the part that is covered, with a bar, and a row for all tactics."""

from dataclasses import replace
from typing import TYPE_CHECKING

from cli.answer import Rows, rows_of
from cli.commands.coverage.asked import Wish, of_techniques
from cli.naming import of_platform
from queries.answers.rollup import by_technique, of_all_pairs, of_all_tactics, of_all_tactics_here
from queries.ask import ask, recording
from queries.questions.coverage.totals import BY_TECHNIQUE, PAIRS, ReleaseEvidence, TechniquesEvidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.server.connection import Graph
    from queries.answers.rollup import TacticTotalHere
    from queries.questions.coverage.totals import TacticTotal

BAR = 10
"""Letters of a bar that is full."""
FIRST = ("release", "environment", "tactic_id", "tactic", "techniques", "covered")
SHARE = "part covered"


def with_share(
    rows: Rows, tactics: "Sequence[TacticTotal | TacticTotalHere]", total: "TacticTotal | TacticTotalHere"
) -> Rows:
    """Return the rows with a table for people: a bar and a percentage in each row, and the total as the last one.

    The part is that of the techniques, in an environment of those with a platform that it runs.
    """
    listed = rows_of(type(total), [*tactics, total])
    at = [name for name in FIRST if name in listed.columns]
    rest = [name for name in listed.columns if name not in at]
    values = [
        (*(getattr(row, name) for name in at), _share(row), *(getattr(row, name) for name in rest))
        for row in (*tactics, total)
    ]
    return replace(rows, table=replace(rows, columns=(*at, SHARE, *rest), values=values))


def all_tactics(graph: "Graph", release: str, wish: Wish) -> "TacticTotal | TacticTotalHere | None":
    """Return the row for all tactics, each technique once; None where the release has no technique.

    It is asked for people only: a kept answer does not rest on it.
    """
    with recording():
        if wish.environment:
            here = by_technique(
                graph,
                release=release,
                environment=wish.environment,
                of_set=wish.of_set,
                narrowing=wish.narrowing,
            )
            return of_all_tactics_here(here) if here else None
        among = of_techniques(graph, wish, release)
        if wish.platform:
            pairs = ask(graph, PAIRS, ReleaseEvidence(release, wish.all_sets, wish.of_set, among))
            return of_all_pairs(of_platform(pairs, wish.platform))
        asked = TechniquesEvidence(release, None, wish.all_sets, wish.of_set, among)
        rows = ask(graph, BY_TECHNIQUE, asked)
    return of_all_tactics(rows) if rows else None


def _share(row: "TacticTotal | TacticTotalHere") -> str:
    """Return the covered part as a bar of ASCII letters, which any terminal has, and a percentage, rounded down.

    Without a blank: a narrow terminal would break the line there and be twice as long.
    """
    of = row.techniques - getattr(row, "not_applicable", 0)
    if of == 0:
        return "-"
    full = BAR * row.covered // of
    return f"{'#' * full}{'.' * (BAR - full)}|{100 * row.covered // of}%"

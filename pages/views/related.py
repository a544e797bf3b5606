"""Techniques that belong together with one, and why."""

from collections import defaultdict
from collections.abc import Sequence

from pages.answers import AnswerSource
from pages.page import Section, Voice
from pages.parts import Cell, Grid, table
from pages.requests import Request
from pages.text import shortened
from pages.views.official import Official
from queries.answers.fusion import FusedRelation, related

SHOWN = 10
NAMED = 4
"""Things that two techniques share are named up to this number."""


def related_techniques(source: AnswerSource, found: Official) -> Section:
    """Return the best related techniques by all methods together, each with its reasons."""
    rows = source.work_out(
        Request("related", {"ids": [found.about.attack_id], "release": found.about.release}),
        FusedRelation,
        lambda graph: related(graph, found.about, limit=SHOWN),
    )
    lead = (
        "Ranked over all methods by reciprocal-rank fusion; the rank by each method is shown beside what both share. "
        "A method that rests on fewer than three users is marked with an asterisk."
        if rows
        else "No method relates another technique to it."
    )
    parts = (_table(found, rows),) if rows else ()
    return Section("related", "Related techniques", Voice.EVIDENCE, parts, lead)


def _table(found: Official, rows: Sequence[FusedRelation]) -> Grid:
    by_technique: dict[str, list[FusedRelation]] = defaultdict(list)
    for row in rows:
        by_technique[row.technique_id].append(row)
    body: list[tuple[Cell, ...]] = [
        (
            each[0].fused_rank,
            found.link("Technique", identifier),
            each[0].technique,
            ", ".join(_rank(row) for row in each),
            "; ".join(_reason(row) for row in each),
        )
        for identifier, each in by_technique.items()
    ]
    return table(
        "related-rows",
        f"Techniques related to {found.about.attack_id}",
        "#Rank | Id | Technique | Rank by method | What both share",
        body,
        things="techniques",
    )


def _rank(row: FusedRelation) -> str:
    return f"{row.method} {row.rank}{'*' if row.low_support else ''}"


def _reason(row: FusedRelation) -> str:
    named = [shortened(name, 40) for name in row.shared_with[:NAMED]]
    rest = f" and {len(row.shared_with) - NAMED} more" if len(row.shared_with) > NAMED else ""
    return f"{row.method}: {', '.join(named)}{rest}" if named else row.method

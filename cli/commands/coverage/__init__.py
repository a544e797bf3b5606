"""`coverage`: who claims to detect what, and where; in an environment, what does detect it."""

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Annotated, cast

import typer

from cli import options
from cli.answer import Answer, Rows, Scope, in_order, rows_of
from cli.asking import open_graph
from cli.commands.coverage.asked import By, Found, Wish
from cli.commands.coverage.by_tactic import all_tactics, with_share
from cli.commands.coverage.environment import of_environment
from cli.commands.coverage.library import of_library
from cli.commands.coverage.over import over
from cli.naming import known_platform, known_set, of_known_platform, technique_id
from cli.narrowed import narrowing
from graph.errors import UsageError
from queries.answers.clouds import OfSource, total_line
from queries.answers.narrowing import tactic_id
from queries.answers.rollup import TacticTotalHere
from queries.questions.coverage.totals import TacticTotal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.server.connection import Graph

SPARE = (
    *("origin_pointer", "origin_file", "comment", "hops", "counted", "via", "basis", "as_of", "pieces"),
    *("effectiveness", "confidence", "source", "status", "kind", "placement", "tactic_id", "tactic_ids"),
    *("off_platform", "migrated", "respond", "mitigate", "protect", "protect_only", "partial", "guidance"),
    *("visible_part", "validated", "tactics"),
)
"""Columns of any of the answers that a narrow terminal goes without, the first one first."""

EVIDENCE_FIRST = ("technique_id", "title", "set", "platform", "status", "sees", "validated_on", "id")
"""How a table of evidence begins for people: what it is before its id."""


def coverage(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="Techniques; all if left out.")
    ] = None,
    *,
    by: Annotated[
        By | None,
        typer.Option(metavar="WHAT", help="tactic, platform, technique, source, log-source or set."),
    ] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="List the rules, findings and capabilities themselves.")
    ] = False,
    releases: Annotated[
        str | None,
        typer.Option("--over", metavar="R,R", help="Several releases side by side, and what changes."),
    ] = None,
    all_sets: Annotated[bool, typer.Option("--all-sets", help="Also count superseded sets.")] = False,
    environment: options.Environment = None,
    of_set: options.OfSet = None,
    tactic: options.Tactic = None,
    platform: options.Platform = None,
    used_by: options.UsedBy = None,
    techniques: options.Techniques = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Show what can detect a technique, on which platforms, and who claims it.

    With IDs: one row per platform, or per source, log source, set or sub-technique (--by source, ...).
    Without IDs: totals of the release by tactic, or by what --by names.
    With --environment: what detects them there, given what is collected, enabled and validated.
    --tactic, --used-by and --techniques narrow the totals to techniques. docs/glossary.md has the states.
    With --over 17.1,18.1: the same in several releases; what has another id or name in one is the same row.
    """
    session = options.session_of(context)
    among = narrowing(tactic, platform, used_by, techniques)
    wish = Wish(by, evidence, all_sets, environment, of_set, release, domain, among, releases)
    if ids and among.names_techniques:
        told = replace(among, platform=None).told
        raise UsageError(f"ids are named already ({told})", todo="drop the ids, or the options")
    asked = [technique_id(each, "coverage") for each in ids or []]
    with open_graph(session) as graph:
        known_set(graph, of_set, superseded=all_sets)
        of = of_library if wish.environment is None else of_environment
        if wish.over:
            return over(graph, session, asked, wish, of)
        found = of(graph, session, asked, wish)
        rows = _wanted(graph, found, wish)
        for_people = found.row in (TacticTotal, TacticTotalHere) and session.for_people
        total = all_tactics(graph, found.releases[0], wish) if for_people else None
    answer = _answer(replace(found, rows=rows), wish, ", ".join(asked) or "all techniques")
    return with_share(answer, cast("Sequence[TacticTotal]", rows), total) if total else answer


def _wanted(graph: "Graph", found: Found, wish: Wish) -> "Sequence[object]":
    """Return the rows of the platform, and of the tactic, that the person named; what is unknown is refused."""
    names = {field.name for field in fields(found.row)}
    if "platform" in names:
        return of_known_platform(graph, found.rows, wish.platform, found.releases)
    for key in found.releases:
        known_platform(graph, wish.platform, key)
    if wish.narrowing.tactic is None or found.row not in (TacticTotal, TacticTotalHere):
        return found.rows
    only = tactic_id(graph, found.releases[0], wish.narrowing.tactic)
    return [row for row in found.rows if getattr(row, "tactic_id", None) == only]


def _answer(found: Found, wish: Wish, what: str) -> Rows:
    scope = Scope(
        release=found.releases[0] if len(found.releases) == 1 else None,
        environment=wish.environment,
        platforms=(wish.platform,) if wish.platform else (),
    )
    on = f" on {wish.platform}" if wish.platform else ""
    by = f" by {wish.of_set}" if wish.of_set else ""
    rows = rows_of(
        found.row,
        found.rows,
        scope=scope,
        looked_at=f"{what}{on}{by} in {', '.join(found.releases)} ({found.asked})",
        spare=SPARE,
        total=_total(found) if wish.by is By.SOURCE else "",
    )
    return replace(rows, table=in_order(rows, EVIDENCE_FIRST)) if wish.evidence else rows


def _total(found: Found) -> str:
    """Return what cloud products report in all, technique by technique."""
    by_technique: dict[str, list[OfSource]] = {}
    for row in found.rows:
        by_technique.setdefault(getattr(row, "technique_id", ""), []).append(cast("OfSource", row))
    lines = [f"{attack_id}: {total_line(rows)}" for attack_id, rows in by_technique.items() if attack_id]
    return "; ".join(lines) or total_line(cast("Sequence[OfSource]", found.rows))

"""`related`: techniques that belong together, by which measure and how strongly."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, Rows, Scope, Text, rows_of
from cli.asking import open_graph
from cli.links import link_to
from cli.naming import technique_id
from cli.replaced import say_what_it_is_now
from cli.words import one_of
from graph.errors import UsageError
from queries.answers import fusion
from queries.answers.choice import choose
from queries.ask import ask
from queries.catalog import CATALOG
from queries.params import OfObject
from queries.questions.related.methods import METHODS
from queries.questions.related.others import SEEN_TOGETHER, Belonging, Incident

if TYPE_CHECKING:
    from graph.server.connection import Graph

TECHNIQUES = 10
SEEN_WITH = 20
SPARE = ("score", "low_support")
ALL = "all"


def _method(value: str) -> str:
    """Return the name of a method, or all of them."""
    if value not in (ALL, *METHODS):
        raise typer.BadParameter(f"{value!r} is none of {', '.join((ALL, *METHODS))}")
    return value


def related(
    context: typer.Context,
    ids: Annotated[
        list[str],
        typer.Argument(metavar="ID", help="A technique, such as T1528; several that were seen together."),
    ],
    *,
    method: Annotated[
        str,
        typer.Option(metavar="M", callback=_method, help=f"{one_of(METHODS)}; all fuses their ranks."),
    ] = ALL,
    limit: options.Limit = None,
    link: options.Link = False,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """List techniques related to a given one: by which measure, and how strongly.

    All methods together rank by reciprocal-rank fusion: a table has a line per technique with its rank by
    each method; other formats have a row per technique and method, with score and what is shared.
    Several IDs, such as those of an incident: what the groups, campaigns and software use that are most like them.
    """
    session = options.session_of(context)
    attack_ids = list(dict.fromkeys(technique_id(each, "related") for each in ids))
    if len(attack_ids) > 1 and method != ALL:
        raise UsageError("--method goes with one technique", todo="drop it, or name one technique")
    with open_graph(session) as graph:
        key = choose(graph, release, attack_id=attack_ids[0], domain=domain)
        for other in attack_ids[1:]:
            choose(graph, key, attack_id=other)
        for each in attack_ids:
            say_what_it_is_now(graph, session, each, key)
        if len(attack_ids) > 1:
            return _with_several(graph, Incident(key, tuple(attack_ids), limit=limit or SEEN_WITH), link=link)
        attack_id, limit = attack_ids[0], limit or TECHNIQUES
        about = OfObject(key, attack_id)
        if link:
            return _links(graph, method, about)
        if method != ALL:
            ranked = fusion.related_by(graph, method, about, limit=limit)
        else:
            fused = fusion.related(graph, about, limit=limit)
    looked_at = f"{attack_id} in {key} by {'every method' if method == ALL else method}"
    if method == ALL:
        answer = rows_of(fusion.FusedRelation, fused, scope=Scope(release=key), looked_at=looked_at)
        return replace(answer, table=by_technique(fused, answer.scope))
    return rows_of(
        fusion.RankedRelation,
        ranked,
        scope=Scope(release=key),
        looked_at=looked_at,
        spare=("out_of", "rank", "shared"),
    )


def _with_several(graph: "Graph", asked: Incident, *, link: bool) -> Rows | Text:
    """Return what belongs with techniques that were seen together."""
    if link:
        return Text(f"{link_to(graph.target, SEEN_TOGETHER, asked)}\n")
    return rows_of(
        Belonging,
        ask(graph, SEEN_TOGETHER, asked),
        scope=Scope(release=asked.release),
        looked_at=f"what is used with {', '.join(asked.attack_ids)} in {asked.release}",
    )


def _links(graph: "Graph", method: str, about: OfObject) -> Text:
    """Return the link to the question behind a method; all methods have a line each."""
    wanted = [*METHODS] if method == ALL else [method]
    links = [link_to(graph.target, CATALOG[f"related.{each}"], about) for each in wanted]
    return Text("".join(f"{each}\n" for each in links))


def by_technique(rows: Sequence[fusion.FusedRelation], scope: Scope) -> Rows:
    """Return a line per technique: its place, its rank by each method that names it, and which rest on little."""
    lines: dict[str, list[fusion.FusedRelation]] = {}
    for row in rows:
        lines.setdefault(row.technique_id, []).append(row)
    columns = (
        "release",
        "technique_id",
        "technique",
        "rank",
        "score",
        *(f"#{method}" for method in METHODS),
        "low_support",
    )
    return Rows(columns, [_line(of_technique) for of_technique in lines.values()], scope, spare=SPARE)


def _line(rows: Sequence[fusion.FusedRelation]) -> tuple[object, ...]:
    first = rows[0]
    ranks = {row.method: row.rank for row in rows}
    weak = ", ".join(row.method for row in rows if row.low_support)
    named = (first.release, first.technique_id, first.technique, first.fused_rank, first.fused_score)
    return (*named, *map(ranks.get, METHODS), weak or None)

"""`related`: techniques that belong together, by which measure and how strongly."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, Scope, Text, rows_of
from cli.asking import open_graph
from cli.links import link_to
from cli.naming import technique_id
from queries.answers import fusion
from queries.answers.choice import choose
from queries.catalog import CATALOG
from queries.params import OfObject

if TYPE_CHECKING:
    from graph.server.connection import Graph

TECHNIQUES = 10
SPARE = ("score", "low_support")


class Method(StrEnum):
    """What `--method` takes; a test compares the names with those of `queries.answers.fusion`."""

    ALL = "all"
    STRUCTURAL = "structural"
    TELEMETRY = "telemetry"
    ACTOR = "actor"
    MITIGATION = "mitigation"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Fused:
    """A related technique on one line: its place, its rank by each method that names it, and which rest on little."""

    release: str
    technique_id: str
    technique: str
    rank: int
    score: float
    structural: int | None = None
    telemetry: int | None = None
    actor: int | None = None
    mitigation: int | None = None
    evidence: int | None = None
    low_support: str | None = None


def related(
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="ID", help="A technique, such as T1528.")],
    *,
    method: Annotated[
        Method,
        typer.Option(
            metavar="M", help="structural, telemetry, actor, mitigation or evidence; all fuses their ranks."
        ),
    ] = Method.ALL,
    limit: options.Limit = TECHNIQUES,
    link: options.Link = False,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """List the techniques that belong together with one: by which measure, and how strongly.

    All methods together rank by reciprocal-rank fusion: a table has a line per technique with its rank by
    each method; other formats have a row per technique and method, with score and what is shared.
    """
    session = options.session_of(context)
    attack_id = technique_id(what, "related")
    with open_graph(session) as graph:
        key = choose(graph, release, attack_id=attack_id, domain=domain)
        about = OfObject(key, attack_id)
        if link:
            return _links(graph, method, about)
        if method is not Method.ALL:
            ranked = fusion.related_by(graph, method, about, limit=limit)
        else:
            fused = fusion.related(graph, about, limit=limit)
    looked_at = f"{attack_id} in {key} by {'every method' if method is Method.ALL else method}"
    if method is Method.ALL:
        answer = rows_of(fusion.FusedRelation, fused, scope=Scope(release=key), looked_at=looked_at)
        return replace(answer, table=rows_of(Fused, by_technique(fused), scope=answer.scope, spare=SPARE))
    return rows_of(
        fusion.RankedRelation,
        ranked,
        scope=Scope(release=key),
        looked_at=looked_at,
        spare=("out_of", "rank", "shared"),
    )


def _links(graph: "Graph", method: Method, about: OfObject) -> Text:
    """Return the link to the question behind a method; all methods have a line each."""
    wanted = [each for each in Method if each is not Method.ALL] if method is Method.ALL else [method]
    links = [link_to(graph.target, CATALOG[f"related.{each}"], about) for each in wanted]
    return Text("".join(f"{each}\n" for each in links))


def by_technique(rows: Sequence[fusion.FusedRelation]) -> list[Fused]:
    """Return a line per technique, in the order of `rows`."""
    lines: dict[str, Fused] = {}
    for row in rows:
        line = lines.get(row.technique_id) or Fused(
            row.release, row.technique_id, row.technique, row.fused_rank, row.fused_score
        )
        weak = (line.low_support, row.method) if row.low_support else (line.low_support,)
        ranks: dict[str, int] = {row.method: row.rank}
        lines[row.technique_id] = replace(line, low_support=", ".join(filter(None, weak)) or None, **ranks)  # type: ignore[arg-type]  # each method is a field
    return list(lines.values())

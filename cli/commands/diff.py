"""`diff`: two releases side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, One, Scope
from cli.asking import open_graph
from graph.errors import UsageError
from graph.holding.lookup import loaded_releases
from queries.answers.choice import choose
from queries.ask import ask
from queries.params import TwoReleases
from queries.questions.releases import questions as q

if TYPE_CHECKING:
    from graph.server.connection import Graph


@dataclass(frozen=True, slots=True)
class ObjectChange:
    """Objects of one type, by what happened to them; `bookkeeping` and `schema` leave what is said alone."""

    added: int
    removed: int
    revoked: int
    deprecated: int
    content: int
    schema: int
    bookkeeping: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class RelationshipChange:
    """Published relationships of one kind; the `redirected` and the `reworded` are among the `kept`."""

    added: int
    removed: int
    redirected: int
    kept: int
    reworded: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A component that detects a technique."""

    component_id: str | None
    component: str
    technique_id: str
    technique: str


@dataclass(frozen=True, slots=True)
class PathChange:
    """Pairs of component and technique, over published relationships or analytics."""

    kept: int
    lost: tuple[Pair, ...]
    gained: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """What happened between two releases.

    Attributes:
        objects: by type.
        relationships: by kind, such as `Group USES Technique`.
        paths: `component_technique`, with `--paths`.
        evidence: claims that the newer release does not resolve directly, with `--evidence`.
    """

    before: str
    after: str
    objects: Mapping[str, ObjectChange]
    relationships: Mapping[str, RelationshipChange]
    paths: Mapping[str, PathChange] | None = None
    evidence: tuple[object, ...] | None = None


def diff(
    context: typer.Context,
    older: Annotated[str, typer.Argument(metavar="A", help="The older release, such as 17.1.")],
    newer: Annotated[str, typer.Argument(metavar="B", help="A newer one of its domain, such as 18.1.")],
    *,
    paths: Annotated[
        bool, typer.Option("--paths", help="Include the component-technique pairs added and removed.")
    ] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Include the claims that B does not resolve directly.")
    ] = False,
    domain: options.Domain = None,
) -> Answer:
    """Compare two releases: objects and relationships added, removed or changed.

    `sightline query releases.changed-objects --param before=... --param after=...` names the objects.
    """
    with open_graph(options.session_of(context)) as graph:
        pair = TwoReleases(choose(graph, older, domain=domain), choose(graph, newer, domain=domain))
        _check_order(graph, pair)
        found = _compared(graph, pair, paths=paths, evidence=evidence)
    return One(found, Scope(release=pair.after))


def _check_order(graph: "Graph", pair: TwoReleases) -> None:
    """Refuse two releases of which the second does not come after the first.

    What changed is read along the steps from a release to the next one: against them, or between the sample and
    a whole release, there are none, and every change would look like one of content.

    Raises:
        UsageError: they are of two domains, one is the bundled sample, or the newer one is named first.
    """
    known = {each.key: each for each in loaded_releases(graph)}
    before, after = known[pair.before], known[pair.after]
    both = f"{before.key} and {after.key}"
    if before.domain != after.domain:
        raise UsageError(f"{both} are of two domains", todo="name two of one")
    if before.sample != after.sample:
        raise UsageError(
            f"{both}: only one is the bundled sample", todo="name two samples or two whole releases"
        )
    if before.order > after.order:
        raise UsageError(
            f"{before.key} is newer than {after.key}",
            todo=f"give the older release first: diff {after.key} {before.key}",
        )


def _compared(graph: "Graph", pair: TwoReleases, *, paths: bool, evidence: bool) -> Diff:
    return Diff(
        before=pair.before,
        after=pair.after,
        objects={row.type: _objects(row) for row in ask(graph, q.OBJECTS_DIFF, pair)},
        relationships={
            f"{row.source_type} {row.type} {row.target_type}": _relationships(row)
            for row in ask(graph, q.RELATIONSHIPS_DIFF, pair)
        },
        paths={"component_technique": _paths(ask(graph, q.COMPONENT_TECHNIQUE_DIFF, pair))}
        if paths
        else None,
        evidence=tuple(ask(graph, q.STALE_EVIDENCE, pair)) if evidence else None,
    )


def _objects(row: q.TypeChanges) -> ObjectChange:
    return ObjectChange(
        added=row.added,
        removed=row.removed,
        revoked=row.revoked,
        deprecated=row.deprecated,
        content=row.content,
        schema=row.schema,
        bookkeeping=row.bookkeeping,
        unchanged=row.unchanged,
    )


def _relationships(row: q.RelationshipChanges) -> RelationshipChange:
    return RelationshipChange(
        added=row.added,
        removed=row.removed,
        redirected=row.redirected,
        kept=row.kept,
        reworded=row.reworded,
    )


def _paths(rows: Sequence[q.ComponentTechniqueChange]) -> PathChange:
    def pairs(change: str) -> tuple[Pair, ...]:
        return tuple(
            Pair(row.component_id, row.component, row.technique_id, row.technique)
            for row in rows
            if row.change == change
        )

    return PathChange(kept=len(pairs("kept")), lost=pairs("lost"), gained=pairs("gained"))

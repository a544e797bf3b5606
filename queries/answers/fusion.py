"""Related techniques by several methods at once, ranked and fused.

Ranks are competition ranks: techniques of one score share a rank, the next one counts them all. Fusion is the
reciprocal-rank fusion of Cormack, Clarke and Buettcher (2009), a technique's score being the sum of
1 / (60 + rank) over the methods that name it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from queries.ask import Asked, ask
from queries.params import OfObject
from queries.questions.related.methods import METHODS, Relation

K = 60
"""The constant of the fusion, as its authors propose it: large enough that no single first rank decides."""


@dataclass(frozen=True, slots=True)
class RankedRelation:
    """A relation with its rank among those of its method, from 1."""

    release: str
    technique_id: str
    technique: str
    method: str
    score: float
    shared: int
    shared_with: tuple[str, ...]
    out_of: int | None
    rank: int
    low_support: bool


@dataclass(frozen=True, slots=True)
class FusedRelation:
    """A ranked relation, with the place of its technique over all methods together."""

    release: str
    technique_id: str
    technique: str
    method: str
    score: float
    shared: int
    shared_with: tuple[str, ...]
    out_of: int | None
    rank: int
    low_support: bool
    fused_rank: int
    fused_score: float


def related_by(
    graph: Asked, method: str, about: OfObject, *, limit: int | None = None
) -> list[RankedRelation]:
    """Return the techniques that `method` relates to `about`, best first, at most `limit`.

    Raises:
        KeyError: `METHODS` has no such method.
        SightlineError: as `ask` raises it.
    """
    return ranked(ask(graph, METHODS[method], about))[:limit]


def related(
    graph: Asked, about: OfObject, *, methods: Iterable[str] = METHODS, limit: int | None = None
) -> list[FusedRelation]:
    """Return what `methods` relate to `about`, a row per technique and method, for the best `limit` techniques.

    Rows of one technique stay together, in the order of `methods`.

    Raises:
        KeyError: `METHODS` has no such method.
        SightlineError: as `ask` raises it.
    """
    return fuse([related_by(graph, method, about) for method in methods], limit=limit)


def ranked(relations: Sequence[Relation]) -> list[RankedRelation]:
    """Return `relations` by falling score with their ranks; equal scores share one and are ordered by id."""
    rows: list[RankedRelation] = []
    for place, each in enumerate(
        sorted(relations, key=lambda each: (-each.score, each.technique_id)), start=1
    ):
        tied = bool(rows) and rows[-1].score == each.score
        rows.append(
            RankedRelation(
                release=each.release,
                technique_id=each.technique_id,
                technique=each.technique,
                method=each.method,
                score=each.score,
                shared=each.shared,
                shared_with=each.shared_with,
                out_of=each.out_of,
                rank=rows[-1].rank if tied else place,
                low_support=each.low_support,
            )
        )
    return rows


def fuse(rankings: Sequence[Sequence[RankedRelation]], *, limit: int | None = None) -> list[FusedRelation]:
    """Return all rows of `rankings` by fused score, for the best `limit` techniques."""
    by_technique: dict[str, list[RankedRelation]] = defaultdict(list)
    for ranking in rankings:
        for row in ranking:
            by_technique[row.technique_id].append(row)
    scores = {name: sum(1 / (K + row.rank) for row in rows) for name, rows in by_technique.items()}
    order = sorted(scores, key=lambda name: (-scores[name], name))
    rank = {name: 1 + sum(score > scores[name] for score in scores.values()) for name in order[:limit]}
    return [_fused(row, rank[name], scores[name]) for name in order[:limit] for row in by_technique[name]]


def _fused(row: RankedRelation, rank: int, score: float) -> FusedRelation:
    return FusedRelation(
        release=row.release,
        technique_id=row.technique_id,
        technique=row.technique,
        method=row.method,
        score=row.score,
        shared=row.shared,
        shared_with=row.shared_with,
        out_of=row.out_of,
        rank=row.rank,
        low_support=row.low_support,
        fused_rank=rank,
        fused_score=score,
    )

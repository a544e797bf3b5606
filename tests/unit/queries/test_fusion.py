"""Ranks and their fusion."""

from hypothesis import given
from hypothesis import strategies as st

from queries.answers.fusion import K, fuse, ranked
from queries.questions.related.methods import Relation


def relation(technique_id: str, score: float, method: str = "actor") -> Relation:
    return Relation(
        "r", technique_id, technique_id.lower(), method, score, 2, ("a", "b"), None, low_support=False
    )


def test_equal_scores_share_a_rank_and_the_next_counts_them() -> None:
    rows = ranked([relation("T3", 0.2), relation("T2", 0.5), relation("T1", 0.5)])
    assert [(row.technique_id, row.rank) for row in rows] == [("T1", 1), ("T2", 1), ("T3", 3)]


def test_fusion_adds_the_reciprocal_ranks() -> None:
    actor = ranked([relation("T1", 0.9), relation("T2", 0.1)])
    mitigation = ranked([relation("T2", 0.8, "mitigation")])
    rows = fuse([actor, mitigation])
    assert [(row.technique_id, row.method, row.fused_rank) for row in rows] == [
        ("T2", "actor", 1),
        ("T2", "mitigation", 1),
        ("T1", "actor", 2),
    ]
    assert rows[0].fused_score == 1 / (K + 2) + 1 / (K + 1)


def test_a_limit_counts_techniques_and_not_rows() -> None:
    actor = ranked([relation("T1", 0.9), relation("T2", 0.1)])
    mitigation = ranked([relation("T2", 0.8, "mitigation")])
    assert {row.technique_id for row in fuse([actor, mitigation], limit=1)} == {"T2"}


scores = st.dictionaries(
    st.sampled_from([f"T{n}" for n in range(20)]), st.floats(0, 1, width=16), max_size=20
)


@given(st.lists(scores, max_size=5))
def test_fusion_loses_nothing_and_orders_by_score(methods: list[dict[str, float]]) -> None:
    rankings = [ranked([relation(name, score) for name, score in each.items()]) for each in methods]
    rows = fuse(rankings)
    assert len(rows) == sum(map(len, rankings))
    assert [row.fused_score for row in rows] == sorted((row.fused_score for row in rows), reverse=True)
    for row in rows:
        assert row.fused_rank == 1 + len({x.technique_id for x in rows if x.fused_score > row.fused_score})


@given(scores)
def test_a_rank_is_one_more_than_the_number_of_better_ones(given_scores: dict[str, float]) -> None:
    for row in ranked([relation(name, score) for name, score in given_scores.items()]):
        assert row.rank == 1 + sum(score > row.score for score in given_scores.values())

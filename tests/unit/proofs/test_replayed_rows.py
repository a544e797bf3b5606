"""Hits of a search are compared without what depends on the database: their scores and order."""

from graph.record import Json
from proofs.replay import compared_rows, unranked

HITS: Json = [{"attack_id": "T1", "score": 16.074237}, {"attack_id": "T2", "score": 1.0}]
AGAIN: Json = [{"attack_id": "T2", "score": 1.1}, {"attack_id": "T1", "score": 16.074678}]
FEWER: Json = [{"attack_id": "T1", "score": 16.0}]


def test_scores_and_order_of_a_search_are_not_compared() -> None:
    assert compared_rows(unranked(HITS), unranked(AGAIN)).holds


def test_hits_are() -> None:
    assert unranked(HITS) != unranked(FEWER)

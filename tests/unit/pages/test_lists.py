"""Long lists are split so that every row is on one page, and no page has too many rows or too long ones."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pages.parts import Column, Grid
from pages.site.lists import LETTERS, ROWS, page_starts


@given(st.lists(st.sampled_from((1, 40, 900, 20_000)), max_size=400))
def test_pages_have_every_row_once_and_stay_small(lengths: list[int]) -> None:
    table = Grid("rules", "Rules", (Column("text"),), tuple(("x" * length,) for length in lengths))
    starts = [0, *page_starts(table), len(lengths)]
    assert starts == sorted(set(starts)) or not lengths
    for first, end in pairwise(starts):
        assert end - first <= ROWS
        letters = sum(len(repr(row)) for row in table.rows[first:end])
        assert letters <= LETTERS or end - first == 1

"""The picture: every box inside it, no two on top of each other, every edge drawn."""

import os
import subprocess
import sys
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pages.picture import WIDTH, PictureEdge, PictureNode, draw

COLUMNS = ("a", "b", "c")
NODES = st.lists(
    st.builds(
        PictureNode,
        key=st.text("abcdef", min_size=1, max_size=2),
        column=st.integers(0, 2),
        kind=st.just("thing"),
        label=st.text(max_size=40),
        name=st.text(max_size=90),
    ),
    min_size=1,
    max_size=20,
)
ENDS = st.text("abcdef", min_size=1, max_size=2)


@given(NODES, st.lists(st.builds(PictureEdge, ENDS, ENDS), max_size=20))
def test_boxes_fit_and_do_not_overlap(nodes: list[PictureNode], edges: list[PictureEdge]) -> None:
    drawn = draw("x", COLUMNS, nodes, edges)
    assert {box.node.key for box in drawn.boxes} == {node.key for node in nodes}
    for box in drawn.boxes:
        assert 0 <= box.x <= drawn.width - WIDTH
        assert 0 <= box.y <= drawn.height - box.height
    for x in {box.x for box in drawn.boxes}:
        column = sorted((box for box in drawn.boxes if box.x == x), key=lambda box: box.y)
        assert all(above.y + above.height < below.y for above, below in pairwise(column))
    known = {node.key for node in nodes}
    assert len(drawn.curves) == len({edge for edge in edges if {edge.start, edge.end} <= known})


def test_neighbors_are_level() -> None:
    nodes = [
        PictureNode(f"{side}{place}", side, "thing", str(place), "") for side in (0, 1) for place in range(4)
    ]
    crossed = [PictureEdge(f"0{place}", f"1{3 - place}") for place in range(4)]
    boxes = {box.node.key: box for box in draw("x", COLUMNS, nodes, crossed).boxes}
    assert all(boxes[edge.start].y == boxes[edge.end].y for edge in crossed)


DRAWN = """
from pages.picture import PictureEdge, PictureNode, draw
places = [(column, at) for column in range(2) for at in range(14)]
nodes = [PictureNode(f"{column}-{at}", column, "node", str(at), "name") for column, at in places]
pairs = [(at, (at * 3 + step * 5) % 14) for at in range(14) for step in range(9)]
edges = [PictureEdge(f"0-{start}", f"1-{end}") for start, end in pairs]
print([box.node.key for box in draw("x", ["a", "b"], nodes, edges).boxes])
"""


def test_a_picture_is_the_same_in_every_process() -> None:
    drawn = {
        subprocess.run(
            [sys.executable, "-c", DRAWN],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3", "4", "5")
    }
    assert len(drawn) == 1

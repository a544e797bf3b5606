"""A graph in columns as inline SVG: boxes with names, curves between them; each box may lead somewhere.

The order within a column follows the means of the neighbors' places (Sugiyama, Tagawa and Toda 1981), so that few
curves cross. Colors are classes of the page's style; every box says in words what it is.
"""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar

from pages.text import shortened, shown

WIDTH, GAP_X, GAP_Y, LINE, PAD, HEAD = 128, 26, 10, 15, 8, 26
"""Pixels: of a box, between columns, between boxes, of a line of text, inside a box, of a column's title."""
LETTERS = 17
"""Letters of a name on a line; a box has at most `LINES` lines."""
LINES = 4
SWEEPS = 4


@dataclass(frozen=True, slots=True)
class PictureNode:
    """A box.

    Attributes:
        key: unique in the picture.
        column: from 0, left to right.
        kind: what it is, a word for the reader; its style class is the word with hyphens.
        label: the first line, such as an identifier.
        name: the other lines.
        href: where it leads.
    """

    key: str
    column: int
    kind: str
    label: str
    name: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class PictureEdge:
    """A curve between two boxes, by their keys."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its place, in pixels."""

    node: PictureNode
    lines: tuple[str, ...]
    x: int
    y: int
    height: int

    @property
    def middle(self) -> int:
        """The height at which curves end."""
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve, as the path of an SVG."""

    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing, ready for its template.

    Attributes:
        summary: what it shows, for those who do not see it.
        titles: (x of its middle, text) of each column.
    """

    kind: ClassVar[str] = "picture"
    summary: str
    width: int
    height: int
    titles: tuple[tuple[int, str], ...]
    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]


def draw(
    summary: str, titles: Sequence[str], nodes: Iterable[PictureNode], edges: Iterable[PictureEdge]
) -> Drawing:
    """Return the picture of `nodes` (the first of a key counts) and of the edges between them."""
    known = {node.key: node for node in reversed(list(nodes))}
    joined = [edge for edge in dict.fromkeys(edges) if {edge.start, edge.end} <= known.keys()]
    columns = _ordered(known, joined, len(titles))
    filled = [place for place, column in enumerate(columns) if column]
    tall = max((_tall(columns[place]) for place in filled), default=0)
    boxes: dict[str, Box] = {}
    for at, place in enumerate(filled):
        boxes |= _stacked(columns[place], at * (WIDTH + GAP_X), tall)
    return Drawing(
        summary=summary,
        width=max(1, len(filled)) * (WIDTH + GAP_X) - GAP_X,
        height=tall + HEAD,
        titles=tuple((at * (WIDTH + GAP_X) + WIDTH // 2, titles[place]) for at, place in enumerate(filled)),
        boxes=tuple(boxes.values()),
        curves=tuple(_curve(boxes[edge.start], boxes[edge.end]) for edge in joined),
    )


def _ordered(
    nodes: Mapping[str, PictureNode], edges: Sequence[PictureEdge], count: int
) -> list[list[PictureNode]]:
    columns: list[list[PictureNode]] = [[] for _ in range(count)]
    for node in sorted(nodes.values(), key=lambda node: (node.kind, node.label)):
        columns[node.column].append(node)
    # Dictionaries, not sets: their order is the same in every process, and so are the sums over them.
    beside: dict[str, dict[str, None]] = defaultdict(dict)
    for edge in edges:
        beside[edge.start][edge.end] = None
        beside[edge.end][edge.start] = None
    there = range(count)
    for sweep in range(SWEEPS):
        for before, here in pairwise(there if sweep % 2 == 0 else reversed(there)):
            _sort(columns[here], columns[before], beside)
    return columns


def _sort(
    column: list[PictureNode], other: Sequence[PictureNode], beside: Mapping[str, Iterable[str]]
) -> None:
    """Order a column by the mean place of each node's neighbors in the other one; those without keep theirs."""
    place = {node.key: at / max(1, len(other) - 1) for at, node in enumerate(other)}
    own = {node.key: at / max(1, len(column) - 1) for at, node in enumerate(column)}

    def mean(node: PictureNode) -> float:
        places = [place[key] for key in beside[node.key] if key in place]
        return sum(places) / len(places) if places else own[node.key]

    column.sort(key=lambda node: (mean(node), node.kind, node.label))


def _tall(column: Sequence[PictureNode]) -> int:
    return sum(_height(_lines(node)) + GAP_Y for node in column) - GAP_Y


def _height(lines: Sequence[str]) -> int:
    return len(lines) * LINE + 2 * PAD


def _lines(node: PictureNode) -> tuple[str, ...]:
    return _wrapped(node.label, node.name)


@lru_cache(maxsize=8192)
def _wrapped(label: str, text: str) -> tuple[str, ...]:
    name = shown(text).replace("\n", " ")
    wrapped = textwrap.wrap(name, LETTERS, max_lines=LINES, placeholder="…") if name != label else []
    return (shortened(shown(label), LETTERS), *wrapped)


def _stacked(column: Sequence[PictureNode], x: int, tall: int) -> dict[str, Box]:
    """Return the boxes of a column, spread over the middle of the picture's height."""
    y = HEAD + (tall - _tall(column)) // 2
    boxes = {}
    for node in column:
        lines = _lines(node)
        boxes[node.key] = Box(node, lines, x, y, _height(lines))
        y += _height(lines) + GAP_Y
    return boxes


def _curve(start: Box, end: Box) -> Curve:
    left, right = (start, end) if start.x <= end.x else (end, start)
    if left.x == right.x:
        x, out = left.x, left.x - 20
        return Curve(f"M{x} {left.middle}C{out} {left.middle} {out} {right.middle} {x} {right.middle}")
    x, to = left.x + WIDTH, right.x
    middle = (x + to) // 2
    return Curve(f"M{x} {left.middle}C{middle} {left.middle} {middle} {right.middle} {to} {right.middle}")

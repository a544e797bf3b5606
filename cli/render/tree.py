"""An answer as a tree: each line under the one that it belongs to."""

from collections.abc import Iterable, Iterator, Sequence

from cli.answer import Branch
from cli.render.screen import Screen
from cli.render.visible import columns_wide, visible

NARROWEST = 24
"""Columns that a line gets, however deep it is."""
_LINES = ("\u251c\u2500 ", "\u2514\u2500 ", "\u2502  ", "   ")
_ASCII = ("|- ", "`- ", "|  ", "   ")


def render(tree: Sequence[Branch], screen: Screen) -> str:
    """Return the branches, one line or more each, none wider than the screen."""
    strokes = _LINES if screen.unicode else _ASCII
    lines = [line for branch in tree for line in _lines(branch, "", "", strokes, screen.width)]
    return "\n".join(lines) + "\n" if lines else ""


def _lines(branch: Branch, first: str, rest: str, strokes: Sequence[str], width: int | None) -> Iterator[str]:
    tee, corner, bar, blank = strokes
    under = f"{rest}{bar if branch.below else blank}"
    for at, line in enumerate(_wrapped(branch.title, len(rest), width)):
        yield f"{first if at == 0 else under}{line}"
    for detail in branch.details:
        yield from (f"{under}{line}" for line in _wrapped(detail, len(under), width))
    for at, below in enumerate(branch.below):
        last = at == len(branch.below) - 1
        yield from _lines(
            below, rest + (corner if last else tee), rest + (blank if last else bar), strokes, width
        )


def _wrapped(text: str, indent: int, width: int | None) -> Iterable[str]:
    shown = visible(text)
    room = max(width - indent, NARROWEST) if width else None
    if room is None or columns_wide(shown) <= room:
        return (shown,)
    from cli.render.terminal import wrapped_text

    return wrapped_text(shown, room)

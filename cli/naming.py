"""What a person may call things on the command line, and what is said where a word is none of that."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, TypeVar

from graph.errors import NotFoundError, UsageError
from graph.identifiers import technique
from queries.ask import ask
from queries.params import OfRelease
from queries.questions.lookup.questions import PLATFORMS

if TYPE_CHECKING:
    from graph.server.connection import Graph

_NOT_IN_A_NAME = re.compile(r"[^\w.@-]+", re.ASCII)
Row = TypeVar("Row")


def file_name(identifier: str) -> str:
    """Return an identifier as the name of a file: what a file system may not take becomes a hyphen."""
    return _NOT_IN_A_NAME.sub("-", identifier)


def technique_id(text: str, command: str) -> str:
    """Return `text` as the identifier of a technique.

    Raises:
        UsageError: it does not have the form of one.
    """
    attack_id = technique(text)
    if attack_id is None:
        raise UsageError(
            f"{command} takes technique ids", where=text, todo="give an id such as T1528 or T1059.001"
        )
    return attack_id


def of_platform(rows: Sequence[Row], platform: str | None) -> Sequence[Row]:
    """Return the rows of `platform`, in whatever case it is written; all where none is named."""
    if platform is None:
        return rows
    wanted = platform.casefold()
    return [row for row in rows if (getattr(row, "platform", None) or "").casefold() == wanted]


def of_known_platform(
    graph: "Graph", rows: Sequence[Row], platform: str | None, releases: Iterable[str]
) -> Sequence[Row]:
    """Return the rows of `platform` as `of_platform` does.

    Raises:
        NotFoundError: no row and none of the releases has that platform; what comes nearest is named.
    """
    found = of_platform(rows, platform)
    if platform and not found:
        _refuse_unknown(graph, platform, releases)
    return found


def _refuse_unknown(graph: "Graph", platform: str, releases: Iterable[str]) -> None:
    known = {row.platform for release in releases for row in ask(graph, PLATFORMS, OfRelease(release))}
    folded = {each.casefold(): each for each in known}
    if platform.casefold() not in folded:
        near = get_close_matches(platform.casefold(), folded, n=3, cutoff=0.5)
        names = [folded[each] for each in near] or sorted(known)
        todo = f"{'did you mean' if near else 'available:'} {', '.join(names)}{'?' * bool(near)}"
        raise NotFoundError("no technique has this platform", where=platform, todo=todo)

"""What a person wants to know of coverage, what was found, and what is said beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.errors import UsageError
from queries.ask import ask
from queries.params import OfObject
from queries.questions.lookup.questions import OBJECT

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph


class By(StrEnum):
    """What `--by` groups coverage by."""

    TACTIC = "tactic"
    PLATFORM = "platform"
    TECHNIQUE = "technique"
    SOURCE = "source"
    LOG_SOURCE = "log-source"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person wants to know, but for the techniques."""

    by: By | None
    evidence: bool
    all_sets: bool
    platform: str | None
    environment: str | None
    release: str | None
    domain: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one type, and what was asked to get them."""

    row: type
    rows: Sequence[object]
    releases: tuple[str, ...]
    asked: str


def refuse_platform(wish: Wish, by: By) -> None:
    """Refuse `--platform` where the rows have none.

    Raises:
        UsageError: a platform is named, and `by` is not by platform.
    """
    if wish.platform and by not in (By.PLATFORM, By.TECHNIQUE):
        raise UsageError(f"--platform does not go with --by {by}", todo="use --by technique or --by platform")


def say_what_it_is_now(
    graph: "Graph", session: "Session", attack_id: str, key: str, rows: Sequence[object]
) -> None:
    """Report that a technique was revoked and by what, or that it is retired and no evidence counts for it."""
    if not rows:
        _say_that_it_is_dead(graph, session, attack_id, key)
    now = {getattr(row, "technique_id", attack_id) for row in rows}
    if now and not any(each == attack_id or each.startswith(f"{attack_id}.") for each in now):
        session.say(f"{attack_id} is revoked in {key}; replaced by {', '.join(sorted(now))}")


def _say_that_it_is_dead(graph: "Graph", session: "Session", attack_id: str, key: str) -> None:
    found = ask(graph, OBJECT, OfObject(key, attack_id))
    if found and not found[0].live:
        state = "revoked" if found[0].revoked else "deprecated"
        session.say(f"{attack_id} is {state} in {key}; no evidence counts for it")

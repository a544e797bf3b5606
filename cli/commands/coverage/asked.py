"""What a person wants to know of coverage, what was found, and what is said beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from graph.errors import UsageError
from queries.answers.narrowing import EVERYTHING, Narrowing, wanted

if TYPE_CHECKING:
    from queries.ask import Asked


class By(StrEnum):
    """What `--by` groups coverage by."""

    TACTIC = "tactic"
    PLATFORM = "platform"
    TECHNIQUE = "technique"
    SOURCE = "source"
    LOG_SOURCE = "log-source"
    SET = "set"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person wants to know, but for the techniques."""

    by: By | None
    evidence: bool
    all_sets: bool
    environment: str | None
    of_set: str | None
    release: str | None
    domain: str | None
    narrowing: Narrowing = EVERYTHING
    over: str | None = None

    @property
    def platform(self) -> str | None:
        """The one platform that is asked about, if one is."""
        return self.narrowing.platform


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one type, and what was asked to get them."""

    row: type
    rows: Sequence[object]
    releases: tuple[str, ...]
    asked: str


def refuse_platform(wish: Wish, by: By) -> None:
    """Refuse `--platform` where the rows count no techniques by platform.

    Raises:
        UsageError: a platform is named, and `by` is something else.
    """
    if wish.platform and by not in (By.PLATFORM, By.TECHNIQUE, By.TACTIC):
        raise UsageError(
            f"--platform does not go with --by {by}", todo="use --by technique, tactic or platform"
        )


def of_techniques(graph: "Asked", wish: Wish, release: str) -> tuple[str, ...] | None:
    """Return the techniques that the person narrowed the answer to, by identifier; None for all.

    Raises:
        NotFoundError: the release has no such tactic or user.
    """
    left = wanted(graph, release, wish.narrowing)
    return None if left is None else tuple(sorted(left))

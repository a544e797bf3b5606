"""What a person wants to know of coverage, what was found, and what is said beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.errors import UsageError


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
    platform: str | None
    environment: str | None
    of_set: str | None
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

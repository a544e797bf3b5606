"""What a person may call things on the command line, and what is said where a word is none of that."""

from collections.abc import Sequence
from typing import TypeVar

from graph.errors import UsageError

Row = TypeVar("Row")


def technique_id(text: str, command: str) -> str:
    """Return `text` as the identifier of a technique.

    Raises:
        UsageError: it does not have the form of one.
    """
    from queries.lookup.identifier import technique

    attack_id = technique(text)
    if attack_id is None:
        raise UsageError(
            f"{command} is asked of techniques", where=text, todo="give an id such as T1528 or T1059.001"
        )
    return attack_id


def of_platform(rows: Sequence[Row], platform: str | None) -> Sequence[Row]:
    """Return the rows of `platform`, in whatever case it is written; all where none is named."""
    if platform is None:
        return rows
    wanted = platform.casefold()
    return [row for row in rows if (getattr(row, "platform", None) or "").casefold() == wanted]

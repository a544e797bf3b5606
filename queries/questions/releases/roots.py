"""What is loaded, by its roots: all that the rows of an answer can depend on."""

from dataclasses import dataclass

from queries.params import Nothing
from queries.spec import Question


@dataclass(frozen=True, slots=True)
class LoadedRoot:
    """A release, set, environment or file of annotations (`kind`), and the root over its records.

    `tables` is of our tables that a set was loaded with; `in_use` is False for a set that questions leave out.
    """

    kind: str
    key: str
    domain: str | None
    content_root: str
    tables: str | None
    in_use: bool


ROOTS = Question("releases.roots", Nothing, LoadedRoot)

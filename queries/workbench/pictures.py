"""Questions whose answer is a picture: the Browser draws the nodes and relationships that they return.

A picture is a .cypher file like a built-in question's, but its columns are parts of the graph and no rows of values,
so it has no row type and is for the Browser alone.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from graph.errors import NotFoundError
from queries.spec import QueryFile, read

FOLDER = Path(__file__).parent / "pictures"
ORDER = (
    *(
        "technique",
        "object",
        "detection-components",
        "detection-logs",
        "evidence",
        "log-source",
        "actor",
        "path",
    ),
    *("trace", "history", "matrix", "environment", "model"),
)
"""As the guide shows them."""
_PLACEHOLDER = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture; the text is in `queries/workbench/pictures/<name>.cypher`."""

    name: str

    @property
    def file(self) -> QueryFile:
        """The parsed file, read once per process."""
        return read(FOLDER / f"{self.name}.cypher")

    def literal(self, given: str | None = None) -> str:
        """Return the picture as one paste that needs no parameters set.

        Args:
            given: the parameters as a Cypher map; left out: the example of the file's header.

        Its statement is one MATCH after the other, so that what a first WITH names stays visible to the end.
        """
        statement = _PLACEHOLDER.sub(r"given.\1", self.file.statement)
        return f"// {self.file.title}\nWITH {given or self.file.example} AS given\n{statement}"


PICTURES: tuple[Picture, ...] = tuple(map(Picture, ORDER))


def picture(name: str) -> Picture:
    """Return the picture called `name`.

    Raises:
        NotFoundError: there is none; all names are in the message.
    """
    if name not in ORDER:
        raise NotFoundError("no such picture", where=name, todo=f"available: {', '.join(ORDER)}")
    return Picture(name)

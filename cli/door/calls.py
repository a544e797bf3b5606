"""One call of a tool: its command run on an open graph, its answer file, and what was said beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cli.answer import One, Rows
from cli.app import answer_to
from cli.door.parameters import words
from cli.session import Session
from graph.errors import UsageError

if TYPE_CHECKING:
    from cli.door.tools import Tool
    from graph.record import Json
    from graph.server.connection import Graph

_STDIN = "-"


@dataclass(slots=True)
class Overheard(Session):
    """A session whose conversation is kept instead of printed."""

    lines: list[str] = field(default_factory=list)

    def _line(self, message: str) -> None:
        self.lines.append(message)


@dataclass(frozen=True, slots=True)
class Told:
    """What a call brought.

    Attributes:
        file: the answer file, as `--envelope` writes it.
        notes: what the command line says on stderr.
    """

    file: "Mapping[str, Json]"
    notes: tuple[str, ...]


def call(tool: "Tool", arguments: Mapping[str, Any], graph: "Graph") -> Told:
    """Return what the tool's command answers to `arguments` on `graph`.

    Raises:
        SightlineError: whatever the command raises, with its one line.
    """
    if tool.command == "cypher" and arguments.get("text") == _STDIN:
        raise UsageError("no statement", where=tool.command, todo="give it as text")
    session = Overheard(envelope=True, graph=graph)
    answer = answer_to(words(tool, arguments), session)
    if not isinstance(answer, Rows | One):
        raise UsageError("has no rows", where=tool.command, todo="leave out what asks for text")
    file = session.kept(answer)
    if isinstance(answer, Rows) and not answer.values and answer.looked_at:
        session.say(f"nothing found; looked at {answer.looked_at}")
    return Told(file, tuple(session.lines))

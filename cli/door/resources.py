"""What a program can read beside the answers: the model, the words, and what is loaded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cli.answer import rows_of
from cli.render.cells import as_json
from cli.render.document import body
from graph.errors import NotFoundError
from queries.ask import ask
from queries.catalog import AnyQuestion
from queries.params import Nothing
from queries.questions.releases.questions import ENVIRONMENTS, LOADED, SETS

if TYPE_CHECKING:
    from graph.server.connection import Graph

_PACKAGED = Path(__file__).parent / "texts"
_CHECKOUT = Path(__file__).parents[2] / "docs"
_LOADED: Mapping[str, AnyQuestion] = {"releases": LOADED, "sets": SETS, "environments": ENVIRONMENTS}


@dataclass(frozen=True, slots=True)
class Resource:
    """A text that a program can read.

    Attributes:
        name, summary: what it is.
        media: its media type.
        read: its text, from an open graph where it needs one.
    """

    name: str
    summary: str
    media: str
    read: "Callable[[Graph | None], str]"

    @property
    def needs_graph(self) -> bool:
        """Whether it is read from the database."""
        return self.media == "application/json"


def document(name: str) -> str:
    """Return a page of the documentation: from the checkout, or as the installed package carries it."""
    for folder in (_PACKAGED, _CHECKOUT):
        path = folder / f"{name}.md"
        if path.is_file():
            return path.read_text("utf-8")
    raise NotFoundError("is not installed", where=f"{name}.md", todo="install Sightline anew")


def loaded(graph: "Graph | None") -> str:
    """Return the releases, sets and environments of the graph as one JSON object."""
    assert graph is not None  # noqa: S101  the server lends one to what needs it
    found = {
        name: body(rows_of(question.row, ask(graph, question, Nothing())))
        for name, question in _LOADED.items()
    }
    return as_json(found, indented=True)


RESOURCES: Mapping[str, Resource] = {
    "sightline://model": Resource(
        "model",
        "Labels, relationships and properties of the graph.",
        "text/markdown",
        lambda _: document("model"),
    ),
    "sightline://semantics": Resource(
        "semantics",
        "What coverage, related, missing and every state mean.",
        "text/markdown",
        lambda _: document("semantics"),
    ),
    "sightline://loaded": Resource(
        "loaded", "Releases, sets and environments that are loaded.", "application/json", loaded
    ),
}
"""By URI."""

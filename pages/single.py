"""One page as one file: the view of its kind, asked of a graph."""

from collections.abc import Callable, Mapping

from graph.errors import NotFoundError
from pages.answers import Live, Source
from pages.links import Alone, Links
from pages.page import Page, Subject
from pages.render import single
from pages.views.technique import technique_page
from queries.ask import Asked
from queries.params import OfObject
from queries.questions.lookup.questions import OBJECT

View = Callable[[Source, Subject, Links], Page]

VIEWS: Mapping[str, View] = {"Technique": technique_page}
"""Label of the subject -> what makes its page."""


def page_file(graph: Asked, release: str, identifier: str, environment: str | None = None) -> str:
    """Return the page of an official object as one self-contained HTML file.

    Raises:
        NotFoundError: the release has no such object, or there is no page of its kind.
    """
    source = Live(graph)
    found = source.ask(OBJECT, OfObject(release, identifier))
    kind = found[0].type if found else ""
    if kind not in VIEWS:
        raise NotFoundError(
            f"no page of it in {release}", where=identifier, todo="`sightline show` has it as text"
        )
    page = VIEWS[kind](source, Subject(kind, release, identifier, environment), Alone())
    return single(page, source.answers)

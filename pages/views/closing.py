"""How the page of every official object ends: history, references, record, sources."""

from collections.abc import Iterator

from pages.answers import AnswerSource
from pages.page import Section
from pages.views import official
from pages.views.official import Official
from pages.views.sources import sources


def closing(source: AnswerSource, found: Official) -> Iterator[Section]:
    """Yield the last sections of the page; the references come after all texts, since these number what they cite."""
    yield official.history(source, found)
    for section in (official.mentions(found), official.references(found), official.record(found)):
        if section:
            yield section
    yield sources(source, found.subject)

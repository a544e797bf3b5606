"""The pages of what techniques belong to: a tactic, a mitigation, an asset."""

from collections.abc import Iterator

from pages import words
from pages.answers import AnswerSource
from pages.links import Links
from pages.page import Page, PageSubject, Section
from pages.parts import Code, Fact, counted
from pages.views import official
from pages.views.closing import closing
from pages.views.notes import notes
from pages.views.official import Official
from pages.views.standing import techniques, tile

WAYS = {
    "Tactic": ("Tactic", "ACHIEVES", "in", "What achieves it."),
    "Mitigation": ("Mitigation", "MITIGATES", "out", "What it helps against."),
    "Asset": ("Asset", "TARGETS", "in", "What aims at it."),
}
"""Label -> word, relationship to its techniques, its direction, how their list begins."""


def target_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of a tactic, mitigation or asset.

    Raises:
        NotFoundError: the release has no such object.
    """
    found = official.official(source, subject, links)
    word, relationship, direction, lead = WAYS[found.object.type]
    listed = techniques(source, found, found.beside(relationship, direction, "Technique"), lead)
    own = found.object
    number = counted(len(found.beside(relationship, direction, "Technique")), "technique")
    return Page(
        subject=subject,
        title=f"{found.about.attack_id} {found.name}",
        word=word,
        trail=(words.domain_of(subject.release),),
        summary=f"{word} of ATT&CK with {number}, each with what is claimed to detect it.",
        facts=(
            official.identity(
                found,
                Fact("Short name", Code(own.shortname) if own.shortname else None),
                Fact("Platforms", ", ".join(own.platforms) or None),
            ),
        ),
        tiles=(tile(listed, "technique"),),
        sections=tuple(_sections(source, found, listed)),
    )


def _sections(source: AnswerSource, found: Official, listed: Section) -> Iterator[Section]:
    yield official.description(found, "What it is")
    yield from notes(source, found)
    yield listed
    yield from closing(source, found)

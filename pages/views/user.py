"""The page of who or what uses techniques: a group, a campaign, software."""

from collections.abc import Iterator

from pages import words
from pages.answers import AnswerSource
from pages.links import Links
from pages.page import Page, PageSubject, Section, Voice
from pages.parts import Fact, counted
from pages.views import official
from pages.views.closing import closing
from pages.views.notes import notes
from pages.views.official import Official
from pages.views.standing import techniques, tile


def user_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of a group, campaign or software.

    Raises:
        NotFoundError: the release has no such object.
    """
    found = official.official(source, subject, links)
    own = found.object
    used = found.beside("USES", "out", "Technique")
    listed = techniques(source, found, used, "What it is known to use.")
    others = [each for each in own.aliases if each != own.name]
    return Page(
        subject=subject,
        title=f"{found.about.attack_id} {found.name}",
        word=(own.kind or own.type).capitalize(),
        trail=(words.domain_of(subject.release),),
        summary=(
            f"{found.name} is known to use {counted(len(used), 'technique')}; each with what is claimed to "
            "detect it."
        ),
        facts=(
            official.identity(
                found,
                Fact("Also called", ", ".join(others) or None),
                Fact("Platforms", ", ".join(own.platforms) or None),
                Fact("First seen", words.day(own.first_seen)),
                Fact("Last seen", words.day(own.last_seen)),
            ),
        ),
        tiles=(tile(listed, "technique"),),
        sections=tuple(_sections(source, found, listed)),
    )


def _sections(source: AnswerSource, found: Official, listed: Section) -> Iterator[Section]:
    yield official.description(found, "Who it is" if found.object.type == "Group" else "What it is")
    yield from notes(source, found)
    yield listed
    for name, title, relationship, direction, labels in (
        ("software", "Software that it uses", "USES", "out", ("Software",)),
        ("used-by", "Used by", "USES", "in", ("Group", "Campaign")),
        ("campaigns", "Campaigns attributed to it", "ATTRIBUTED_TO", "in", ()),
        ("attributed-to", "Attributed to", "ATTRIBUTED_TO", "out", ()),
    ):
        rows = found.beside(relationship, direction, *labels)
        if rows:
            grid = official.people(found, f"{name}-rows", title, rows, "None.")
            yield Section(name, title, Voice.OFFICIAL, (grid,))
    yield from closing(source, found)

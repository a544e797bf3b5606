"""The pages of a data component and of a data source: where it can be seen, and what it helps to detect."""

from collections.abc import Iterator

from pages import words
from pages.answers import AnswerSource
from pages.links import Links
from pages.page import Page, PageSubject, Section, Voice
from pages.parts import Cell, Code, Fact, Link, Tile, noun, several, table
from pages.views import official
from pages.views.chain import chain
from pages.views.closing import closing
from pages.views.notes import notes
from pages.views.official import Official
from pages.views.standing import standings, techniques
from queries.params import OfObject
from queries.questions.lookup.questions import COMPONENT_LOG_SOURCES, DETECTION_CHAIN, ChainLink


def component_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of a data component.

    Raises:
        NotFoundError: the release has no such object.
    """
    found = official.official(source, subject, links)
    rows = source.ask(DETECTION_CHAIN, OfObject(subject.release, found.about.attack_id))
    logs = _log_sources(source, found)
    analytics, techniques = {row.analytic_id for row in rows}, {row.technique_id for row in rows}
    parents = [found.link(each.type, each.attack_id) for each in found.beside("PART_OF", "out")]
    return Page(
        subject=subject,
        title=f"{found.object.attack_id or ''} {found.name}".strip(),
        word="Data component",
        trail=(words.domain_of(subject.release),),
        summary=f"What {found.name} is, in which logs it can be seen, and which analytics look for it.",
        facts=(official.identity(found, Fact("Data source", several(parents))),),
        tiles=(
            Tile(str(len(analytics)), noun(len(analytics), "analytic"), "#chain"),
            Tile(str(len(techniques)), noun(len(techniques), "technique"), "#techniques"),
        ),
        sections=tuple(_sections(source, found, rows, logs)),
    )


def _sections(
    source: AnswerSource, found: Official, rows: list[ChainLink], logs: Section
) -> Iterator[Section]:
    yield official.description(found, "What it is")
    yield from notes(source, found)
    yield logs
    detected = found.beside("DETECTS", "out", "Technique")
    yield (
        techniques(source, found, detected, "Up to 17 components detect techniques.")
        if detected
        else _reached(source, found, rows)
    )
    yield chain(found, rows)
    yield from closing(source, found)


def _log_sources(source: AnswerSource, found: Official) -> Section:
    one = OfObject(found.about.release, found.object.stix_id or found.about.attack_id)
    rows = [
        (
            Link(each.canonical, found.links.of("LogSource", each.canonical)),
            Code(each.log_source),
            _channel(each.channel),
            each.analytics,
        )
        for each in source.ask(COMPONENT_LOG_SOURCES, one)
    ]
    grid = table(
        "log-rows",
        f"Log sources in which {found.name} can be seen",
        "Log source | As written | Channel | #Analytics",
        rows,
        empty="This release names no log source for it.",
        things="log sources",
    )
    return Section("log-sources", "Where it can be seen", Voice.OFFICIAL, (grid,))


def _channel(text: str | None) -> str | None:
    return None if text in (None, "None") else text


def _reached(source: AnswerSource, found: Official, rows: list[ChainLink]) -> Section:
    """Return the techniques that analytics lead to from a component."""
    named = {row.technique_id: row.technique for row in rows}
    states = standings(source, found, named)
    body: list[tuple[Cell, ...]] = [
        (found.link("Technique", key), name, words.state(states[key].state) if key in states else None)
        for key, name in sorted(named.items())
    ]
    grid = table(
        "technique-rows", "Techniques", "Id | Technique | State", body, empty="None.", things="techniques"
    )
    return Section("techniques", "Techniques that it helps to detect", Voice.EVIDENCE, (grid,))


def data_source_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of a data source of the releases up to 17.

    Raises:
        NotFoundError: the release has no such object.
    """
    found = official.official(source, subject, links)
    rows = found.beside("PART_OF", "in")
    grid = official.people(found, "component-rows", "Its components", rows, "No component of it is active.")
    return Page(
        subject=subject,
        title=f"{found.about.attack_id} {found.name}",
        word="Data source",
        trail=(words.domain_of(subject.release),),
        summary=f"A data source of ATT&CK up to release 17, with {len(rows)} components.",
        facts=(official.identity(found, Fact("Platforms", ", ".join(found.object.platforms) or None)),),
        sections=(
            official.description(found, "What it is"),
            *notes(source, found),
            Section("components", "Components", Voice.OFFICIAL, (grid,)),
            *closing(source, found),
        ),
    )

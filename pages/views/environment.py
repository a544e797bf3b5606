"""The page of an environment: what it runs and collects, what is detected there, and what is missing."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from graph.errors import NotFoundError
from pages import words
from pages.answers import AnswerSource
from pages.links import Links
from pages.page import Page, PageSubject, Section, Voice
from pages.parts import Cell, Code, Fact, Facts, Link, Tile, noun, table
from pages.requests import Request
from pages.views.sources import sources
from pages.views.tests import results
from queries.answers import rollup
from queries.answers.rollup import PlatformTotalHere, TacticTotalHere
from queries.ask import Asked, ask
from queries.params import Nothing
from queries.questions.coverage.environment import ENVIRONMENT_BY_LOG_SOURCE, TechniquesHere
from queries.questions.releases.questions import ENVIRONMENTS


@dataclass(frozen=True, slots=True)
class OwnEnvironment:
    """What an environment declares: of its `log_sources`, so many are `collected`."""

    environment: str
    platforms: tuple[str, ...]
    log_sources: int
    collected: int
    enabled: int
    validated: int
    content_root: str


def environment_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of an environment.

    Raises:
        NotFoundError: it is not loaded.
    """
    request = Request("page environment", {"environment": subject.identifier, "release": subject.release})
    found = source.work_out(request, OwnEnvironment, lambda graph: _held(graph, subject.identifier))
    held = found[0] if found else None
    if held is None:
        raise NotFoundError(
            "no such environment is loaded",
            where=subject.identifier,
            todo="`sightline environments` lists them",
        )
    asked = {"release": subject.release, "environment": held.environment, **subject.only}
    tactics = source.work_out(
        Request("coverage", {"by": "tactic", **asked}),
        TacticTotalHere,
        lambda graph: rollup.by_tactic(
            graph, release=subject.release, environment=held.environment, of_set=subject.of_set
        ),
    )
    platforms = source.work_out(
        Request("coverage", {"by": "platform", **asked}),
        PlatformTotalHere,
        lambda graph: rollup.by_platform(
            graph, release=subject.release, environment=held.environment, of_set=subject.of_set
        ),
    )
    return Page(
        subject=subject,
        title=held.environment,
        word="Environment",
        trail=(words.domain_of(subject.release),),
        summary=f"What is detected in {held.environment}, by what it collects, enables and has validated.",
        facts=(_facts(source, held),),
        tiles=(
            Tile(str(held.collected), f"{noun(held.collected, 'log source')} collected", "#logs"),
            Tile(f"{held.enabled:,}", f"{noun(held.enabled, 'piece')} of evidence enabled", "#tactics"),
            Tile(f"{held.validated:,}", "of them validated", "#tactics"),
        ),
        sections=(
            _tactics(links, tactics),
            _platforms(platforms),
            _logs(source, subject, links, held.environment),
            *results(source, subject, links, held.environment),
            sources(source, subject),
        ),
    )


def _held(graph: Asked, name: str) -> Iterator[OwnEnvironment]:
    names = [each.name for each in fields(OwnEnvironment)]
    for each in ask(graph, ENVIRONMENTS, Nothing()):
        if each.environment == name:
            yield OwnEnvironment(**{name: getattr(each, name) for name in names})


def _facts(source: AnswerSource, held: OwnEnvironment) -> Facts:
    return Facts(
        (
            Fact("Runs", ", ".join(held.platforms) or "not stated"),
            Fact("Log sources declared", held.log_sources),
            Fact("Loaded", source.loaded_on(held.environment)),
            Fact("Root of its record", Code(held.content_root)),
        )
    )


STATES = (
    "covered",
    "unplaced",
    "enabled_blind",
    "visible",
    "protect_only",
    "gap",
    "unknown",
    "not_applicable",
)
TITLES = " | ".join(f"#{words.reading(state)}" for state in STATES)


def _tactics(links: Links, rows: list[TacticTotalHere]) -> Section:
    body: list[tuple[Cell, ...]] = [
        (
            Link(row.tactic, links.of("Tactic", row.tactic_id)),
            row.techniques,
            *(getattr(row, state) for state in STATES),
        )
        for row in rows
    ]
    grid = table(
        "tactic-rows",
        "Techniques of each tactic by state",
        f"Tactic | #Techniques | {TITLES}",
        body,
        things="tactics",
    )
    lead = "A technique takes its best state over the platforms that are run."
    return Section("tactics", "By tactic", Voice.YOURS, (grid,), lead)


def _platforms(rows: list[PlatformTotalHere]) -> Section:
    body: list[tuple[Cell, ...]] = [
        (row.platform or "not stated", row.pairs, *(getattr(row, state) for state in STATES)) for row in rows
    ]
    grid = table(
        "platform-rows",
        "Techniques of each platform by state",
        f"Platform | #Techniques | {TITLES}",
        body,
        things="platforms",
    )
    return Section("platforms", "By platform", Voice.YOURS, (grid,))


def _logs(source: AnswerSource, subject: PageSubject, links: Links, environment: str) -> Section:
    rows = source.ask(ENVIRONMENT_BY_LOG_SOURCE, TechniquesHere(subject.release, environment))
    body = [
        (
            Link(row.log_source, links.of("LogSource", row.log_source)),
            row.status,
            *(row.rules, row.rules_alone, row.techniques, row.visible, row.visible_alone),
        )
        for row in rows
    ]
    columns = (
        "Log source | Status | #Enabled rules | #Fed by it alone | #Techniques | #Made visible | #By it alone"
    )
    grid = table("log-rows", "Declared log sources", columns, body, things="log sources")
    return Section("logs", "Log sources, and what would be lost with each", Voice.YOURS, (grid,))

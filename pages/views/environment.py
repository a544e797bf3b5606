"""The page of an environment: what it runs and collects, what is detected there, and what is missing."""

from graph.errors import NotFoundError
from pages import words
from pages.answers import Source
from pages.links import Links
from pages.page import Layer, Page, Section, Subject
from pages.parts import Cell, Code, Fact, Facts, Link, Tile, table
from pages.views.sources import sources
from queries.answers import rollup
from queries.answers.rollup import PlatformTotalHere, TacticTotalHere
from queries.params import InEnvironment, Nothing
from queries.questions.coverage.environment import ENVIRONMENT_BY_LOG_SOURCE
from queries.questions.releases.questions import ENVIRONMENTS, HeldEnvironment


def environment_page(source: Source, subject: Subject, links: Links) -> Page:
    """Return the page of an environment.

    Raises:
        NotFoundError: it is not loaded.
    """
    held = next(
        (each for each in source.ask(ENVIRONMENTS, Nothing()) if each.environment == subject.identifier), None
    )
    if held is None:
        raise NotFoundError(
            "no such environment is loaded",
            where=subject.identifier,
            todo="`sightline environments` lists them",
        )
    asked = {"release": subject.release, "environment": held.environment}
    tactics = source.work_out(
        "coverage --by tactic",
        TacticTotalHere,
        asked,
        lambda graph: rollup.by_tactic(graph, release=subject.release, environment=held.environment),
    )
    platforms = source.work_out(
        "coverage --by platform",
        PlatformTotalHere,
        asked,
        lambda graph: rollup.by_platform(graph, release=subject.release, environment=held.environment),
    )
    return Page(
        subject=subject,
        title=held.environment,
        word="Environment",
        trail=(words.domain_of(subject.release),),
        summary=f"What is detected in {held.environment}, by what it collects, enables and has validated.",
        facts=(_facts(held),),
        tiles=(
            Tile(str(held.collected), "log sources collected", "#logs"),
            Tile(f"{held.enabled:,}", "pieces of evidence enabled", "#tactics"),
            Tile(f"{held.validated:,}", "of them validated", "#tactics"),
        ),
        sections=(
            _tactics(links, tactics),
            _platforms(platforms),
            _logs(source, subject, links, held.environment),
            sources(source, subject),
        ),
    )


def _facts(held: HeldEnvironment) -> Facts:
    return Facts(
        (
            Fact("Runs", ", ".join(held.platforms) or "not stated"),
            Fact("Log sources declared", held.log_sources),
            Fact("Loaded", words.day(held.loaded_at)),
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
    return Section("tactics", "By tactic", Layer.YOURS, (grid,), lead)


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
    return Section("platforms", "By platform", Layer.YOURS, (grid,))


def _logs(source: Source, subject: Subject, links: Links, environment: str) -> Section:
    rows = source.ask(ENVIRONMENT_BY_LOG_SOURCE, InEnvironment(subject.release, environment))
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
    return Section("logs", "Log sources, and what would be lost with each", Layer.YOURS, (grid,))

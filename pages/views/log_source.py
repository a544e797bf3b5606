"""The page of a log source: which analytics and rules read it, and what it shows."""

from graph.errors import NotFoundError
from pages import words
from pages.answers import AnswerSource
from pages.links import Links
from pages.page import Page, PageSubject, Section, Voice
from pages.parts import Code, Fact, Facts, Link, Tile, noun, several, table
from pages.views.sources import sources
from queries.params import OfLogSource
from queries.questions.evidence.questions import RULES_OF_LOG_SOURCE, RuleOfLogSource
from queries.questions.related.others import LOG_SOURCE_SHOWS, Shown


def log_source_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of a log source, under its canonical name.

    Raises:
        NotFoundError: nothing in the release and no rule reads it.
    """
    asked = OfLogSource(subject.release, subject.identifier)
    shows, rules = source.ask(LOG_SOURCE_SHOWS, asked), source.ask(RULES_OF_LOG_SOURCE, asked)
    if not shows and not rules:
        raise NotFoundError(
            "no such log source",
            where=subject.identifier,
            todo="`sightline coverage --by log-source` lists them",
        )
    techniques, analytics = {row.technique_id for row in shows}, {row.analytic_id for row in shows}
    return Page(
        subject=subject,
        title=shows[0].log_source if shows else subject.identifier,
        word="Log source",
        trail=(words.domain_of(subject.release),),
        summary="Which analytics of ATT&CK and which rules read this log, and which techniques it helps to see.",
        facts=(Facts((Fact("Name", Code(subject.identifier)),)),),
        tiles=(
            Tile(
                str(len(analytics)), noun(len(analytics), "analytic reads it", "analytics read it"), "#shows"
            ),
            Tile(str(len(techniques)), noun(len(techniques), "technique"), "#shows"),
            Tile(str(len(rules)), noun(len(rules), "rule in use reads it", "rules in use read it"), "#rules"),
        ),
        sections=(_shows(links, shows), _rules(links, rules), sources(source, subject)),
    )


def _shows(links: Links, rows: list[Shown]) -> Section:
    body = [
        (
            Link(row.technique_id, links.of("Technique", row.technique_id)),
            row.technique,
            Link(row.analytic_id, links.of("Analytic", row.analytic_id)),
            ", ".join(row.platforms) or None,
            "; ".join(each for each in row.channels if each != "None") or None,
            row.other_log_sources,
        )
        for row in rows
    ]
    grid = table(
        "show-rows",
        "Techniques that it helps to see",
        "Technique | Name | Analytic | Platforms | Channel | #Other logs needed",
        body,
        empty="No analytic of this release reads it.",
        things="analytics",
    )
    return Section("shows", "What it helps to see", Voice.OFFICIAL, (grid,))


def _rules(links: Links, rows: list[RuleOfLogSource]) -> Section:
    body = [
        (
            Link(row.title or row.evidence_id, links.of("Rule", row.evidence_id)),
            row.status,
            row.level,
            several(Link(key, links.of("Technique", key)) for key in row.technique_ids),
            row.set,
        )
        for row in rows
    ]
    grid = table(
        "rule-rows",
        "Rules that read it",
        "Rule | Status | Level | Techniques | Set",
        body,
        empty="None in use.",
        things="rules",
    )
    return Section("rules", "Rules that read it", Voice.EVIDENCE, (grid,))

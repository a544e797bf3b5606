"""The page of a technique: what it is, who claims to detect it where, what is missing, what is like it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pages import words
from pages.answers import AnswerSource
from pages.links import Links
from pages.page import Page, PageSubject, Section, Voice
from pages.parts import Fact, Facts, Faq, FaqEntry, Tile, counted, listed, table
from pages.picture import PictureEdge, PictureNode
from pages.prose import plain
from pages.views import evidence, gaps, official
from pages.views.chain import STRATEGY, TACTIC, chain
from pages.views.closing import closing
from pages.views.notes import notes
from pages.views.official import Official
from pages.views.related import related_techniques
from pages.views.sources import refreshed
from pages.views.tests import tests
from queries.answers.clouds import total_line
from queries.params import OfObject
from queries.questions.coverage import technique as q
from queries.questions.coverage.totals import BY_TECHNIQUE, TechniquesEvidence
from queries.questions.lookup.questions import DETECTION_CHAIN, ChainLink

USERS = ("Group", "Campaign", "Software")
DRAWN = 6
"""Rules and mitigations in the picture, up to so many each."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What a technique's sections are made of."""

    platforms: list[q.PlatformCoverage]
    evidence: list[q.EvidenceRow]
    sources: list[q.SourceCoverage]
    logs: list[q.LogSourceCoverage]
    chain: list[ChainLink]

    @property
    def covered(self) -> list[str]:
        """The platforms of the technique on which somebody claims to detect it."""
        return [row.platform for row in self.platforms if row.platform and row.state == "covered"]

    @property
    def stated(self) -> list[str]:
        """The platforms of the technique."""
        return [row.platform for row in self.platforms if row.platform]

    @property
    def as_of(self) -> str | None:
        """The newest date of a claim."""
        return words.day(max((row.as_of for row in self.evidence if row.counted and row.as_of), default=None))


def technique_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of a technique.

    Raises:
        NotFoundError: the release has no such object.
    """
    found = official.official(source, subject, links)
    of = q.TechniqueEvidence(subject.release, found.about.attack_id, set=subject.of_set)
    cover = Coverage(
        platforms=source.ask(q.TECHNIQUE, of),
        evidence=source.ask(q.EVIDENCE, of),
        sources=source.ask(q.TECHNIQUE_BY_SOURCE, of),
        logs=source.ask(q.TECHNIQUE_BY_LOG_SOURCE, of),
        chain=source.ask(DETECTION_CHAIN, OfObject(subject.release, found.about.attack_id)),
    )
    return Page(
        subject=subject,
        title=f"{found.about.attack_id} {found.name}",
        word="Sub-technique" if found.object.is_subtechnique else "Technique",
        trail=(words.domain_of(subject.release), official.tactics_of(found)),
        summary=_summary(source, found, cover),
        facts=(_facts(found),),
        tiles=tuple(_tiles(cover)),
        sections=tuple(_sections(source, found, cover)),
    )


def _summary(source: AnswerSource, found: Official, cover: Coverage) -> str:
    reviewed = f"Last reviewed {cover.as_of} (the newest claim)" if cover.as_of else "No dated claim"
    loaded = refreshed(source, found.subject)
    newest = f"; source data refreshed {loaded}" if loaded else ""
    return (
        f"Detection coverage for {found.name}: {len(cover.covered)} of {len(cover.stated)} platforms, "
        f"{total_line(cover.sources)}. {reviewed}{newest}; "
        f"answered by {words.domain_of(found.subject.release)}."
    )


def _facts(found: Official) -> Facts:
    own = found.object
    parents = found.beside("SUBTECHNIQUE_OF", "out")
    return official.identity(
        found,
        Fact("Tactics", official.tactics_of(found)),
        Fact("Platforms", ", ".join(sorted(own.platforms)) or None),
        Fact("Sub-technique of", found.link("Technique", parents[0].attack_id) if parents else None),
    )


def _tiles(cover: Coverage) -> Iterator[Tile]:
    clouds = {row.cloud for row in cover.sources if row.cloud}
    rules = sum(row.rules for row in cover.logs)
    yield Tile(f"{len(cover.covered)} of {len(cover.stated)}", "platforms covered", "#coverage")
    yield Tile(
        str(sum(row.detections for row in cover.sources)),
        f"cloud detections, {counted(len(clouds), 'cloud')}",
        "#by-source",
    )
    yield Tile(
        str(rules), f"rules, {sum(row.placed for row in cover.logs)} on its platforms", "#by-log-source"
    )
    analytics = {row.analytic_id for row in cover.chain}
    yield Tile(str(len(analytics)), "ATT&CK analytics", "#chain")


def _sections(source: AnswerSource, found: Official, cover: Coverage) -> Iterator[Section]:
    yield official.description(found, f"What is {found.about.attack_id}?")
    yield evidence.by_platform(found, cover.platforms)
    yield from _children(source, found)
    yield evidence.by_source(found, cover.sources)
    yield evidence.by_log_source(found, cover.logs)
    yield evidence.example(source, found.subject, cover.evidence, cover.logs)
    yield _chain(found, cover)
    yield gaps.missing(source, found, cover.platforms, cover.chain, cover.logs)
    yield gaps.contradictions(source, found)
    yield from notes(source, found)
    yield related_techniques(source, found)
    yield _mitigations(found)
    yield _used_by(found)
    yield from tests(source, found)
    yield evidence.pieces(found, cover.evidence)
    yield Section("faq", "Questions and answers", Voice.OURS, (Faq(tuple(questions(found, cover))),))
    yield from closing(source, found)


def _children(source: AnswerSource, found: Official) -> Iterator[Section]:
    """Yield the sub-techniques with their states; a parent never inherits them."""
    children = found.beside("SUBTECHNIQUE_OF", "in")
    if not children:
        return
    own = found.subject
    asked = TechniquesEvidence(own.release, found.about.attack_id, set=own.of_set)
    states = {row.technique_id: row for row in source.ask(BY_TECHNIQUE, asked)}
    rows = [
        (
            found.link("Technique", each.attack_id),
            each.name,
            words.state(states[each.attack_id].state) if each.attack_id in states else None,
            states[each.attack_id].detect if each.attack_id in states else None,
        )
        for each in children
    ]
    grid = table("child-rows", "Sub-techniques", "Id | Name | State | #Detect", rows, things="sub-techniques")
    lead = "A technique shows its own evidence and that of its sub-techniques apart: neither counts for the other."
    yield Section("children", "Sub-techniques", Voice.EVIDENCE, (grid,), lead)


def _chain(found: Official, cover: Coverage) -> Section:
    own = found.about.attack_id
    mitigations = found.beside("MITIGATES", "in")[:DRAWN]
    rules = [row for row in cover.logs if row.placed][:DRAWN]
    nodes = [
        *(
            PictureNode(
                f"m {each.attack_id}",
                TACTIC,
                "mitigation",
                each.attack_id or "",
                each.name or "",
                found.links.of("Mitigation", each.attack_id),
            )
            for each in mitigations
        ),
        *(
            PictureNode(
                f"r {row.log_source}",
                STRATEGY,
                "rule",
                counted(row.placed, "rule"),
                evidence.log_source_name(row.log_source),
                "#by-log-source",
            )
            for row in rules
        ),
    ]
    edges = [
        *(PictureEdge(own, f"m {each.attack_id}") for each in mitigations),
        *(PictureEdge(f"r {row.log_source}", own) for row in rules),
    ]
    return chain(found, cover.chain, nodes, edges)


def _mitigations(found: Official) -> Section:
    rows = found.beside("MITIGATES", "in")
    grid = official.people(found, "mitigation-rows", "Mitigations", rows, "ATT&CK names no mitigation.")
    return Section("mitigations", "Mitigations", Voice.OFFICIAL, (grid,))


def _used_by(found: Official) -> Section:
    rows = found.beside("USES", "in", *USERS)
    grid = official.people(
        found, "users", "Groups, campaigns and software that use it", rows, "Nobody is known to use it."
    )
    return Section("used-by", "Used by", Voice.OFFICIAL, (grid,))


def questions(found: Official, cover: Coverage) -> Iterator[FaqEntry]:
    """Yield what people ask about a technique, answered from the rows."""
    own, name = found.about.attack_id, found.name
    yield FaqEntry(f"What is {own} ({name})?", _first_sentences(found))
    yield FaqEntry(f"Where does {own} appear in cloud detection sources?", _in_clouds(own, cover.sources))
    tactics = [f"{each.attack_id} {each.name}" for each in found.beside("ACHIEVES", "out")]
    yield FaqEntry(
        f"Which ATT&CK tactic does {own} belong to?", f"{own} belongs to {listed(tactics) or 'no tactic'}."
    )
    yield FaqEntry(f"Which rules are there for {own}?", _which_rules(own, cover.logs))
    yield FaqEntry(f"What is missing for {own}?", _what_is_missing(own, cover))


def _first_sentences(found: Official) -> str:
    first = plain((found.object.description or "").partition("\n")[0])
    return first or f"ATT&CK describes {found.about.attack_id} by its name only: {found.name}."


def _in_clouds(own: str, rows: Sequence[q.SourceCoverage]) -> str:
    if not rows:
        return f"No cloud-native detection that is loaded is mapped to {own}."
    clouds = sorted({words.cloud(row.cloud) or "" for row in rows if row.cloud})
    return (
        f"{total_line(rows)} ({listed(clouds)}) are mapped to {own}, from "
        f"{listed(sorted(row.source for row in rows))}."
    )


def _which_rules(own: str, rows: Sequence[q.LogSourceCoverage]) -> str:
    if not rows:
        return f"No rule in use claims {own}."
    placed = [row for row in rows if row.placed]
    logs = listed(evidence.log_source_name(row.log_source) for row in placed)
    total, on = sum(row.rules for row in rows), sum(row.placed for row in rows)
    where = (
        f"{on} of them run on its platforms, reading {logs}"
        if placed
        else "none of them runs on its platforms"
    )
    compiled = sum(row.compiled for row in rows)
    return f"{counted(total, 'rule')} claim {own}; {where}. {compiled} of them were compiled for a SIEM's dialect."


def _what_is_missing(own: str, cover: Coverage) -> str:
    left = [row for row in cover.platforms if row.platform and row.state != "covered"]
    if not left:
        return (
            f"Somebody claims to detect {own} on every platform that it has; that says nothing of what fires."
        )
    told = listed(f"{row.platform} ({words.reading(row.state)})" for row in left)
    return f"Not covered: {told}."

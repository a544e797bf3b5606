"""The pages of an analytic and of a strategy: what to look for, where, and for which technique."""

from collections.abc import Iterator, Sequence

from pages import words
from pages.answers import AnswerSource
from pages.links import Links
from pages.page import Page, PageSubject, Section, Voice
from pages.parts import Cell, Code, Fact, Paragraphs, Tile, counted, listed, noun, several, table
from pages.picture import PictureEdge, PictureNode
from pages.prose import rendered
from pages.views import evidence, official
from pages.views.chain import STRATEGY, TACTIC, chain
from pages.views.closing import closing
from pages.views.notes import notes
from pages.views.official import Official
from queries.params import OfObject
from queries.questions.coverage.technique import TECHNIQUE_BY_LOG_SOURCE, LogSourceCoverage, TechniqueEvidence
from queries.questions.lookup.questions import DETECTION_CHAIN, SURROUNDINGS, ChainLink, Surrounding

HOW_TO_USE = (
    "This page states what ATT&CK publishes about it, where that leads in ATT&CK's own data, and, apart from it, "
    "what evidence and annotations that are loaded claim. It does not state that anything is detected: guidance is "
    "not a "
    "rule, and a rule that reads the same log may look for something else. Validate next that the log sources named "
    "here are collected with these channels, that a rule of yours reads them, and that it fires on a test."
)
DRAWN = 8


def analytic_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of an analytic.

    Raises:
        NotFoundError: the release has no such object.
    """
    found = official.official(source, subject, links)
    rows = source.ask(DETECTION_CHAIN, OfObject(subject.release, found.about.attack_id))
    strategies = {row.strategy_id: row.strategy for row in rows}
    facts = official.identity(
        found,
        Fact("Platform", ", ".join(found.object.platforms) or None),
        Fact("Strategy", several(found.link("DetectionStrategy", key) for key in strategies)),
        Fact("Technique", several(_technique(found, row) for row in _distinct(rows))),
        Fact("Tactics", several(_tactics(found, rows))),
    )
    return Page(
        subject=subject,
        title=f"{found.about.attack_id} {found.name}",
        word="Analytic",
        trail=(words.domain_of(subject.release), *(_technique(found, row) for row in _distinct(rows))),
        summary=_summary(rows, "analytic"),
        facts=(facts,),
        tiles=_tiles(rows),
        sections=tuple(_sections(source, found, rows)),
    )


def strategy_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of a detection strategy.

    Raises:
        NotFoundError: the release has no such object.
    """
    found = official.official(source, subject, links)
    rows = source.ask(DETECTION_CHAIN, OfObject(subject.release, found.about.attack_id))
    facts = official.identity(
        found,
        Fact("Technique", several(_technique(found, row) for row in _distinct(rows))),
        Fact("Tactics", several(_tactics(found, rows))),
    )
    return Page(
        subject=subject,
        title=f"{found.about.attack_id} {found.name}",
        word="Detection strategy",
        trail=(words.domain_of(subject.release), *(_technique(found, row) for row in _distinct(rows))),
        summary=_summary(rows, "strategy"),
        facts=(facts,),
        tiles=_tiles(rows),
        sections=tuple(_sections(source, found, rows)),
    )


def _distinct(rows: Sequence[ChainLink]) -> list[ChainLink]:
    return list({row.technique_id: row for row in rows}.values())


def _technique(found: Official, row: ChainLink) -> Cell:
    return found.link("Technique", row.technique_id, f"{row.technique_id} {row.technique}")


def _tactics(found: Official, rows: Sequence[ChainLink]) -> Iterator[Cell]:
    named = {key: name for row in rows for key, name in zip(row.tactic_ids, row.tactics, strict=True)}
    for key, name in named.items():
        yield found.link("Tactic", key, f"{key} {words.tactic(name)}")


def _summary(rows: Sequence[ChainLink], kind: str) -> str:
    techniques = listed(f"{row.technique_id} {row.technique}" for row in _distinct(rows))
    logs = listed(dict.fromkeys(row.canonical or row.log_source for row in rows if row.log_source))
    reads = f"reads {logs}" if logs else "names no log source"
    return f"A detection {kind} of ATT&CK for {techniques or 'no live technique'}; it {reads}."


def _tiles(rows: Sequence[ChainLink]) -> tuple[Tile, ...]:
    logs = {row.canonical or row.log_source for row in rows if row.log_source}
    components = {row.component_id for row in rows if row.component_id}
    techniques = {row.technique_id for row in rows}
    return (
        Tile(str(len(logs)), noun(len(logs), "log source"), "#chain"),
        Tile(str(len(components)), noun(len(components), "data component"), "#chain"),
        Tile(str(len(techniques)), noun(len(techniques), "technique"), "#chain"),
    )


def _sections(source: AnswerSource, found: Official, rows: Sequence[ChainLink]) -> Iterator[Section]:
    around = source.ask(SURROUNDINGS, OfObject(found.about.release, found.about.attack_id))
    rules = _rules(source, found, rows)
    yield official.description(found, "Official definition")
    yield from notes(source, found)
    yield _chain(found, rows, around, rules)
    yield from _mutable(found)
    yield _near_rules(found, rows, rules)
    yield _mitigations(found, around)
    yield Section("use", "How to use this page", Voice.OURS, (Paragraphs(rendered(HOW_TO_USE, found.links)),))
    yield from closing(source, found)


def _rules(source: AnswerSource, found: Official, rows: Sequence[ChainLink]) -> list[LogSourceCoverage]:
    release, of_set = found.about.release, found.subject.of_set
    techniques = [row.technique_id for row in _distinct(rows)]
    return [
        row
        for each in techniques
        for row in source.ask(TECHNIQUE_BY_LOG_SOURCE, TechniqueEvidence(release, each, set=of_set))
    ]


def _chain(
    found: Official,
    rows: Sequence[ChainLink],
    around: Sequence[Surrounding],
    rules: Sequence[LogSourceCoverage],
) -> Section:
    read = {row.canonical or row.log_source for row in rows}
    beside = [row for row in rules if row.placed or set(row.attack_log_sources) & read][:DRAWN]
    mitigations = [each for each in around if each.field == "mitigations"][:DRAWN]
    targets = [row.technique_id for row in _distinct(rows)]
    nodes = [
        *(
            PictureNode(
                f"r {row.technique_id} {row.log_source}",
                STRATEGY,
                "rule",
                counted(row.rules, "rule"),
                evidence.log_source_name(row.log_source),
                "#rules",
            )
            for row in beside
        ),
        *(
            PictureNode(
                f"m {each.id}",
                TACTIC,
                "mitigation",
                each.id or "",
                each.name or "",
                found.links.of("Mitigation", each.id),
            )
            for each in mitigations
        ),
    ]
    edges = [
        *(PictureEdge(f"r {row.technique_id} {row.log_source}", row.technique_id) for row in beside),
        *(PictureEdge(target, f"m {each.id}") for target in targets for each in mitigations),
    ]
    return chain(found, rows, nodes, edges)


def _mutable(found: Official) -> Iterator[Section]:
    """Yield the fields of an analytic that whoever uses it adapts."""
    names, meanings = found.object.mutable_elements, found.object.mutable_element_notes
    if names:
        padded = [*meanings, *[None] * (len(names) - len(meanings))]
        rows = [(Code(name), meaning) for name, meaning in zip(names, padded, strict=False)]
        grid = table("mutable-rows", "Mutable elements", "Field | What it means", rows, things="elements")
        yield Section(
            "mutable",
            "What to adapt",
            Voice.OFFICIAL,
            (grid,),
            "Fields that a defender tunes, as ATT&CK lists them.",
        )


def _near_rules(found: Official, rows: Sequence[ChainLink], rules: Sequence[LogSourceCoverage]) -> Section:
    """Return the rules for its techniques, by log; those that read a log of the analytic's own are told apart."""
    read = {row.canonical or row.log_source for row in rows}
    body = [
        (
            found.link("Technique", row.technique_id),
            Code(evidence.log_source_name(row.log_source)),
            row.rules,
            "yes" if set(row.attack_log_sources) & read else "no",
            ", ".join(row.platforms) or None,
        )
        for row in rules
    ]
    grid = table(
        "rule-rows",
        "Rules for its techniques by log source",
        "Technique | Log of the rules | #Rules | Reads a log named here | Platforms of the technique",
        body,
        empty="No rule in use claims a technique of it.",
        things="log sources",
    )
    return Section("rules", "Rules for the same technique", Voice.EVIDENCE, (grid,))


def _mitigations(found: Official, around: Sequence[Surrounding]) -> Section:
    rows = [(found.link("Mitigation", each.id), each.name) for each in around if each.field == "mitigations"]
    grid = table(
        "mitigation-rows", "Mitigations of its techniques", "Id | Name", rows, empty="ATT&CK names none."
    )
    return Section("mitigations", "Mitigations of its techniques", Voice.OFFICIAL, (grid,))

"""The page of a piece of evidence: what it is, what it claims, its text where its license allows it."""

from collections.abc import Iterator, Sequence

from graph.errors import NotFoundError
from loaders.evidence.licenses import license_of
from pages import words
from pages.answers import AnswerSource
from pages.links import Links
from pages.page import Page, PageSubject, Section, Voice
from pages.parts import Cell, Code, Fact, Facts, Link, Paragraphs, RuleText, Tile, counted, noun, table
from pages.prose import rendered
from pages.views.evidence import facts_of_rule, log_source_name
from pages.views.sources import set_of, sources
from queries.questions.evidence.questions import RELATED_RULES, OfRule, RelatedRule
from queries.questions.lookup.questions import (
    EVIDENCE,
    EVIDENCE_CLAIMS,
    RAW_EVIDENCE,
    EvidenceItem,
    OfEvidence,
    OfEvidenceInRelease,
    ResolvedClaim,
)


def rule_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of a rule, detection or capability, that of a set in use before others.

    Raises:
        NotFoundError: no loaded set has it.
    """
    every = source.ask(EVIDENCE, OfEvidence(subject.identifier))
    if not every:
        raise NotFoundError(
            "no loaded set has it", where=subject.identifier, todo="`sightline search TEXT` finds evidence"
        )
    item = every[0]
    claims = source.ask(EVIDENCE_CLAIMS, OfEvidenceInRelease(subject.release, item.key))
    techniques = {claim.technique_id for claim in claims if claim.technique_id}
    return Page(
        subject=subject,
        title=item.title or item.id,
        word=item.type,
        trail=(Link(item.set, links.of("EvidenceSet", item.set)),),
        summary=f"A {item.type.lower()} of {item.set} that claims {counted(len(techniques), 'technique')} of "
        f"{words.domain_of(subject.release)}.",
        facts=(_facts(item),),
        tiles=(Tile(str(len(techniques)), noun(len(techniques), "technique"), "#claims"),),
        sections=tuple(_sections(source, subject, links, item, claims)),
    )


def _facts(item: EvidenceItem) -> Facts:
    facts = (
        Fact("Status", item.status),
        Fact("Level", item.level),
        Fact("Kind of rule", _kind(item)),
        Fact("Log source", _log_sources(item)),
        Fact("Runs on", ", ".join(item.platforms) or "platform not stated"),
        Fact("Author", item.author),
        Fact("License", item.license),
        Fact("Date", words.day(item.date)),
        Fact("Modified", words.day(item.modified)),
        Fact("Compiles for", ", ".join(item.compiles_to) or None),
        Fact("Does not compile for", ", ".join(item.fails_in) or None),
        Fact("Tested", _tested(item)),
        Fact("Counted", "yes" if item.counted and item.current else "no"),
        Fact("Id", Code(item.id)),
        Fact("File", Code(item.path) if item.path else None),
        Fact("SHA-256", Code(item.sha256)),
    )
    return Facts(tuple(fact for fact in facts if fact.value is not None))


def _kind(item: EvidenceItem) -> str | None:
    block = "building block" if item.building_block else None
    return ", ".join(part for part in (item.rule_type, block) if part) or None


def _log_sources(item: EvidenceItem) -> Code | None:
    names = item.log_sources or ((item.logsource,) if item.logsource else ())
    return Code(", ".join(map(log_source_name, names))) if names else None


def _tested(item: EvidenceItem) -> str | None:
    """Return who made tests for it and of which day the newest is; that is not how it fares in an environment."""
    if not item.tests:
        return None
    day = f", the newest of {words.day(item.tested_on)}" if item.tested_on else ""
    return f"{counted(item.tests, 'test')} by {', '.join(item.tested_by)}{day}"


def _sections(
    source: AnswerSource,
    subject: PageSubject,
    links: Links,
    item: EvidenceItem,
    claims: Sequence[ResolvedClaim],
) -> Iterator[Section]:
    if item.description:
        yield Section("what", "What it is", Voice.EVIDENCE, (Paragraphs(rendered(item.description, links)),))
    yield _claims(links, claims)
    yield _text(source, subject, item)
    if item.type == "Rule":
        yield from _relatives(
            links, [row for row in source.ask(RELATED_RULES, OfRule(item.id)) if row.key == item.key]
        )
    yield sources(source, subject)


def _claims(links: Links, claims: Sequence[ResolvedClaim]) -> Section:
    columns = "Claims | Means here | Technique | To | Effectiveness | #Confidence | As of | Counted | Where"
    rows = [_claim(links, claim) for claim in claims]
    grid = table("claim-rows", "Claims", columns, rows, empty="It claims no identifier.", things="claims")
    return Section("claims", "What it claims", Voice.EVIDENCE, (grid,))


def _claim(links: Links, claim: ResolvedClaim) -> tuple[Cell, ...]:
    where = " ".join(part for part in (_file(claim.origin_file), claim.origin_pointer) if part)
    technique = claim.technique_id
    return (
        claim.claimed_id,
        Link(technique, links.of("Technique", technique)) if technique else "nothing in this release",
        claim.technique,
        claim.category,
        claim.effectiveness,
        None if claim.confidence is None else f"{claim.confidence:.2f}",
        words.day(claim.as_of),
        "yes" if claim.counted else "no",
        Code(where) if where else None,
    )


def _file(path: str | None) -> str | None:
    """Return the last part of a file's path: where it was on the machine that loaded it is nobody's business."""
    return path.replace("\\", "/").rpartition("/")[2] if path else None


def _text(source: AnswerSource, subject: PageSubject, item: EvidenceItem) -> Section:
    """Return the text with license and author; its hash alone where no license is known to allow it."""
    found = set_of(source, subject, item.set)
    licensed = license_of(item.license, found.publisher if found else None)
    records = source.ask(RAW_EVIDENCE, OfEvidence(item.key))
    if licensed and licensed.allows and records:
        part = RuleText(item.title or item.id, records[0].text, tuple(facts_of_rule(item, licensed)))
        return Section("text", "Its text", Voice.EVIDENCE, (part,))
    stated = (
        f"the license that it states is not known: {item.license}"
        if item.license
        else "its license is not known"
    )
    reason = f"{licensed.name} does not allow it" if licensed else stated
    lead = f"The text is not shown: {reason}. Its SHA-256 is {item.sha256}."
    return Section("text", "Its text", Voice.EVIDENCE, (), lead)


def _relatives(links: Links, rows: Sequence[RelatedRule]) -> Iterator[Section]:
    if rows:
        listed = [
            (
                Link(row.title or row.evidence_id, links.of("Rule", row.evidence_id)),
                row.relation,
                row.direction,
                row.set,
                row.status,
            )
            for row in rows
        ]
        grid = table("relative-rows", "Related rules", "Rule | Relation | Direction | Set | Status", listed)
        yield Section("relatives", "Related rules", Voice.EVIDENCE, (grid,))

"""The page of a set of evidence: who says it, how old it is, what it claims."""

from graph.errors import NotFoundError
from pages import words
from pages.answers import AnswerSource
from pages.links import Links
from pages.page import Page, PageSubject, Section, Voice
from pages.parts import Code, Fact, Facts, Link, Tile, counted, noun, several, table
from pages.views.sources import HeldSource, set_of, sources
from queries.questions.coverage.totals import BY_SET, ReleaseEvidence
from queries.questions.evidence.questions import OF_SET, EvidenceOfSet, OfSet


def set_page(source: AnswerSource, subject: PageSubject, links: Links) -> Page:
    """Return the page of a set.

    Raises:
        NotFoundError: it is not loaded.
    """
    found = set_of(source, subject, subject.identifier)
    if found is None:
        raise NotFoundError(
            "no such set is loaded", where=subject.identifier, todo="`sightline sets` lists them"
        )
    pieces = source.ask(OF_SET, OfSet(subject.release, found.key))
    techniques = {key for piece in pieces for key in piece.technique_ids}
    return Page(
        subject=subject,
        title=found.key,
        word="Set of evidence",
        trail=(words.domain_of(subject.release),),
        summary=f"{counted(found.pieces, 'piece')} of evidence{f' of {found.publisher}' if found.publisher else ''}, "
        f"{'in use' if found.in_use else 'replaced by a newer version'}.",
        facts=(_facts(source, found),),
        tiles=(
            Tile(f"{found.pieces:,}", f"{noun(found.pieces, 'piece')} of evidence", "#pieces"),
            Tile(
                f"{len(techniques):,}",
                f"{noun(len(techniques), 'technique')} of {words.domain_of(subject.release)}",
                "#totals",
            ),
        ),
        sections=(_totals(source, subject, found), _pieces(links, pieces), sources(source, subject)),
    )


def _facts(source: AnswerSource, found: HeldSource) -> Facts:
    facts = (
        Fact("Publisher", found.publisher),
        Fact("Version", found.key.rpartition("@")[2]),
        Fact("Format", found.format),
        Fact("Made for ATT&CK", found.attack_version),
        Fact("Loaded", source.loaded_on(found.key)),
        Fact("Root of its records", Code(found.content_root)),
    )
    return Facts(tuple(fact for fact in facts if fact.value is not None))


def _totals(source: AnswerSource, subject: PageSubject, found: HeldSource) -> Section:
    every = source.ask(BY_SET, ReleaseEvidence(subject.release, all_sets=True))
    rows = [
        (
            row.techniques,
            row.techniques_detected,
            row.techniques_placed,
            row.claims_placed,
            row.claims_unplaced,
            row.claims_off_platform,
        )
        for row in every
        if row.set == found.key
    ]
    columns = (
        "#Techniques | #Detected | #Detected on a stated platform | "
        "#Claims, platform stated | #Not stated | #Other platform"
    )
    grid = table(
        "total-rows",
        "What it claims in this release",
        columns,
        rows,
        empty="It claims nothing in this release.",
    )
    return Section("totals", f"In {words.domain_of(subject.release)}", Voice.EVIDENCE, (grid,))


def _pieces(links: Links, pieces: list[EvidenceOfSet]) -> Section:
    rows = [
        (
            Link(
                piece.title or piece.evidence_id,
                links.of("Rule", piece.evidence_id) if piece.type == "Rule" else None,
            ),
            piece.status,
            ", ".join(piece.platforms) or "not stated",
            several(Link(key, links.of("Technique", key)) for key in piece.technique_ids),
        )
        for piece in pieces
    ]
    grid = table(
        "piece-rows", "Evidence of the set", "What | Status | Runs on | Techniques", rows, things="pieces"
    )
    return Section("pieces", "Its evidence", Voice.EVIDENCE, (grid,))

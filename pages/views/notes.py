"""Annotations: somebody's reading of an object, apart from the official text, and held against the graph."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from graph.identifiers import label_of
from pages import words
from pages.answers import AnswerSource
from pages.page import Part, Section, Voice
from pages.parts import Cell, Code, Fact, Facts, Grid, Link, Paragraphs, Points, Prose, several, table
from pages.prose import rendered, rendered_all
from pages.requests import Request
from pages.views.official import Official
from queries.answers.claims import CheckedClaim, checked_claims
from queries.params import OfIdentifier
from queries.questions.lookup.questions import (
    ANNOTATION_CITATIONS,
    ANNOTATIONS,
    AnnotationCitation,
    AnnotationNote,
)

LISTS = (
    ("Likely telemetry", "likely_telemetry"),
    ("Detection direction", "detection_direction"),
    ("Mitigation priorities", "mitigation_priorities"),
)


def notes(source: AnswerSource, found: Official) -> tuple[Section, ...]:
    """Return a section for each annotation of the object, with its claims held against the graph."""
    about = OfIdentifier(found.about.attack_id)
    every = source.ask(ANNOTATIONS, about)
    if not every:
        return ()
    cited = source.ask(ANNOTATION_CITATIONS, about)
    checked = source.work_out(
        Request("page claims", {"what": found.about.attack_id, "release": found.about.release}),
        CheckedClaim,
        lambda graph: checked_claims(graph, release=found.about.release, attack_id=found.about.attack_id),
    )
    return tuple(
        _note(
            found,
            note,
            [each for each in cited if each.key == note.key],
            [each for each in checked if each.key == note.key],
            place,
        )
        for place, note in enumerate(every, start=1)
    )


def _note(
    found: Official,
    note: AnnotationNote,
    cited: Sequence[AnnotationCitation],
    checked: Sequence[CheckedClaim],
    place: int,
) -> Section:
    parts: tuple[Part, ...] = (
        _who(note),
        *_texts(found, note),
        *_lists(found, note, cited),
        *_limits(found, note),
        *_claims(checked, place),
    )
    written = f" It was written for {words.domain_of(note.release)}." if note.release else ""
    lead = f"A reading by {note.author}, apart from MITRE's text.{written}"
    return Section(f"take-{place}", f"The take of {note.author}", Voice.YOURS, parts, lead)


def _who(note: AnnotationNote) -> Facts:
    reviewed = (
        f"{note.status or 'reviewed'}, {note.reviewed}" if note.reviewed else note.status or "not reviewed"
    )
    facts = (
        Fact("Confidence", note.confidence),
        Fact("Executive priority", note.executive_level),
        Fact("Author", note.author),
        Fact("Written", words.day(note.created)),
        Fact("Review", reviewed),
        Fact("Annotation", Code(note.key)),
    )
    return Facts(tuple(fact for fact in facts if fact.value))


def _texts(found: Official, note: AnnotationNote) -> Iterator[Paragraphs]:
    titled = (
        ("Summary", note.summary),
        ("Executive priority", note.executive_text),
        ("Technical view", note.technical_view),
    )
    return (_titled(found, title, text) for title, text in titled if text)


def _titled(found: Official, title: str, text: str) -> Paragraphs:
    return Paragraphs(Markup("<h3>{}</h3>{}").format(escape(title), rendered(text, found.links)))


def _lists(found: Official, note: AnnotationNote, cited: Sequence[AnnotationCitation]) -> Iterator[Part]:
    for title, section in LISTS:
        texts = getattr(note, section)
        if texts:
            yield Points(title, rendered_all(texts, found.links))
        refs = [_cited(found, each) for each in cited if each.section == section]
        if refs:
            yield Facts((Fact(f"{title} refers to", several(refs)),))


def _cited(found: Official, citation: AnnotationCitation) -> Cell:
    kind = "LogSource" if citation.is_log_source else label_of(citation.cited) or ""
    return Link(citation.cited, found.links.of(kind, citation.cited))


def _limits(found: Official, note: AnnotationNote) -> Iterator[Paragraphs]:
    if note.limits:
        yield _titled(found, "Notes and limits", note.limits)


def _claims(checked: Sequence[CheckedClaim], place: int) -> Iterator[Grid]:
    """Yield the claims with the graph's answer; one that it contradicts is struck."""
    if checked:
        yield table(
            f"claims-{place}",
            "Claims of the annotation, held against the graph",
            "It claims | Of | The graph | has",
            [_claim(each) for each in checked],
            things="claims",
        )


def _claim(each: CheckedClaim) -> tuple[Cell, ...]:
    text = ", ".join(each.claims) or "none"
    said: Cell = text if each.holds else Prose(Markup("<s>{}</s>").format(text))
    verdict = "agrees" if each.holds else "contradicts it"
    return (said, each.field.replace("_", " "), verdict, ", ".join(each.found) or "none")

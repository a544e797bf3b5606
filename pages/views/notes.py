"""Annotations: somebody's reading of an object, apart from the official text, and held against the graph."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from pages import words
from pages.answers import Source
from pages.page import Layer, Part, Section
from pages.parts import Cell, Code, Fact, Facts, Points, Prose, Table, Text, table
from pages.prose import rendered, rendered_all
from pages.views.official import Official
from queries.answers.conflicts import Conflict
from queries.params import OfIdentifier
from queries.questions.lookup.questions import ANNOTATIONS, AnnotationNote


def notes(source: Source, found: Official, denied: list[Conflict]) -> tuple[Section, ...]:
    """Return a section for each annotation of the object; `denied` are the claims that the graph contradicts."""
    every = source.ask(ANNOTATIONS, OfIdentifier(found.about.attack_id))
    return tuple(
        _note(found, note, [each for each in denied if each.origin == note.key], place)
        for place, note in enumerate(every, start=1)
    )


def _note(found: Official, note: AnnotationNote, denied: list[Conflict], place: int) -> Section:
    lists = (
        ("Likely telemetry", note.likely_telemetry),
        ("Detection direction", note.detection_direction),
        ("Mitigation priorities", note.mitigation_priorities),
    )
    points = tuple(Points(title, rendered_all(texts, found.links)) for title, texts in lists if texts)
    parts: tuple[Part, ...] = (_who(note), *_texts(found, note), *points, *_answers(denied))
    lead = f"Written by {note.author}; not MITRE's text. " + (
        f"It was written for {note.release}." if note.release else ""
    )
    return Section(f"take-{place}", f"{note.author}'s take", Layer.YOURS, parts, lead)


def _who(note: AnnotationNote) -> Facts:
    facts = (
        Fact("Confidence", note.confidence),
        Fact("Executive priority", note.executive_level),
        Fact("Author", note.author),
        Fact("Written", words.day(note.created)),
        Fact(
            "Review",
            f"{note.status or 'reviewed'} on {note.reviewed}"
            if note.reviewed
            else note.status or "not reviewed",
        ),
        Fact("Annotation", Code(note.key)),
    )
    return Facts(tuple(fact for fact in facts if fact.value))


def _texts(found: Official, note: AnnotationNote) -> Iterator[Text]:
    titled = (
        ("Summary", note.summary),
        ("Executive priority", note.executive_text),
        ("Technical view", note.technical_view),
        ("Notes and limits", note.limits),
    )
    for title, text in titled:
        if text:
            yield Text(Markup("<h3>{}</h3>{}").format(escape(title), rendered(text, found.links)))


def _answers(denied: list[Conflict]) -> Iterator[Table]:
    """Yield the claims that the graph denies, struck, each beside what the graph has."""
    if denied:
        rows: list[tuple[Cell, ...]] = [(_struck(each.says), each.other_says, each.other) for each in denied]
        yield table(
            "denied", "Claims that the graph contradicts", "The annotation claims | The graph has | In", rows
        )


def _struck(text: str) -> Cell:
    return Prose(Markup("<s>{}</s>").format(text))

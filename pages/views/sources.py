"""What a page rests on: releases and sets with their roots, and how old they are."""

from collections.abc import Iterator
from dataclasses import dataclass

from pages.answers import AnswerSource
from pages.page import PageSubject, Section, Voice
from pages.parts import Code, Grid, table
from pages.requests import Request
from queries.ask import Asked, ask
from queries.params import Nothing
from queries.questions.releases.questions import LOADED, SETS


@dataclass(frozen=True, slots=True)
class HeldSource:
    """A release, or a set of evidence: who says it, how much it is, and the root of its records."""

    kind: str
    key: str
    publisher: str | None
    attack_version: str | None
    format: str
    in_use: bool
    pieces: int
    claims: int
    content_root: str


def held_sources(source: AnswerSource, subject: PageSubject) -> list[HeldSource]:
    """Return the release that answers and every loaded set, without what differs from load to load."""
    request = Request("page sources", {"release": subject.release})
    return source.work_out(request, HeldSource, lambda graph: _held(graph, subject.release))


def _held(graph: Asked, release: str) -> Iterator[HeldSource]:
    for own in ask(graph, LOADED, Nothing()):
        if own.release == release:
            yield HeldSource(
                kind="release",
                key=release,
                publisher="MITRE",
                attack_version=own.version,
                format="attack",
                in_use=True,
                pieces=own.objects,
                claims=own.relationships,
                content_root=own.content_root,
            )
    for each in sorted(ask(graph, SETS, Nothing()), key=lambda each: each.set):
        yield HeldSource(
            kind="set",
            key=each.set,
            publisher=each.publisher,
            attack_version=each.attack_version,
            format=each.kind,
            in_use=each.current,
            pieces=each.stored,
            claims=each.claims,
            content_root=each.content_root,
        )


def sets_in_use(source: AnswerSource, subject: PageSubject) -> list[HeldSource]:
    """Return the sets whose evidence counts on the page."""
    held = held_sources(source, subject)
    return [each for each in held if each.kind == "set" and each.in_use and subject.counts(each.key)]


def set_of(source: AnswerSource, subject: PageSubject, key: str) -> HeldSource | None:
    """Return the set of that key; None if it is not loaded."""
    return next(
        (each for each in held_sources(source, subject) if each.kind == "set" and each.key == key), None
    )


def publishers(source: AnswerSource, subject: PageSubject) -> dict[str, str | None]:
    """Return set -> who says so."""
    return {each.key: each.publisher for each in held_sources(source, subject) if each.kind == "set"}


def refreshed(source: AnswerSource, subject: PageSubject) -> str | None:
    """Return the day on which a set in use was last loaded; None without sets."""
    days = (source.loaded_on(each.key) for each in sets_in_use(source, subject))
    return max((day for day in days if day), default=None)


def sources(source: AnswerSource, subject: PageSubject) -> Section:
    """Return the release and the sets that the page was answered from, with the roots of their records."""
    return Section(
        "sources",
        "Sources",
        Voice.OURS,
        (_release(source, subject), _sets(source, subject)),
        "What was loaded when this page was made. A root is the Merkle tree hash (RFC 6962) over the records of a "
        "release or set: with the publisher's file, anybody can compute it again.",
    )


def _release(source: AnswerSource, subject: PageSubject) -> Grid:
    rows = [
        (each.key, each.pieces, each.claims, source.loaded_on(each.key), Code(each.content_root))
        for each in held_sources(source, subject)
        if each.kind == "release"
    ]
    return table(
        "release", "The release that answers", "Release | #Objects | #Relationships | Loaded | Root", rows
    )


def _sets(source: AnswerSource, subject: PageSubject) -> Grid:
    rows = [
        (
            each.key,
            each.publisher,
            each.attack_version,
            each.pieces,
            each.claims,
            source.loaded_on(each.key),
            Code(each.content_root),
        )
        for each in sets_in_use(source, subject)
    ]
    return table(
        "sets",
        "Sets of evidence in use",
        "Set | Publisher | Made for ATT&CK | #Pieces | #Claims | Loaded | Root",
        rows,
        empty="No set of evidence is loaded.",
        things="sets",
    )

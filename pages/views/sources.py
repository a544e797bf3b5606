"""What a page rests on: releases and sets with their roots, and how old they are."""

from pages import words
from pages.answers import Source
from pages.page import Layer, Section, Subject
from pages.parts import Code, Table, table
from queries.params import Nothing
from queries.questions.releases.questions import LOADED, SETS, LoadedRelease, LoadedSet


def release_of(source: Source, subject: Subject) -> LoadedRelease:
    """Return the release that answers."""
    return next(each for each in source.ask(LOADED, Nothing()) if each.release == subject.release)


def sets_in_use(source: Source) -> list[LoadedSet]:
    """Return the sets that count, by name."""
    return [each for each in source.ask(SETS, Nothing()) if each.current]


def set_of(source: Source, key: str) -> LoadedSet | None:
    """Return the set of that key; None if it is not loaded."""
    return next((each for each in source.ask(SETS, Nothing()) if each.set == key), None)


def refreshed(source: Source) -> str | None:
    """Return the day on which a set in use was last loaded; None without sets."""
    return words.day(max((each.loaded_at for each in sets_in_use(source)), default=None))


def sources(source: Source, subject: Subject) -> Section:
    """Return the release and the sets that the page was answered from, with the roots of their records."""
    return Section(
        "sources",
        "Sources",
        Layer.OURS,
        (_release(source, subject), _sets(source)),
        "What was loaded when this page was made. A root is the Merkle tree hash (RFC 6962) over the records of a "
        "release or set: with the publisher's file, anybody can compute it again.",
    )


def _release(source: Source, subject: Subject) -> Table:
    own = release_of(source, subject)
    rows = [(own.release, own.objects, own.relationships, words.day(own.loaded_at), Code(own.content_root))]
    return table(
        "release", "The release that answers", "Release | #Objects | #Relationships | Loaded | Root", rows
    )


def _sets(source: Source) -> Table:
    rows = [
        (
            each.set,
            each.publisher,
            each.attack_version,
            each.stored,
            each.claims,
            words.day(each.loaded_at),
            Code(each.content_root),
        )
        for each in sets_in_use(source)
    ]
    return table(
        "sets",
        "Sets of evidence in use",
        "Set | Publisher | Made for ATT&CK | #Pieces | #Claims | Loaded | Root",
        rows,
        empty="No set of evidence is loaded.",
        things="sets",
    )

"""What the page of every official object has: what it is, who uses and mitigates, its history, its record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import orjson

from graph.errors import NotFoundError
from pages import words
from pages.answers import AnswerSource
from pages.links import Links, is_web
from pages.page import PageSubject, Section, Voice
from pages.parts import (
    Cell,
    Code,
    Fact,
    Facts,
    Grid,
    Link,
    NumberedReference,
    Paragraphs,
    Prose,
    RecordPart,
    References,
    counted,
    several,
    table,
)
from pages.prose import Citations, rendered
from queries.answers.neighbors import distinct
from queries.params import OfIdentifier, OfObject
from queries.questions.lookup import questions as q
from queries.questions.releases.questions import HISTORY, HistoryEntry

NAVIGATION = 30
"""Letters of a section's title in the navigation."""


@dataclass(frozen=True, slots=True)
class Official:
    """An official object with what the graph knows around it.

    Attributes:
        about: the parameters of the questions about it: its release and its ATT&CK id, else its STIX id.
        citations: its references; rendering a text numbers those that it cites.
    """

    subject: PageSubject
    about: OfObject
    links: Links
    object: q.AttackObject
    neighbors: tuple[q.Neighbor, ...]
    raw: q.RawRecord | None
    citations: Citations

    @property
    def name(self) -> str:
        """The name; the identifier where there is none."""
        return self.object.name or self.subject.identifier

    def link(
        self, kind: str, identifier: str | None, text: str | None = None, within: str | None = None
    ) -> Cell:
        """Return a link to another object under its id."""
        shown = text or identifier
        return Link(shown, self.links.of(kind, identifier, within=within)) if shown else None

    def beside(self, relationship: str, direction: str, *types: str) -> list[q.Neighbor]:
        """Return the live neighbors by that relationship, of those types (any, if none is given)."""
        return [
            each
            for each in distinct(self.neighbors)
            if each.live
            and (each.relationship, each.direction) == (relationship, direction)
            and (not types or each.type in types)
        ]

    def prose(self, text: str | None) -> Prose | None:
        """Return a text of the object's publisher, its citations numbered."""
        return Prose(rendered(text, self.links, self.citations)) if text else None


def official(source: AnswerSource, subject: PageSubject, links: Links) -> Official:
    """Return the object that a page is about, the live one of several that share its identifier.

    Raises:
        NotFoundError: the release has no such object.
    """
    every = source.ask(q.OBJECT, OfObject(subject.release, subject.identifier))
    if not every:
        raise NotFoundError(
            f"no such object in {subject.release}",
            where=subject.identifier,
            todo="`sightline search TEXT` finds objects by name",
        )
    found = every[0]
    one = OfObject(subject.release, found.stix_id or subject.identifier)
    raws = source.ask(q.RAW, one)
    raw = raws[0] if raws else None
    return Official(
        subject=subject,
        about=OfObject(subject.release, found.attack_id or one.attack_id),
        links=links,
        object=found,
        neighbors=tuple(source.ask(q.NEIGHBORS, one)),
        raw=raw,
        citations=Citations(_references(raw.text) if raw else {}),
    )


def _references(text: str) -> Mapping[str, tuple[str | None, str | None]]:
    """Return name -> (description, address) of what a record refers to, without its own entry at ATT&CK."""
    listed = orjson.loads(text).get("external_references")
    entries = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    return {
        str(each["source_name"]): (_text(each.get("description")), _text(each.get("url")))
        for each in entries
        if isinstance(each.get("source_name"), str) and not each["source_name"].startswith("mitre-")
    }


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def description(found: Official, title: str) -> Section:
    """Return the section with the publisher's own description."""
    own = found.object
    text = rendered(own.description, found.links, found.citations)
    parts = (Paragraphs(text),) if text else ()
    lead = "" if text else f"ATT&CK publishes no description of this {words.kind_of(own.type)}."
    return Section("what", title, Voice.OFFICIAL, parts, lead)


def identity(found: Official, *more: Fact) -> Facts:
    """Return the facts that every object has, `more` of its type first."""
    own = found.object
    facts = (
        *more,
        Fact("Version", own.version and f"{own.version} of the object"),
        Fact("Created", words.day(own.created)),
        Fact("Modified", words.day(own.modified)),
        Fact("State", None if own.live else "revoked" if own.revoked else "deprecated"),
        Fact("STIX id", Code(own.stix_id) if own.stix_id else None),
        Fact("Official entry", Link("attack.mitre.org", own.url) if is_web(own.url) else None),
    )
    return Facts(tuple(fact for fact in facts if fact.value is not None))


def people(found: Official, name: str, title: str, neighbors: Iterable[q.Neighbor], empty: str) -> Grid:
    """Return neighbors as a table: which, what kind, and what ATT&CK says of the relationship."""
    rows = [
        (
            found.link(each.type, each.attack_id),
            each.name,
            words.kind_of(each.type),
            found.prose(each.description),
        )
        for each in neighbors
    ]
    return table(name, title, "Id | Name | Kind | How", rows, empty=empty, things="entries")


def history(source: AnswerSource, found: Official) -> Section:
    """Return the object through the loaded releases, the newest first, with the whole hash of each record."""
    every = source.ask(HISTORY, OfIdentifier(found.object.stix_id or found.about.attack_id))
    own = [each for each in reversed(every) if each.stix_id == found.object.stix_id]
    sample = any(each.sample for each in own if each.release == found.object.release)
    entries = [each for each in own if each.sample == sample]
    rows = [_entry(each) for each in entries]
    listed = table(
        "releases",
        f"{found.name} in the loaded releases",
        "Release | Object version | Modified | Status | Against the next older one | SHA-256 of the record",
        rows,
        things="releases",
    )
    lead = (
        f"In {counted(len(rows), 'loaded release')}. A change is judged by the content of the record: neither the "
        "date nor the version of an object tells whether it changed."
    )
    return Section("history", "Change history", Voice.OFFICIAL, (listed,), lead)


def _entry(each: HistoryEntry) -> tuple[Cell, ...]:
    status = "revoked" if each.revoked else "deprecated" if each.deprecated else "live"
    change = words.change(each.change)
    fields = f"{change}: {', '.join(each.fields)}" if each.fields else change
    return (each.release, each.version, words.day(each.modified), status, fields, Code(each.sha256))


def record(found: Official) -> Section | None:
    """Return the record as its publisher wrote it, to read and to keep; None where it is not loaded."""
    if found.raw is None:
        return None
    lead = (
        "The object as the bundle has it, in RFC 8785 form. The SHA-256 of exactly these bytes is the record's hash; "
        f"the file that carried it has the SHA-256 {found.raw.file_sha256 or 'that was not kept'}."
    )
    name = f"{found.about.attack_id}-{found.subject.release}.json"
    part = RecordPart(name, found.raw.media, found.raw.text, found.raw.sha256)
    return Section("record", "Source record", Voice.OFFICIAL, (part,), lead)


def references(found: Official) -> Section:
    """Return the references of the object, those that the page's texts cite first."""
    own = found.object
    cited = [
        NumberedReference(each.number, each.name, each.description, each.url if is_web(each.url) else None)
        for each in found.citations.listed()
    ]
    lead = (
        "The publisher's references, cited by number above."
        if cited
        else "The object cites nothing but itself."
    )
    entry = Fact("The same entry at MITRE", Link(own.url or "", own.url if is_web(own.url) else None))
    parts = (Facts((entry,)) if own.url else None, References(tuple(cited)) if cited else None)
    return Section("references", "References", Voice.OFFICIAL, tuple(each for each in parts if each), lead)


def mentions(found: Official) -> Section | None:
    """Return what the object's description links, and whose description links it; None where there is neither."""
    rows = [
        (found.link(each.type, each.attack_id), each.name, words.kind_of(each.type), way)
        for direction, way in (("out", "its text names it"), ("in", "the other's text names this"))
        for each in found.beside("MENTIONS", direction)
    ]
    if not rows:
        return None
    listed = table("mentions", "Objects linked by descriptions", "Id | Name | Kind | Which way", rows)
    return Section("mentioned", "Named in descriptions", Voice.OFFICIAL, (listed,))


def tactics_of(found: Official) -> Cell:
    """Return the tactics of a technique, with their ids."""
    return several(
        found.link(each.type, each.attack_id, f"{each.attack_id} {each.name}")
        for each in found.beside("ACHIEVES", "out")
    )

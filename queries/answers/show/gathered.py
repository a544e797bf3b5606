"""What the graph knows around one official object, asked once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import orjson

from graph.errors import NotFoundError
from queries.answers.neighbors import distinct
from queries.answers.show.parts import (
    Also,
    AnalyticRef,
    ElsewhereRef,
    InRelease,
    LogSourceRef,
    MutableElement,
    NoteRef,
    Ref,
    Reference,
)
from queries.ask import Asked, ask
from queries.params import OfIdentifier, OfObject
from queries.questions.lookup import questions as q
from queries.questions.releases.questions import HISTORY, HistoryEntry

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The answers to the questions about one object.

    Attributes:
        object: itself; `others` have the same identifier.
        neighbors: what one relationship leads to, those of the object only.
        elsewhere: what its description links outside its release.
        chain: from technique to log source, where the object is part of one.
        around: what belongs to its techniques.
        history: the object in every loaded release.
        raw: its record.
    """

    object: q.AttackObject
    others: tuple[q.AttackObject, ...]
    neighbors: tuple[q.Neighbor, ...]
    elsewhere: tuple[q.LinkElsewhere, ...]
    chain: tuple[q.ChainLink, ...]
    around: tuple[q.Surrounding, ...]
    annotations: tuple[q.AnnotationNote, ...]
    history: tuple[HistoryEntry, ...]
    raw: q.RawRecord | None

    def refs(self, relationship: str, direction: str, *types: str, dead: bool = False) -> tuple[Ref, ...]:
        """Return the neighbors by that relationship, of those types (any, if none is given), live ones only.

        Several relationships with one object are one neighbor, with what each of them says.
        """
        return tuple(
            Ref(each.attack_id or each.stix_id, each.name, each.type, each.description)
            for each in distinct(self.neighbors)
            if (each.relationship, each.direction) == (relationship, direction)
            and (not types or each.type in types)
            and (each.live or dead)
        )

    def belonging(self, what: str, type_: str) -> tuple[Ref, ...]:
        """Return what the question about surroundings calls `what`, such as tactics."""
        return tuple(Ref(each.id, each.name, type_) for each in self.around if each.field == what)

    @property
    def analytics(self) -> tuple[AnalyticRef, ...]:
        """The analytics of the chain."""
        return _distinct(
            AnalyticRef(link.analytic_id, link.analytic, link.platforms, link.strategy_id)
            for link in self.chain
        )

    @property
    def strategies(self) -> tuple[Ref, ...]:
        """The strategies of the chain."""
        return _distinct(Ref(link.strategy_id, link.strategy, "DetectionStrategy") for link in self.chain)

    @property
    def log_sources(self) -> tuple[LogSourceRef, ...]:
        """The log sources of the chain, once for each channel and component."""
        return _distinct(
            LogSourceRef(link.log_source, link.component_id, link.channel, link.canonical)
            for link in self.chain
            if link.log_source is not None
        )

    @property
    def mutable_elements(self) -> tuple[MutableElement, ...]:
        """The fields of an analytic that its user adapts."""
        notes = self.object.mutable_element_notes
        pairs = zip(
            self.object.mutable_elements, [*notes, *[None] * len(self.object.mutable_elements)], strict=False
        )
        return tuple(MutableElement(name, note) for name, note in pairs)

    @property
    def releases(self) -> tuple[InRelease, ...]:
        """The object in each loaded release, those of the bundled sample apart from real ones."""
        return tuple(
            InRelease(each.release, each.version, each.change, each.sha256)
            for each in self.history
            if each.stix_id == self.object.stix_id and each.sample == self._sample
        )

    @property
    def _sample(self) -> bool:
        """Whether the release asked is of the bundled sample, which real releases know nothing of."""
        return any(each.sample for each in self.history if each.release == self.object.release)

    @property
    def mentioned_elsewhere(self) -> tuple[ElsewhereRef, ...]:
        """What the description links outside the release."""
        return tuple(
            ElsewhereRef(each.linked_id, each.name, each.type, each.linked_release) for each in self.elsewhere
        )

    @property
    def notes(self) -> tuple[NoteRef, ...]:
        """The notes that the release has on the object."""
        return tuple(
            NoteRef(each.name, each.description, each.stix_id)
            for each in distinct(self.neighbors)
            if (each.relationship, each.direction) == ("NOTES", "in")
        )

    @property
    def also(self) -> tuple[Also, ...]:
        """The other objects of the same identifier."""
        return tuple(Also(each.type, each.stix_id, each.name, each.live) for each in self.others)

    @property
    def references(self) -> tuple[Reference, ...]:
        """The citations of the record."""
        return _references(self.raw.text) if self.raw else ()


def gather(graph: Asked, release: str, attack_id: str) -> Gathered:
    """Return what is known around the object that `attack_id` names in `release`, the live one of several.

    Raises:
        NotFoundError: the release has no such object.
    """
    every = ask(graph, q.OBJECT, OfObject(release, attack_id))
    if not every:
        raise NotFoundError(
            f"no such object in {release}",
            where=attack_id,
            todo="find it with `sightline search TEXT`",
        )
    found, *others = every
    one = OfObject(release, found.stix_id or attack_id)
    named = OfObject(release, found.attack_id or attack_id)
    raws = ask(graph, q.RAW, one)
    return Gathered(
        object=found,
        others=tuple(others),
        neighbors=tuple(ask(graph, q.NEIGHBORS, one)),
        elsewhere=tuple(ask(graph, q.LINKS_ELSEWHERE, one)),
        chain=tuple(ask(graph, q.DETECTION_CHAIN, named)),
        around=tuple(ask(graph, q.SURROUNDINGS, named)) if found.live else (),
        annotations=tuple(ask(graph, q.ANNOTATIONS, OfIdentifier(named.attack_id))),
        history=tuple(ask(graph, HISTORY, OfIdentifier(one.attack_id))),
        raw=raws[0] if raws else None,
    )


def _distinct(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(dict.fromkeys(parts))


def _references(text: str) -> tuple[Reference, ...]:
    listed = orjson.loads(text).get("external_references")
    return tuple(
        Reference(*(_text(each.get(name)) for name in ("source_name", "external_id", "url", "description")))
        for each in (listed if isinstance(listed, list) else [])
        if isinstance(each, dict)
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None

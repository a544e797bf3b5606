"""One object whole, put together from the canned questions about it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from graph.errors import NotFoundError
from queries.coverage.technique import EVIDENCE as EVIDENCE_OF_TECHNIQUE
from queries.coverage.technique import EvidenceRow, TechniqueEvidence
from queries.given import OfIdentifier, OfObject
from queries.lookup import questions as q
from queries.lookup.views import (
    AnalyticSummary,
    AnalyticView,
    EvidenceView,
    InRelease,
    MutableElement,
    Named,
    ObjectView,
    Piece,
    ReadSource,
    Reference,
    RelatedTechnique,
    TechniqueView,
    Ties,
)
from queries.related.fusion import FusedRelation, related
from queries.releases.questions import HISTORY
from queries.run import Asked, ask

RELATED_SHOWN = 10

WORDS = {
    ("ACHIEVES", "in"): "achieved_by",
    ("ACHIEVES", "out"): "tactics",
    ("ATTRIBUTED_TO", "in"): "campaigns",
    ("ATTRIBUTED_TO", "out"): "attributed_to",
    ("DETECTS", "out"): "detects",
    ("HAS_ANALYTIC", "out"): "analytics",
    ("HAS_TACTIC", "in"): "matrices",
    ("HAS_TACTIC", "out"): "tactics",
    ("LOOKS_FOR", "in"): "looked_for_by",
    ("MENTIONS", "in"): "mentioned_by",
    ("MENTIONS", "out"): "mentions",
    ("MITIGATES", "out"): "mitigates",
    ("PART_OF", "in"): "components",
    ("PART_OF", "out"): "part_of",
    ("REVOKED_BY", "in"): "replaces",
    ("REVOKED_BY", "out"): "revoked_by",
    ("TARGETS", "in"): "targeted_by",
    ("USES", "in"): "used_by",
    ("USES", "out"): "uses",
}
"""How a relationship reads from the object that is shown."""

View = TechniqueView | AnalyticView | ObjectView


def show(graph: Asked, about: OfObject) -> View:
    """Return the live object of an identifier whole; other objects of that identifier are named in `others`.

    Raises:
        NotFoundError: the release has no such object.
        SightlineError: as `ask` raises it.
    """
    found = ask(graph, q.OBJECT, about)
    if not found:
        raise NotFoundError(f"no such object in {about.release}", where=about.attack_id, todo="try `search`")
    return _Teller(graph, about, found).view()


def show_evidence(graph: Asked, *, release: str, id: str) -> EvidenceView:  # noqa: A002
    """Return a rule, detection or capability whole, the one of a current set if there are several.

    Raises:
        NotFoundError: no loaded set has it.
        SightlineError: as `ask` raises it.
    """
    found = ask(graph, q.EVIDENCE, q.OfEvidence(id))
    if not found:
        raise NotFoundError("no such evidence in any loaded set", where=id, todo="try `search`")
    first, *others = found
    claims = ask(graph, q.EVIDENCE_CLAIMS, q.OfEvidenceInRelease(release, first.key))
    return EvidenceView(
        release, first, tuple(claims), first.sha256, first.file_sha256, tuple(each.key for each in others)
    )


class _Teller:
    """Gathers what surrounds one object; each part is asked for once."""

    def __init__(self, graph: Asked, about: OfObject, found: Sequence[q.AttackObject]) -> None:
        self.graph = graph
        self.object, *others = found
        self.about = OfObject(about.release, self.object.attack_id or about.attack_id)
        self.others = tuple(Named(each.type, each.attack_id, each.name, each.live) for each in others)
        stix_id = self.object.stix_id or about.attack_id
        self.neighbors = ask(graph, q.NEIGHBORS, OfObject(about.release, stix_id))

    def view(self) -> View:
        if self.object.type == "Technique":
            return self.technique()
        return self.analytic() if self.object.type == "Analytic" else self.any_object()

    def technique(self) -> TechniqueView:
        own, chain = self.object, self.chain()
        evidence = (
            ask(self.graph, EVIDENCE_OF_TECHNIQUE, TechniqueEvidence(own.release, self.about.attack_id))
            if own.live
            else []
        )
        return TechniqueView(
            **_core(own),
            revoked_by=self.joined("REVOKED_BY", "out"),
            tactics=tuple(each.name or "" for each in self.joined("ACHIEVES", "out")),
            platforms=own.platforms,
            parent=next(iter(self.joined("SUBTECHNIQUE_OF", "out")), None),
            children=self.joined("SUBTECHNIQUE_OF", "in"),
            strategies=self.joined("DETECTS", "in", "DetectionStrategy"),
            analytics=_analytics(chain),
            data_components=_components(chain) or self.joined("DETECTS", "in", "DataComponent"),
            log_sources=_distinct(link.canonical for link in chain),
            mitigations=self.joined("MITIGATES", "in"),
            used_by=self.joined("USES", "in"),
            detections=_pieces(evidence, "detection"),
            rules=_pieces(evidence, "rule"),
            capabilities=_pieces(evidence, "capability"),
            related=_related(related(self.graph, self.about, limit=RELATED_SHOWN)) if own.live else (),
            **self.common(),
        )

    def analytic(self) -> AnalyticView:
        own, chain = self.object, self.chain()
        around = ask(self.graph, q.SURROUNDINGS, self.about)
        return AnalyticView(
            **_core(own),
            platforms=own.platforms,
            strategies=self.joined("HAS_ANALYTIC", "in"),
            techniques=_around(around, "techniques", "Technique"),
            tactics=_around(around, "tactics", "Tactic"),
            log_sources=tuple(
                ReadSource(
                    link.log_source, link.canonical or "", link.channel, link.component_id, link.component
                )
                for link in chain
                if link.log_source
            ),
            data_components=_components(chain) or self.joined("LOOKS_FOR", "out"),
            mutable_elements=tuple(
                MutableElement(field, note)
                for field, note in zip(own.mutable_elements, own.mutable_element_notes, strict=True)
            ),
            mitigations=_around(around, "mitigations", "Mitigation"),
            **self.common(),
        )

    def any_object(self) -> ObjectView:
        own = self.object
        relations = dict.fromkeys((each.relationship, each.direction) for each in self.neighbors)
        return ObjectView(
            **_core(own),
            kind=own.kind,
            shortname=own.shortname,
            platforms=own.platforms,
            aliases=own.aliases,
            first_seen=own.first_seen,
            last_seen=own.last_seen,
            ties=tuple(
                Ties(WORDS.get(each, f"{each[0].lower()}_{each[1]}"), self.joined(*each))
                for each in relations
            ),
            log_sources=self.recorded_in(),
            **self.common(),
        )

    def recorded_in(self) -> tuple[ReadSource, ...]:
        own = self.object
        if own.type != "DataComponent" or own.stix_id is None:
            return ()
        rows = ask(self.graph, q.COMPONENT_LOG_SOURCES, OfObject(own.release, own.stix_id))
        return tuple(
            ReadSource(row.log_source, row.canonical, row.channel, row.component_id, row.component)
            for row in rows
        )

    def chain(self) -> list[q.ChainLink]:
        return ask(self.graph, q.DETECTION_CHAIN, self.about)

    def joined(self, relationship: str, direction: str, type_: str | None = None) -> tuple[Named, ...]:
        """Return the neighbors by one relationship, as seen from the object, perhaps of one type only."""
        return tuple(
            Named(each.type, each.attack_id, each.name, each.live)
            for each in self.neighbors
            if (each.relationship, each.direction) == (relationship, direction) and type_ in (None, each.type)
        )

    def common(self) -> dict[str, Any]:
        """Return the fields that every view ends with."""
        own = self.object
        return {
            "annotations": tuple(ask(self.graph, q.ANNOTATIONS, OfIdentifier(self.about.attack_id))),
            "releases": self.releases(),
            "references": self.references(),
            "sha256": own.sha256,
            "file_sha256": own.file_sha256,
            "others": self.others,
        }

    def releases(self) -> tuple[InRelease, ...]:
        own = self.object
        entries = ask(self.graph, HISTORY, OfIdentifier(own.stix_id or self.about.attack_id))
        return tuple(
            InRelease(each.release, each.version, each.sha256)
            for each in entries
            if each.stix_id == own.stix_id
        )

    def references(self) -> tuple[Reference, ...]:
        """Return the citations, which stay in the source record."""
        own = self.object
        if own.stix_id is None:
            return ()
        records = ask(self.graph, q.RAW, OfObject(own.release, own.stix_id))
        cited = [
            each for record in records[:1] for each in json.loads(record.text).get("external_references", [])
        ]
        return tuple(
            Reference(each["source_name"], each.get("url"), each.get("description"), each.get("external_id"))
            for each in cited
            if isinstance(each, dict) and "source_name" in each
        )


def _core(own: q.AttackObject) -> dict[str, Any]:
    names = ("release", "type", "attack_id", "stix_id", "name", "description", "url", "version")
    return {name: getattr(own, name) for name in (*names, "created", "modified", "live")}


def _analytics(chain: Iterable[q.ChainLink]) -> tuple[AnalyticSummary, ...]:
    by_id: dict[str, list[q.ChainLink]] = defaultdict(list)
    for link in chain:
        by_id[link.analytic_id].append(link)
    return tuple(
        AnalyticSummary(
            attack_id=analytic_id,
            name=links[0].analytic,
            platforms=links[0].platforms,
            log_sources=_distinct(link.log_source for link in links),
            data_components=_distinct(link.component_id for link in links),
        )
        for analytic_id, links in by_id.items()
    )


def _components(chain: Iterable[q.ChainLink]) -> tuple[Named, ...]:
    names = {link.component_id: link.component for link in chain if link.component_id}
    return tuple(Named("DataComponent", each, names[each]) for each in sorted(names))


def _distinct(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({text for text in texts if text}))


def _around(around: Iterable[q.Surrounding], field: str, type_: str) -> tuple[Named, ...]:
    return tuple(Named(type_, each.id, each.name) for each in around if each.field == field)


def _pieces(evidence: Iterable[EvidenceRow], kind: str) -> tuple[Piece, ...]:
    """Return the counted evidence of one kind, its platforms put together again."""
    by_claim: dict[tuple[str, str, str, str | None], list[EvidenceRow]] = defaultdict(list)
    for row in evidence:
        if row.kind == kind and row.counted:
            by_claim[row.set, row.id, row.category, row.origin_pointer].append(row)
    return tuple(
        Piece(
            category=rows[0].category,
            id=rows[0].id,
            title=rows[0].title,
            set=rows[0].set,
            platforms=_distinct(row.platform for row in rows),
            placement=rows[0].placement,
            confidence=rows[0].confidence,
            effectiveness=rows[0].effectiveness,
            status=rows[0].status,
            as_of=rows[0].as_of,
        )
        for rows in by_claim.values()
    )


def _related(rows: Iterable[FusedRelation]) -> tuple[RelatedTechnique, ...]:
    by_id: dict[str, list[FusedRelation]] = defaultdict(list)
    for row in rows:
        by_id[row.technique_id].append(row)
    return tuple(
        RelatedTechnique(
            technique_id=technique_id,
            technique=of_one[0].technique,
            fused_rank=of_one[0].fused_rank,
            methods=tuple(f"{row.method} {row.rank}" for row in of_one),
        )
        for technique_id, of_one in by_id.items()
    )

"""Coverage paths out of the graph: what leads from evidence to a technique and on, hop by hop, with its records.

The graph says which records to look at; every hop is found again in them by the rules (`proofs.rules`), so that a
path says nothing that a verifier could not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from proofs.reading import UnreadableError, identity, line_of, value_of
from proofs.rules import IN_SOURCE, STEPS, Part, places
from proofs.statement import Hop, Node, Origin, ProofPath
from queries.ask import Asked, ask
from queries.questions.trace import questions as q

CLAIM_RULES = {
    "Rule": ("tag-claims-technique",),
    "Capability": ("row-claims-technique", "score-claims-technique"),
    "Detection": ("finding-claims-technique",),
}
"""Label of a piece of evidence -> the rules by which it may claim a technique."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A node of a path that is looked for: `sha256` is of its record, `source` the key of the set it is.

    Attributes:
        node: label.
        key: in the graph.
        name: as the graph has it; the name in a proof is that of the record.
        id: publisher's id of a piece of evidence.
    """

    node: str
    key: str
    name: str | None = None
    id: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A step of a path that is looked for.

    Attributes:
        rules: by which it may follow, the likeliest first.
        sha256: of the record of its own.
        at: where the graph says that it appears; "" where the graph does not say.
        file: that it was read from.
        place: in that file, where the graph knows it: a pointer, or `line 3`.
    """

    rules: tuple[str, ...]
    sha256: str | None = None
    at: str = ""
    file: str | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A path as the graph gives it, before its hops are looked up in the records."""

    stops: tuple[Stop, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A path whose every hop follows from records."""

    stops: tuple[Stop, ...]
    path: ProofPath


@dataclass(frozen=True, slots=True)
class Trace:
    """The paths of one question.

    Attributes:
        release: key of the release that was asked.
        paths: in the order of the sketches.
        records: SHA-256 -> record, of all that the paths need.
        sources: key -> release or set that those records are in.
        lost: what each sketch whose hops do not follow from the records lacks.
    """

    release: str
    paths: tuple[Found, ...]
    records: Mapping[str, q.TracedRecord]
    sources: Mapping[str, q.TracedSource]
    lost: tuple[str, ...] = ()


def holder_of(path: ProofPath, at: int) -> str | None:
    """Return the SHA-256 of the record that states the hop at place `at` of a path."""
    hop = path["hops"][at]
    holders = {"start": path["nodes"][at], "end": path["nodes"][at + 1], "hop": hop}
    return holders[STEPS[hop["via"]].holder]["record"]


class NoPlaceError(ValueError):
    """No rule finds the hop in the records."""


def resolved(graph: Asked, release: str, sketches: Sequence[Sketch]) -> Trace:
    """Return the paths whose hops follow from the records in the graph.

    Args:
        graph: the open graph.
        release: key of the release that the official objects are of.
        sketches: the paths that the graph gives.
    """
    hashes = tuple(sorted({sha256 for sketch in sketches for sha256 in _hashes(sketch)}))
    keys = {stop.key for sketch in sketches for stop in sketch.stops if stop.node == "EvidenceSet"}
    owners = (release, *sorted(keys))
    records = {row.sha256: row for row in ask(graph, q.RECORDS, q.RecordsOf(hashes, owners))}
    sources = {row.key: row for row in ask(graph, q.SOURCES, q.OfKeys(owners))}
    desk = _Desk(records, sources)
    paths, lost = [], []
    for sketch in sketches:
        try:
            paths.append(Found(sketch.stops, desk.path(sketch)))
        except (NoPlaceError, UnreadableError) as error:
            lost.append(f"{sketch.stops[1].name or sketch.stops[1].key}: {error}")
    return Trace(release, tuple(paths), records, sources, tuple(lost))


def _hashes(sketch: Sketch) -> Iterator[str]:
    yield from (stop.sha256 for stop in sketch.stops if stop.sha256)
    yield from (way.sha256 for way in sketch.ways if way.sha256)


@dataclass(slots=True)
class _Desk:
    """Looks hops up in the records that were fetched."""

    records: Mapping[str, q.TracedRecord]
    sources: Mapping[str, q.TracedSource]
    _values: dict[str, Mapping[str, object]] = field(default_factory=dict)

    def path(self, sketch: Sketch) -> ProofPath:
        parts = [self._part(stop) for stop in sketch.stops]
        hops = [
            self._hop(way, start, end)
            for way, start, end in zip(sketch.ways, parts[:-1], parts[1:], strict=True)
        ]
        nodes = [self._node(stop, part) for stop, part in zip(sketch.stops, parts, strict=True)]
        return {"hops": hops, "nodes": nodes}

    def _part(self, stop: Stop) -> Part:
        if stop.node == "EvidenceSet":
            return Part(stop.node, name=stop.key, source=self.sources[stop.key].content_root)
        if stop.sha256 is None:
            return Part(stop.node, name=stop.name)
        value = self._value(stop.sha256)
        part = Part(stop.node, **self._of_record(stop.sha256), value=value)
        return replace(part, **identity(part, stop.sha256, stop.id)._asdict())

    def _of_record(self, sha256: str) -> dict[str, Any]:
        record = self.records[sha256]
        within = {self.sources[key].content_root: self.sources[key].domain or "" for key in record.owners}
        return {"media": record.media, "text": record.text, "within": within}

    def _value(self, sha256: str) -> Mapping[str, object]:
        if sha256 not in self._values:
            record = self.records.get(sha256)
            if record is None:
                raise UnreadableError("its record is not in the graph")
            self._values[sha256] = value_of(record.text, record.media)
        return self._values[sha256]

    def _hop(self, way: Way, start: Part, end: Part) -> Hop:
        own = (
            Part()
            if way.sha256 is None
            else Part(**self._of_record(way.sha256), value=self._value(way.sha256))
        )
        for via in way.rules:
            found = list(places(via, start, end, own))
            if found:
                at = way.at if way.at in found else found[0]
                step = STEPS[via]
                return {
                    "at": at,
                    "direction": step.direction,
                    "kind": step.kind,
                    "line": line_of(via, at, {"start": start, "end": end, "hop": own}[step.holder]),
                    "origin": _origin(way),
                    "record": way.sha256,
                    "relationship": step.relationship,
                    "via": via,
                }
        raise NoPlaceError(
            f"{' and '.join(way.rules)} do not lead from its record to {end.attack_id or end.name}"
        )

    def _node(self, stop: Stop, part: Part) -> Node:
        return {
            "attack_id": part.attack_id,
            "id": part.id,
            "name": part.name,
            "node": stop.node,
            "record": stop.sha256,
            "source": part.source,
        }


def _origin(way: Way) -> Origin | None:
    return {"file": way.file, "place": way.place} if way.file else None


# What the graph knows --------------------------------------------------------------------------------------


def of_techniques(
    graph: Asked,
    release: str,
    techniques: Sequence[str],
    *,
    evidence: str | None = None,
    all_sets: bool = False,
) -> list[Sketch]:
    """Return the paths from evidence to techniques and on to their tactics.

    Args:
        graph: the open graph.
        release: key of the release.
        techniques: ATT&CK ids of live techniques.
        evidence: key of the one piece of evidence that is asked about.
        all_sets: take sets that a newer version replaced, too.
    """
    wanted = tuple(techniques)
    tactics: dict[str, list[q.TracedTactic]] = {}
    for row in ask(graph, q.TACTICS, q.OfTechniques(release, wanted)):
        tactics.setdefault(row.technique_id, []).append(row)
    claims = ask(graph, q.CLAIMS, q.ClaimsOn(release, wanted, evidence, all_sets))
    return [sketch for claim in claims for sketch in _of_claim(claim, tactics[claim.technique_id])]


def _of_claim(claim: q.TracedClaim, tactics: Iterable[q.TracedTactic]) -> Iterator[Sketch]:
    """Yield the path of a claim to each tactic; to the technique alone where no record states a tactic."""
    evidence = Stop(claim.kind, claim.evidence, claim.title, claim.id, claim.origin_sha256)
    stops = [Stop("EvidenceSet", claim.set), evidence]
    ways = [
        Way((IN_SOURCE,), file=claim.origin_file),
        Way(
            CLAIM_RULES[claim.kind],
            at=claim.origin_pointer,
            file=claim.origin_file,
            place=claim.origin_pointer,
        ),
    ]
    for attack_id, sha256 in zip(claim.ids, claim.records, strict=True):
        stops.append(Stop("Technique", f"{claim.release}/{attack_id}", attack_id, sha256=sha256))
    ways += [Way(("revoked-by",), sha256=sha256) for sha256 in claim.by]
    for tactic in tactics:
        if tactic.tactic_sha256 is None:
            yield Sketch(tuple(stops), tuple(ways))
            continue
        end = Stop(
            "Tactic", f"{claim.release}/{tactic.tactic_id}", tactic.tactic, sha256=tactic.tactic_sha256
        )
        yield Sketch((*stops, end), (*ways, Way(("tactic-of-phase",))))

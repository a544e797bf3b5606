"""Coverage paths out of the graph: what leads from evidence to a technique and on, hop by hop, with its records.

The graph says which records to look at; every hop is found again in them by the rules (`proofs.rules`), so that a
path says nothing that a verifier could not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from proofs.reading import UnreadableError, identity, line_of, point, value_of
from proofs.rules import STEPS, Part, places
from proofs.statement import Hop, Node, Origin, ProofPath
from proofs.tables import TableSource
from proofs.verify import order
from queries.ask import Asked, ask
from queries.questions.trace import questions as q


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
        channel: of the log source that is meant, where a record names it several times.
        confidence: of the row of our table that it rests on.
        status: of the log source in the environment that was asked about.
        category: of the claim: detect, protect, respond or mitigate.
        counted: whether coverage counts the claim, or the rule; None for a step of neither.
        not_counted: why it does not, such as `status deprecated`.
    """

    rules: tuple[str, ...]
    sha256: str | None = None
    at: str = ""
    file: str | None = None
    place: str = ""
    channel: str | None = None
    confidence: str | None = None
    status: str | None = None
    category: str | None = None
    counted: bool | None = None
    not_counted: str | None = None


@dataclass(frozen=True, slots=True)
class Sketch:
    """A path as the graph gives it, before its hops are looked up in the records."""

    stops: tuple[Stop, ...]
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Sketches:
    """What the graph knows of a question.

    Attributes:
        release: key of the release that was asked.
        paths: in the order in which they are told.
        tables: those whose rows are records of the paths: ours, and the users' own.
    """

    release: str
    paths: tuple[Sketch, ...]
    tables: tuple[TableSource, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A path whose every hop follows from records."""

    sketch: Sketch
    path: ProofPath


@dataclass(frozen=True, slots=True)
class Trace:
    """The paths of one question.

    Attributes:
        release: key of the release that was asked.
        paths: in the order of the sketches.
        records: SHA-256 -> record, of all that the paths need.
        sources: key -> release or set that those records are in.
        tables: tables of log sources among the sources.
        lost: what each sketch whose hops do not follow from the records lacks.
    """

    release: str
    paths: tuple[Found, ...]
    records: Mapping[str, q.TracedRecord]
    sources: Mapping[str, q.TracedSource]
    tables: tuple[TableSource, ...] = ()
    lost: tuple[str, ...] = ()


def holder_of(path: ProofPath, at: int) -> str | None:
    """Return the SHA-256 of the record that states the hop at place `at` of a path."""
    hop = path["hops"][at]
    holders = {"start": path["nodes"][at], "end": path["nodes"][at + 1], "hop": hop}
    return holders[STEPS[hop["via"]].holder]["record"]


class NoPlaceError(ValueError):
    """No rule finds the hop in the records."""


def resolved(graph: Asked, sketches: Sketches) -> Trace:
    """Return the paths whose hops follow from the records in the graph, and in our tables."""
    hashes = tuple(sorted({sha256 for sketch in sketches.paths for sha256 in _hashes(sketch)}))
    keys = {stop.key for sketch in sketches.paths for stop in sketch.stops if stop.node == "EvidenceSet"}
    owners = (sketches.release, *sorted(keys))
    records = {row.sha256: row for row in ask(graph, q.RECORDS, q.RecordsOf(hashes, owners))}
    sources = {row.key: row for row in ask(graph, q.SOURCES, q.OfKeys(owners))}
    for table in sketches.tables:
        sources[table.source.key] = table.source
        for sha256 in table.records.keys() & set(hashes):
            records[sha256] = _held_by_both(table.records[sha256], records.get(sha256))
    desk = _Desk(records, sources)
    paths: dict[str, Found] = {}
    lost = []
    for sketch in sketches.paths:
        try:
            path = desk.path(sketch)
            paths.setdefault(order(path), Found(sketch, path))
        except (NoPlaceError, UnreadableError) as error:
            lost.append(f"{sketch.stops[1].name or sketch.stops[1].key}: {error}")
    return Trace(sketches.release, tuple(paths.values()), records, sources, sketches.tables, tuple(lost))


def _held_by_both(record: q.TracedRecord, other: q.TracedRecord | None) -> q.TracedRecord:
    """Return a record with the owners of both: a user's table may repeat a row of ours."""
    return record if other is None else replace(record, owners=(*other.owners, *record.owners))


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
        return part._replace(**identity(part, stop.sha256, stop.id)._asdict())

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
                holder = {"start": start, "end": end, "hop": own}[STEPS[via].holder]
                return _written(via, way, _chosen(way, found, holder), holder)
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


def _chosen(way: Way, found: list[str], holder: Part) -> str:
    """Return the place that the graph means: the one it knows, else the one with the channel."""
    if way.at in found:
        return way.at
    of_channel = (at for at in found if point(holder.value, f"{at}/channel") == way.channel)
    return next(of_channel, found[0]) if way.channel is not None else found[0]


def _written(via: str, way: Way, at: str, holder: Part) -> Hop:
    step = STEPS[via]
    return {
        "at": at,
        "direction": step.direction,
        "kind": step.kind,
        "line": line_of(via, at, holder),
        "origin": _origin(way),
        "record": way.sha256,
        "relationship": step.relationship,
        "via": via,
    }


def _origin(way: Way) -> Origin | None:
    return {"file": way.file, "place": way.place} if way.file else None

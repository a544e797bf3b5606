"""native-detections/1: what cloud products report, per source and technique, as an evidence set."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from graph.errors import InputRejectedError
from graph.holding.lookup import Meaning, Reads, loaded_releases, meanings
from graph.holding.rows import Batch, Nodes, Properties, Relationships
from graph.record import sha256_hex
from loaders.evidence.findings import local_id
from loaders.evidence.model import Category, Claim, Evidence, EvidenceSet, Origin, SetLabel
from loaders.evidence.naming import name_of_file
from loaders.evidence.rows import set_loadable, set_rows
from loaders.formats import SET, SET_VERSION, STRICT, Naming, Option, Source, Takes
from loaders.loadable import Loadable
from loaders.reading.checked import (
    AttackDomain,
    AttackVersion,
    Checked,
    Day,
    Flaw,
    Part,
    Slug,
    Text,
    Url,
    meant,
    read_checked,
    repeated,
    written,
)
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem
from loaders.sample import detections
from loaders.shared_nodes import product_batches
from loaders.tables.platforms import names_in_time, platforms_sha256
from loaders.tables.products import products_of, products_sha256

FORMAT = "native-detections/1"

TechniqueId = Annotated[str, written(r"T[0-9]{4}(\.[0-9]{3})?", "write techniques as T1528 or T1059.001")]
FindingId = Annotated[str, written(r"(?s:\S(.*\S)?)", "write it without spaces around it")]


class StatedSource(Part):
    """A product that reports findings."""

    key: Slug
    name: Text
    cloud: Literal["aws", "azure", "gcp", "m365", "identity", "kubernetes", "saas", "multi"]
    kind: (
        Literal["threat-detection", "posture", "compliance", "siem-rules", "data-security", "other"] | None
    ) = None
    version: str | None = None
    url: Url | None = None
    platforms: tuple[Text, ...] = ()


class StatedTechnique(Part):
    """A technique that a finding is about, and the publisher's confidence."""

    id: TechniqueId
    confidence: Annotated[float, Field(ge=0, le=1)]
    basis: Literal["vendor-doc", "ctid", "analyst", "tested"] | None = None
    rationale: str | None = None
    evidence: tuple[Url, ...] = ()


class StatedDetection(Part):
    """One finding, or a number of findings that the publisher does not list."""

    source: str
    finding: FindingId | None = None
    title: str | None = None
    severity: Literal["informational", "low", "medium", "high", "critical"] | None = None
    status: Literal["active", "retired"] | None = None
    last_verified: Day | None = None
    techniques: Annotated[tuple[StatedTechnique, ...], Field(min_length=1)]
    count: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def one_of_finding_and_count(self) -> Self:
        """Refuse both and neither."""
        if (self.finding is None) == (self.count is None):
            raise PydanticCustomError(
                "finding-or-count", "one of finding and count is needed; write one of them"
            )
        return self


class NativeDetections(Part):
    """A file of native-detections/1."""

    format: Literal["native-detections/1"]
    attack_domain: AttackDomain
    attack_version: AttackVersion
    generated: Day | None = None
    sources: Annotated[tuple[StatedSource, ...], Field(min_length=1)]
    detections: tuple[StatedDetection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NativeSource:
    """A product that reports findings, as the set's publisher describes it.

    Attributes:
        key: unique in its set.
        platforms: ATT&CK platforms that it watches; empty: not stated, so its findings are unplaced.
    """

    key: str
    name: str
    cloud: str
    kind: str | None
    version: str | None
    url: str | None
    platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection(Evidence):
    """A finding, or a number of findings of one source that are not listed.

    Attributes:
        finding: its identifier; None when only a number is published.
        count: how many findings it represents.
        severity: as published.
        last_verified: day.
        source: key of its source.
    """

    source: str
    finding: str | None
    count: int
    severity: str | None
    last_verified: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionSet(EvidenceSet):
    """The detections of one file, and the sources that report them."""

    sources: tuple[NativeSource, ...]


def read_detections(
    source: SourceFile, *, set_name: str | None = None, set_version: str | None = None
) -> tuple[DetectionSet, Checked[NativeDetections]]:
    """Read a file of native-detections/1, and keep the checked document for messages.

    The set is named after the file, and its version is the day of `generated`, unless the user says otherwise.

    Raises:
        InputRejectedError: it is not well-formed, names a source that it does not describe, states something
            twice, or has no day and none was given.
    """
    checked = read_checked(source, NativeDetections)
    checked.refuse(_flaws(checked.value))
    stated = checked.value
    items = tuple(_items(checked))
    found = DetectionSet(
        label=SetLabel.DETECTIONS,
        name=set_name or name_of_file(source.path),
        version=set_version or stated.generated or _no_version(source.path),
        kind=FORMAT,
        source_name=source.path,
        attack_version=stated.attack_version,
        attack_domain=stated.attack_domain,
        file_sha256=source.sha256,
        items=items,
        pieces=len(items),
        stored=len(items),
        records=(checked.record,),
        sources=tuple(NativeSource(**each.model_dump()) for each in stated.sources),
        sample=source.sha256 == sha256_hex(detections().read_bytes()),
    )
    return found, checked


def _no_version(path: str) -> str:
    what = "missing-version: the file has no `generated` day, and no version was given"
    raise InputRejectedError(what, where=path, todo="add `generated: 2026-05-23` or give --set-version")


def _flaws(stated: NativeDetections) -> Iterator[Flaw]:
    """Yield what the schema cannot say: unknown sources, and what is stated twice."""
    known = {each.key for each in stated.sources}
    yield from repeated(
        ((f"/sources/{n}/key", each.key) for n, each in enumerate(stated.sources)), "this source"
    )
    for number, each in enumerate(stated.sources):
        places = ((f"/sources/{number}/platforms/{n}", name) for n, name in enumerate(each.platforms))
        yield from repeated(places, "this platform")
    for number, row in enumerate(stated.detections):
        if row.source not in known:
            message = (
                f"the source {row.source!r} is not described{meant(row.source, known)}; add it to sources"
            )
            yield Flaw(f"/detections/{number}/source", "undefined-source", message)
        places = ((f"/detections/{number}/techniques/{n}", each.id) for n, each in enumerate(row.techniques))
        yield from repeated(places, "this technique")
    yield from repeated(
        ((f"/detections/{n}", (row.source, _local_id(row))) for n, row in enumerate(stated.detections)),
        "this detection",
    )


def _local_id(row: StatedDetection) -> str:
    return local_id(row.finding, (each.id for each in row.techniques))


def _items(checked: Checked[NativeDetections]) -> Iterator[Detection]:
    sources = {each.key: each for each in checked.value.sources}
    for number, row in enumerate(checked.value.detections):
        source = sources[row.source]
        count = row.count or 1
        yield Detection(
            id=f"{row.source}/{_local_id(row)}",
            title=row.title or row.finding or f"{count} unlisted findings of {source.name}",
            sha256=checked.record.sha256,
            path=checked.path,
            status=row.status or "active",
            platforms=source.platforms,
            runs_on=names_in_time(source.platforms, (source.cloud,)),
            claims=tuple(_claims(checked, number, row)),
            source=row.source,
            finding=row.finding,
            count=count,
            severity=row.severity,
            last_verified=row.last_verified,
        )


def _claims(checked: Checked[NativeDetections], number: int, row: StatedDetection) -> Iterator[Claim]:
    for n, each in enumerate(row.techniques):
        yield Claim(
            attack_id=each.id,
            category=Category.DETECT,
            origin=Origin(checked.path, f"/detections/{number}/techniques/{n}", checked.record.sha256),
            confidence=each.confidence,
            basis=each.basis,
            as_of=row.last_verified or checked.value.generated,
            status=row.status or "active",
            comment=each.rationale,
            references=each.evidence,
            count=row.count or 1,
        )


# Into the graph -------------------------------------------------------------------------------------------


class Detections:
    """Files of native-detections/1: each is a set of what cloud products report."""

    takes: ClassVar[Takes] = Takes.FILES
    options: ClassVar[tuple[Option, ...]] = (SET, SET_VERSION, STRICT)
    help: ClassVar[str] = (
        "Each file is a set, named after the file and dated by its `generated` day, unless\n"
        "--set or --set-version is given."
    )

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable]:
        """Yield the set of a file.

        Identifiers that mean nothing in the release that the file was made for are noted; their claims are stored,
        and resolve in whatever release has them.

        Raises:
            InputRejectedError: the file is not taken (see `read_detections`).
        """
        found, checked = read_detections(source.file(), set_name=naming.name, set_version=naming.version)
        more = (*_source_batches(found), *_product_batches(found))
        tables = sha256_hex(f"{products_sha256()}{platforms_sha256()}".encode())
        rows = set_rows(found, "Detection", _detection_properties, more, tables_sha256=tables)
        yield set_loadable(found, rows, lambda graph, _: _notes(graph, checked))


DETECTIONS = Detections()


def _detection_properties(each: Evidence) -> Properties:
    if not isinstance(each, Detection):
        raise TypeError(f"{each.id} is not a detection")
    return {
        "finding": each.finding,
        "count": each.count,
        "severity": each.severity,
        "last_verified": each.last_verified,
        "source": each.source,
    }


def _source_batches(found: DetectionSet) -> Iterator[Batch]:
    """Yield the sources; their keys begin with the set's, so that two files may describe one differently."""
    rows: list[Properties] = [
        {
            "key": f"{found.key}/{each.key}",
            "name": each.name,
            "cloud": each.cloud,
            "kind": each.kind,
            "version": each.version,
            "url": each.url,
            "platforms": list(each.platforms) or None,
        }
        for each in found.sources
    ]
    yield Nodes("NativeSource", rows)
    reported: list[tuple[str, str, Properties]] = [
        (found.evidence_key(each), f"{found.key}/{each.source}", {})
        for each in found.items
        if isinstance(each, Detection)
    ]
    yield Relationships("REPORTED_BY", "Detection", "NativeSource", reported)


def _product_batches(found: DetectionSet) -> Iterator[Batch]:
    """Yield the products behind the sources, so that other mappings of a product can be compared."""
    products = [
        (f"{found.key}/{each.key}", product)
        for each in found.sources
        for product in products_of(each.cloud, each.name)
    ]
    yield from product_batches(products, "NativeSource")


def _notes(graph: Reads, checked: Checked[NativeDetections]) -> list[Problem]:
    """Note the identifiers that do not mean a live technique in the stated release, if that is loaded."""
    stated = checked.value
    release = f"{stated.attack_domain}@{stated.attack_version}"
    if release not in {each.key for each in loaded_releases(graph)}:
        message = f"{release} is not loaded, so its identifiers were not checked; claims resolve when it is"
        return [checked.problem(Flaw("/attack_version", "release-not-loaded", message))]
    places = {
        each.id: f"/detections/{number}/techniques/{n}/id"
        for number, row in enumerate(stated.detections)
        for n, each in enumerate(row.techniques)
    }
    found = meanings(graph, release, list(places))
    return [
        checked.problem(_odd_meaning(place, each, found[each], release))
        for each, place in places.items()
        if found[each].via != "direct"
    ]


def _odd_meaning(place: str, attack_id: str, meaning: Meaning, release: str) -> Flaw:
    if meaning.via:
        return Flaw(place, "revoked-id", f"{attack_id} is revoked in {release}; it counts for {meaning.now}")
    return Flaw(
        place, "unresolved-id", f"{attack_id} is not an active technique of {release}; not counted there"
    )

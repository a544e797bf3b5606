"""From a bundle file to typed records: which domain, form and release it is, and what is odd about it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import InputRejectedError
from graph.identifiers import SAMPLE
from graph.record import Json, canonical, canonical_plain, leaf_hash, root_of_leaves, sha256_hex
from graph.schema import property_names
from loaders.formats.attack.labels import Body, attack_reference
from loaders.formats.attack.objects import AttackObject, AttackRelationship, ObjectReader, Record
from loaders.formats.attack.references import KILL_CHAINS
from loaders.reading.json_text import parse_json
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem, Severity
from loaders.tables.published import published_releases

DOMAINS = ("enterprise-attack", "mobile-attack", "ics-attack", "pre-attack")

COLLECTIONS = {
    "enterprise att&ck": "enterprise-attack",
    "mobile att&ck": "mobile-attack",
    "ics att&ck": "ics-attack",
}

FINGERPRINTS = {
    "15b3bc60e6a9ddf0": "15.1",
    "56fd703f61411768": "16.1",
    "4b7fe8955a678580": "17.1",
    "2b3cbc997b3f07c1": "18.0",
    "602870c31b08417d": "18.1",
    "03b4b4c0289d164d": "19.1",
}
"""Releases of enterprise that a STIX 2.0 bundle, which does not state its release, is recognized by."""

VERSION = re.compile(r"(\d{1,3})\.(\d{1,3})(-sample|-beta)?", re.ASCII)
"""A release such as 18.1; the bundled sample has keys of its own, `18.1-sample`; Mobile has betas, `11.2-beta`."""


def number(version: str) -> tuple[int, int, bool]:
    """Return (major, minor, sample) of a release such as 18.1 or 11.2-beta; ValueError otherwise."""
    match = VERSION.fullmatch(version)
    if match is None:
        raise ValueError(f"{version!r} is not a release")
    return int(match[1]), int(match[2]), match[3] == SAMPLE


@dataclass(frozen=True, slots=True)
class Bundle:
    """A parsed bundle.

    Attributes:
        path: the file, as the user named it.
        file_sha256: of the file that carried it.
        domain: such as `enterprise-attack`.
        stix_form: `2.0` or `2.1`.
        version: the release that it states or is recognized as; None if neither.
        content_root: Merkle root over its records, in hex.
        published_as: the releases that MITRE published this very file as; more than one is possible.
        fingerprint: first 16 hex digits of the SHA-256 over the sorted `id|modified` lines.
        objects: what becomes nodes.
        relationships: what becomes relationships.
        records: one per entry of `objects`, those that became nothing included.
        problems: everything odd.
    """

    path: str
    file_sha256: str
    domain: str
    stix_form: str
    version: str | None
    published_as: tuple[str, ...]
    content_root: str
    fingerprint: str
    objects: tuple[AttackObject, ...]
    relationships: tuple[AttackRelationship, ...]
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


def read_bundle(source: SourceFile) -> Bundle:
    """Parse a STIX 2.0 or 2.1 bundle.

    Raises:
        InputRejectedError: the file is no bundle, is empty, mixes two domains, or gives one id two contents.
    """
    records, spec_version = _records(source)
    reading = _Reading(source, records)
    bodies = [each.record.body for each in reading.objects if each.record]
    domain = _domain(source, bodies)
    published = published_releases(sha256_hex(source.data), domain)
    return Bundle(
        source.path,
        source.sha256,
        domain,
        _stix_form(spec_version, bodies),
        _version(source, bodies, fingerprint := _fingerprint(records), published),
        published,
        root_of_leaves(each.leaf for each in records),
        fingerprint,
        tuple(reading.objects),
        tuple(reading.relationships),
        tuple(records),
        tuple(reading.problems),
    )


class _Reading:
    """The entries of one bundle, sorted into objects and relationships."""

    def __init__(self, source: SourceFile, records: Sequence[Record]) -> None:
        self.objects: list[AttackObject] = []
        self.relationships: list[AttackRelationship] = []
        self.problems: list[Problem] = []
        reader = ObjectReader(source.path, self.problems.append, property_names)
        self._path = source.path
        for record in self._distinct(records):
            each = reader.read(record)
            if isinstance(each, AttackObject):
                self.objects.append(each)
            elif each is not None:
                self.relationships.append(each)

    def _distinct(self, records: Sequence[Record]) -> Iterator[Record]:
        """Yield one record per id; an exact repetition and an older state of an object are reported."""
        chosen: dict[object, Record] = {}
        anonymous: list[Record] = []
        for record in records:
            stix_id = record.body.get("id")
            if not isinstance(stix_id, str):
                anonymous.append(record)
                continue
            known = chosen.setdefault(stix_id, record)
            if known is not record:
                chosen[stix_id] = self._newer(known, record)
        yield from chosen.values()
        yield from anonymous

    def _newer(self, first: Record, second: Record) -> Record:
        if first.sha256 == second.sha256:
            message = f"the same object is at {first.pointer}; stored once"
            self._skip(second, "repeated-object", message)
            return first
        ages = [str(each.body.get("modified", "")) for each in (first, second)]
        if ages[0] == ages[1]:
            raise InputRejectedError(
                f"{second.pointer}: contradicting-id: {second.body['id']} has other content at {first.pointer}",
                where=self._path,
                todo="give a bundle that has each object once",
            )
        older, newer = (first, second) if ages[0] < ages[1] else (second, first)
        self._skip(older, "older-state", f"a newer version of the same object is at {newer.pointer}")
        return newer

    def _skip(self, record: Record, code: str, message: str) -> None:
        self.problems.append(
            Problem(self._path, record.pointer, code, message, Severity.SKIPPED, record.sha256)
        )


def _records(source: SourceFile) -> tuple[list[Record], str | None]:
    text = parse_json(source)
    value = text.value
    if (
        not isinstance(value, dict)
        or value.get("type") != "bundle"
        or not isinstance(value.get("objects"), list)
    ):
        raise _rejected(
            source, "not a STIX bundle: a bundle is an object of type `bundle` with a list `objects`"
        )
    if not value["objects"]:
        raise _rejected(source, "the bundle is empty")
    written = canonical_plain if text.plain else canonical
    try:
        records = [_record(index, each, written(each)) for index, each in enumerate(value["objects"])]
    except ValueError as error:
        raise _rejected(source, str(error)) from error
    spec_version = value.get("spec_version")
    return records, spec_version if isinstance(spec_version, str) else None


def _record(index: int, value: Json, data: bytes) -> Record:
    body: Body = value if isinstance(value, dict) else {}
    return Record(f"/objects/{index}", sha256_hex(data), leaf_hash(data), data.decode(), body)


def _fingerprint(records: Sequence[Record]) -> str:
    lines = sorted(
        f"{each.body.get('id')}|{each.body.get('modified', each.body.get('created'))}" for each in records
    )
    return sha256_hex("\n".join(lines).encode())[:16]


def _stix_form(spec_version: str | None, bodies: Sequence[Body]) -> str:
    stated = [spec_version, *(each.get("spec_version") for each in bodies)]
    return "2.1" if "2.1" in stated else "2.0"


def _domain(source: SourceFile, bodies: Sequence[Body]) -> str:
    """Return the domain that the matrices, the collection, or most objects name; in this order."""
    stated = set(_matrix_domains(bodies))
    if not stated:
        _refuse_foreign(source, bodies)
        stated = set(_collection_domains(bodies))
    if len(stated) > 1:
        raise _rejected(
            source, f"contains two domains: {', '.join(sorted(stated))}", "load one bundle per domain"
        )
    if stated:
        return stated.pop()
    votes = Counter(_object_domains(bodies)) or Counter(_kill_chain_domains(bodies))
    if not votes:
        raise _rejected(source, "no matrix, collection or technique states its domain")
    return min(votes, key=lambda domain: (-votes[domain], domain))


def _refuse_foreign(source: SourceFile, bodies: Sequence[Body]) -> None:
    """Refuse a framework that borrows ATT&CK's form, and an extension without ATT&CK's matrix.

    Raises:
        InputRejectedError: the only matrices, or the only collections, are not MITRE's.
    """
    for body in bodies:
        if body.get("type") == "x-mitre-matrix" and (named := _foreign_id(body)):
            raise _foreign(source, "matrix", named)
    collections = [str(each.get("name")) for each in bodies if each.get("type") == "x-mitre-collection"]
    if collections and not any(name.lower() in COLLECTIONS for name in collections):
        raise _foreign(source, "collection", collections[0])


def _foreign_id(matrix: Body) -> str | None:
    """Return what a matrix calls itself, if it has an id and that is not one of ATT&CK's."""
    references = matrix.get("external_references")
    listed = references if isinstance(references, list) else []
    stated = [each.get("external_id") for each in listed if isinstance(each, dict)]
    named = [each for each in stated if isinstance(each, str)]
    return named[0] if named and not any(each in DOMAINS for each in named) else None


def _foreign(source: SourceFile, kind: str, named: str) -> InputRejectedError:
    return _rejected(source, f"is the {kind} {named[:80]!r}, not one of MITRE ATT&CK")


def _matrix_domains(bodies: Sequence[Body]) -> Iterator[str]:
    for body in bodies:
        if body.get("type") == "x-mitre-matrix":
            named = attack_reference(body).get("external_id")
            if isinstance(named, str) and named in DOMAINS:
                yield named


def _collection_domains(bodies: Sequence[Body]) -> Iterator[str]:
    for body in bodies:
        if body.get("type") == "x-mitre-collection":
            named = COLLECTIONS.get(str(body.get("name")).lower())
            if named:
                yield named


def _object_domains(bodies: Sequence[Body]) -> Iterator[str]:
    for body in bodies:
        named = body.get("x_mitre_domains")
        if isinstance(named, list):
            yield from (each for each in named if isinstance(each, str) and each in DOMAINS)


def _kill_chain_domains(bodies: Sequence[Body]) -> Iterator[str]:
    for body in bodies:
        phases = body.get("kill_chain_phases")
        for phase in phases if isinstance(phases, list) else ():
            named = KILL_CHAINS.get(str(phase.get("kill_chain_name"))) if isinstance(phase, dict) else None
            if named:
                yield named


def _version(
    source: SourceFile, bodies: Sequence[Body], fingerprint: str, published: Sequence[str]
) -> str | None:
    stated = {str(each.get("x_mitre_version")) for each in bodies if each.get("type") == "x-mitre-collection"}
    if len(stated) > 1:
        raise _rejected(source, f"its collections state several releases: {', '.join(sorted(stated))}")
    if not stated:
        return FINGERPRINTS.get(fingerprint) or (published[0] if len(published) == 1 else None)
    version = stated.pop()
    if not VERSION.fullmatch(version):
        raise _rejected(
            source, f"its collection states the release {version!r}, which is not a number like 18.1"
        )
    return version


def _rejected(source: SourceFile, what: str, todo: str = "give an ATT&CK bundle") -> InputRejectedError:
    return InputRejectedError(what, where=source.path, todo=todo)

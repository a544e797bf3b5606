"""Anchoring a proof: the content roots that the publishers' own files give, against those that it states.

A root is made from a file by the reader of its format, without a graph; which reader is said by the source's `kind`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.errors import SightlineError
from graph.record import Json, canonical, canonical_plain, leaf_hash, merkle_root, root_of_leaves
from proofs.report import Check, RefusedError
from proofs.statement import Source

if TYPE_CHECKING:
    from loaders.evidence.model import EvidenceSet


@dataclass(frozen=True, slots=True)
class Given:
    """A root that the auditor has.

    Attributes:
        root: in hex.
        by: what gave it, for the report.
        hashes: SHA-256 of the file, unpacked where it is gzip; none for a folder, an entry of an archive, a root.
    """

    root: str
    by: str
    hashes: tuple[str, ...] = ()


def anchored(
    sources: Mapping[str, Source], against: Sequence[str], roots: Sequence[str], *, needed: bool
) -> tuple[list[Check], bool]:
    """Compare the sources of a proof with what the auditor has.

    Args:
        sources: content root -> source.
        against: files, folders and archives of the publishers.
        roots: content roots that the auditor knows from elsewhere.
        needed: whether every source must be anchored.

    Returns:
        the checks that hold, and whether every source is anchored.

    Raises:
        RefusedError: a given file or root is not that of any source; a stated file hash is not that of the file that
            was given; a source is not anchored and `needed`.
        SightlineError: a given file cannot be read.
    """
    checks: list[Check] = []
    known: set[str] = set()
    for given in [*_of_files(sources, against), *_of_roots(sources, roots), *_of_our_tables(sources)]:
        known.add(given.root)
        checks.append(_compared(sources[given.root], given))
    missing = [source for root, source in sources.items() if root not in known]
    for source in missing:
        what = f"{source['name']}: not compared with the publisher"
        if needed:
            raise RefusedError(
                f"{what}; give its file with --against, or its root with --root", "/predicate/sources"
            )
        checks.append(Check(what, holds=True))
    return checks, not missing


def _of_files(sources: Mapping[str, Source], against: Sequence[str]) -> Iterator[Given]:
    kinds = {source["annotations"]["kind"] for source in sources.values()}
    readers = [read for read, of_kinds in _READERS if kinds & of_kinds]
    for path in against:
        found = _matching(path, readers, sources)
        if not found:
            raise RefusedError(
                f"{path}: its records have another content root than every source of the proof"
            )
        yield from found


def _matching(path: str, readers: Iterable["_Reader"], sources: Mapping[str, Source]) -> list[Given]:
    """Return the roots of a file, folder or archive that are roots of sources, by the first reader that finds any.

    Raises:
        SightlineError: no reader can read it; the error is that of the last one.
    """
    last: SightlineError | None = None
    read_by_one = False
    for read in readers:
        try:
            found = [given for given in read(path) if given.root in sources]
        except SightlineError as error:
            last = error
            continue
        if found:
            return found
        read_by_one = True
    if last is not None and not read_by_one:
        raise last
    return []


def _of_roots(sources: Mapping[str, Source], roots: Sequence[str]) -> Iterator[Given]:
    for root in roots:
        if root.lower() not in sources:
            raise RefusedError(f"{root}: no source of the proof has this content root")
        yield Given(root.lower(), "the root that was given")


def _of_our_tables(sources: Mapping[str, Source]) -> Iterator[Given]:
    if any(source["annotations"]["kind"] == "table" for source in sources.values()):
        from proofs.tables import tables

        for own in (table.source for table in tables()):
            if own.content_root in sources:
                yield Given(
                    own.content_root, "the table that this Sightline carries", (own.file_sha256 or "",)
                )


def _compared(source: Source, given: Given) -> Check:
    """Return the check that a source is what was given, its file too where it states one."""
    stated = source.get("digest", {}).get("sha256")
    if stated is not None and given.hashes and stated not in given.hashes:
        what = f"{given.by}: has the records of {source['name']}, but its SHA-256 is not {stated}"
        raise RefusedError(what, "/predicate/sources")
    from loaders.tables.published import published_as

    names = [name for name in map(published_as, given.hashes) if name]
    published = f"; it is the file that MITRE published as {names[0]}, byte for byte" if names else ""
    return Check(f"{source['name']}: has the content root of {given.by}{published}", holds=True)


# Roots of files ---------------------------------------------------------------------------------------------


_Reader = Callable[[str], Iterator[Given]]


def _attack(path: str) -> Iterator[Given]:
    from loaders.reading.json_text import parse_json
    from loaders.reading.sources import read_file

    source = read_file(path)
    parsed = parse_json(source)
    objects = parsed.value.get("objects") if isinstance(parsed.value, dict) else None
    if isinstance(objects, list):
        written: Callable[[Json], bytes] = canonical_plain if parsed.plain else canonical
        root = root_of_leaves(leaf_hash(written(each)) for each in objects)
        yield Given(root, path, (source.sha256,))


def _sigma(path: str) -> Iterator[Given]:
    from loaders.formats.sigma.collection import SUFFIXES
    from loaders.reading.one_file import SourceFile
    from loaders.reading.sources import read_tree
    from loaders.reading.yaml_text import YamlDocument, documents

    entries = [entry for entry in read_tree(path, SUFFIXES) if isinstance(entry, SourceFile)]
    read = [document for entry in entries for document in documents(entry)]
    root = merkle_root(document.raw for document in read if isinstance(document, YamlDocument))
    hashes = {entry.sha256 for entry in entries}
    yield Given(root, path, tuple(hashes) if len(hashes) == 1 else ())


def _elastic(path: str) -> Iterator[Given]:
    from loaders.formats import Naming, Source
    from loaders.formats.elastic.format import read_elastic

    yield _given(path, read_elastic(Source((path,)), Naming("any", "any")).evidence)


def _splunk(path: str) -> Iterator[Given]:
    from loaders.formats import Naming, Source
    from loaders.formats.splunk.format import read_splunk

    yield _given(path, read_splunk(Source((path,)), Naming("any", "any")).evidence)


def _sentinel(path: str) -> Iterator[Given]:
    from loaders.formats import Naming, Source
    from loaders.formats.sentinel.format import read_sentinel

    yield _given(path, read_sentinel(Source((path,)), Naming("any", "any")).evidence)


def _given(path: str, evidence: "EvidenceSet") -> Given:
    root = merkle_root(record.data for record in evidence.records)
    return Given(root, path, _hashes(evidence.file_sha256))


def _ctid(path: str) -> Iterator[Given]:
    from loaders.formats.ctid.collection import read_ctid

    for each in read_ctid([path]).sets:
        yield Given(merkle_root(record.data for record in each.records), path, _hashes(each.file_sha256))


def _detections(path: str) -> Iterator[Given]:
    from loaders.formats.detections import read_detections
    from loaders.reading.sources import read_file

    found, _ = read_detections(read_file(path), set_version="unknown")
    yield Given(merkle_root(record.data for record in found.records), path, _hashes(found.file_sha256))


def _aliases(path: str) -> Iterator[Given]:
    from loaders.reading.sources import read_file
    from loaders.tables.rows import rows
    from proofs.tables import row_records

    source = read_file(path)
    yield Given(merkle_root(row_records(rows(source.data, path))), path, (source.sha256,))


def _hashes(file_sha256: str | None) -> tuple[str, ...]:
    return (file_sha256,) if file_sha256 else ()


_READERS: tuple[tuple[_Reader, frozenset[str]], ...] = (
    (_attack, frozenset({"attack"})),
    (_ctid, frozenset({"ctid-explorer", "ctid-security-stack"})),
    (_detections, frozenset({"native-detections/1"})),
    (_elastic, frozenset({"elastic"})),
    (_splunk, frozenset({"splunk"})),
    (_sentinel, frozenset({"sentinel"})),
    (_sigma, frozenset({"sigma"})),
    (_aliases, frozenset({"aliases"})),
)
"""How a root is made, and of which kinds of sources; the stricter formats first."""

"""Verifying a path proof: no database, no network, and nothing believed that the document does not carry.

Imports neither the driver nor the engine; a YAML reader only where a record is YAML.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import orjson

from graph.record import leaf_hash, root_by_path, sha256_hex
from proofs.reading import UnreadableError, identity, line_of, value_of
from proofs.report import ANCHORED, CONSISTENT, REFUSED, Check, RefusedError, Report, Stated
from proofs.rules import STEPS, Part, places
from proofs.statement import (
    Hop,
    MalformedError,
    Node,
    Predicate,
    ProofPath,
    RecordEntry,
    Source,
    Statement,
    Subject,
    read_envelope,
    read_statement,
)

FORMLESS = (UnreadableError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What reading a record raises that no loader would have taken: whoever makes a proof up chooses its records."""


def _formless(error: Exception, what: str) -> str:
    return (
        str(error) if isinstance(error, UnreadableError) else f"the record does not have the form of {what}"
    )


class Book:
    """The records of a document that were checked, by SHA-256.

    Attributes:
        sources: content root -> source.
        entries: SHA-256 -> record.
        used: SHA-256 of the records that a hop or node needed, and content roots of the sources.
    """

    def __init__(self, sources: dict[str, Source], entries: dict[str, RecordEntry]) -> None:
        self.sources, self.entries = sources, entries
        self.used: set[str] = set()
        self._values: dict[str, object] = {}

    def part(self, sha256: str, node: Node | None = None) -> Part:
        """Return the record of a node or hop with what it says; KeyError if the document has no such record."""
        entry = self.entries[sha256]
        self.used.add(sha256)
        if sha256 not in self._values:
            self._values[sha256] = value_of(entry["text"], entry["media"])
        within = {each["source"]: self.domain(each["source"]) for each in entry["inclusion"]}
        part = Part(media=entry["media"], text=entry["text"], value=self._values[sha256], within=within)
        if node is None:
            return part
        return part._replace(node=node["node"], id=node["id"], name=node["name"], attack_id=node["attack_id"])

    def domain(self, root: str) -> str:
        """Return the domain that a source states; "" for none."""
        return self.sources[root]["annotations"].get("domain", "")


class Anchors(NamedTuple):
    """What an auditor has of the publishers.

    Attributes:
        against: their files, folders and archives.
        roots: content roots that he knows from elsewhere.
        needed: whether every source must be compared with one of them.
    """

    against: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    needed: bool = False

    @property
    def asked(self) -> bool:
        """Whether anything is to be compared."""
        return bool(self.against or self.roots or self.needed)


NO_ANCHORS = Anchors()


def verify(data: bytes, anchors: Anchors = NO_ANCHORS) -> Report:
    """Check the proof that `data` is, bare or as the payload of a DSSE envelope; the first failure ends it.

    Raises:
        SightlineError: a file of `anchors` cannot be read.
    """
    checks: list[Check] = []
    try:
        data, signatures = payload_of(data)
        statement = read_statement(data)
        checks.append(
            Check("the document has the form of an in-toto Statement v1, coverage-path v1", holds=True)
        )
        checks.extend(_checks(statement))
        verdict = CONSISTENT
        if anchors.asked:
            from proofs.anchors import anchored

            sources = _sources(statement["predicate"])
            found, every = anchored(sources, anchors.against, anchors.roots, needed=anchors.needed)
            checks += found
            verdict = ANCHORED if every else CONSISTENT
    except MalformedError as error:
        return Report(REFUSED, (Check(error.what, holds=False, where=error.where or ""),))
    except RefusedError as refused:
        return Report(REFUSED, (*checks, refused.check))
    return Report(verdict, tuple(checks), (*signatures, *stated(statement)))


def payload_of(data: bytes) -> tuple[bytes, tuple[Stated, ...]]:
    """Return the proof, and what is stated around it: the signatures of a DSSE envelope (in-toto, spec/v1/envelope).

    Raises:
        MalformedError: it is an envelope that carries something else.
    """
    envelope = read_envelope(data)
    if envelope is None:
        return data, ()
    payload, count = envelope
    return payload, (Stated("signatures", f"{count}, not checked here"),)


def _checks(statement: Statement) -> Iterator[Check]:
    predicate = statement["predicate"]
    book = Book(_sources(predicate), _records(predicate))
    yield Check(f"{len(book.entries)} records have the SHA-256 that is stated", holds=True)
    _inclusions(book)
    yield Check(f"each record is a leaf of one of the {len(book.sources)} content roots", holds=True)
    _paths(predicate, book)
    hops = sum(len(path["hops"]) for path in predicate["paths"])
    yield Check(f"{hops} hops of {len(predicate['paths'])} paths follow from the records", holds=True)
    _subjects(statement)
    yield Check("the subjects are what the paths begin with", holds=True)
    _nothing_over(book)
    yield Check("every record and source is needed", holds=True)


# Records ---------------------------------------------------------------------------------------------------


def _sources(predicate: Predicate) -> dict[str, Source]:
    roots = [source["annotations"]["content_root"] for source in predicate["sources"]]
    _ascending(roots, "/predicate/sources", "sources are not in the order of their content roots, each once")
    return dict(zip(roots, predicate["sources"], strict=True))


def _records(predicate: Predicate) -> dict[str, RecordEntry]:
    hashes = [record["sha256"] for record in predicate["records"]]
    _ascending(hashes, "/predicate/records", "records are not in the order of their SHA-256, each once")
    for index, record in enumerate(predicate["records"]):
        if sha256_hex(record["text"].encode()) != record["sha256"]:
            raise RefusedError(
                "the text has another SHA-256 than the one stated", f"/predicate/records/{index}"
            )
    return dict(zip(hashes, predicate["records"], strict=True))


def _ascending(keys: Sequence[str], where: str, otherwise: str) -> None:
    for index in range(1, len(keys)):
        if keys[index - 1] >= keys[index]:
            raise RefusedError(otherwise, f"{where}/{index}")


def _inclusions(book: Book) -> None:
    for index, record in enumerate(book.entries.values()):
        where = f"/predicate/records/{index}/inclusion"
        if not record["inclusion"]:
            raise RefusedError("the record is in no source", where)
        _ascending([each["source"] for each in record["inclusion"]], where, "sources of a record repeat")
        leaf = leaf_hash(record["text"].encode())
        for at, each in enumerate(record["inclusion"]):
            source = book.sources.get(each["source"])
            if source is None:
                raise RefusedError("no source has this content root", f"{where}/{at}/source")
            if each["tree_size"] != source["annotations"]["records"]:
                raise RefusedError("the source has another number of records", f"{where}/{at}/tree_size")
            path = [bytes.fromhex(sibling) for sibling in each["audit_path"]]
            if root_by_path(leaf, each["leaf_index"], each["tree_size"], path) != each["source"]:
                raise RefusedError("the audit path does not lead to the content root", f"{where}/{at}")
            book.used.add(each["source"])


# Paths -----------------------------------------------------------------------------------------------------


def _paths(predicate: Predicate, book: Book) -> None:
    if not predicate["paths"]:
        raise RefusedError("there is no path", "/predicate/paths")
    _ascending(
        [order(path) for path in predicate["paths"]], "/predicate/paths", "paths are not in order, each once"
    )
    for number, path in enumerate(predicate["paths"]):
        where = f"/predicate/paths/{number}"
        if len(path["nodes"]) != len(path["hops"]) + 1 or not path["hops"]:
            raise RefusedError("a path has one node more than hops, and a hop", where)
        parts = [_node(node, book, f"{where}/nodes/{at}") for at, node in enumerate(path["nodes"])]
        for at, hop in enumerate(path["hops"]):
            _hop(hop, parts[at], parts[at + 1], book, f"{where}/hops/{at}")


def order(path: ProofPath) -> str:
    """Return what paths are sorted by: their RFC 8785 form without the origins of their hops."""
    hops = [{**hop, "origin": None} for hop in path["hops"]]
    return orjson.dumps({**path, "hops": hops}, option=orjson.OPT_SORT_KEYS).decode()


def _node(node: Node, book: Book, where: str) -> Part:
    if node["node"] == "EvidenceSet":
        if (
            node["source"] not in book.sources
            or (node["record"], node["id"], node["attack_id"]) != (None,) * 3
        ):
            raise RefusedError("a set is a source of the document, and nothing else", where)
        return Part(node["node"], name=node["name"], source=node["source"])
    if node["source"] is not None:
        raise RefusedError("only a set is a source", where)
    if node["node"] == "LogSource":
        if (node["record"], node["id"], node["attack_id"]) != (None,) * 3 or not node["name"]:
            raise RefusedError("a log source has a name and nothing else", where)
        return Part(node["node"], name=node["name"])
    return _node_of_record(node, book, where)


def _node_of_record(node: Node, book: Book, where: str) -> Part:
    part = _part(node["record"], node, book, where)
    try:
        own = identity(part, node["record"] or "", node["id"])
    except FORMLESS as error:
        raise RefusedError(_formless(error, f"a {part.node}"), where) from error
    if own != (node["id"], node["name"], node["attack_id"]):
        raise RefusedError("the record is of another id or name than the node states", where)
    return part


def _part(sha256: str | None, node: Node | None, book: Book, where: str) -> Part:
    if sha256 is None or sha256 not in book.entries:
        raise RefusedError("the document has no such record", f"{where}/record")
    try:
        return book.part(sha256, node)
    except UnreadableError as error:
        raise RefusedError(str(error), f"{where}/record") from error


def _hop(hop: Hop, start: Part, end: Part, book: Book, where: str) -> None:
    step = STEPS.get(hop["via"])
    if step is None:
        raise RefusedError(f"no rule {hop['via'][:40]!r} is known", f"{where}/via")
    if (hop["relationship"], hop["direction"], hop["kind"]) != (step.relationship, step.direction, step.kind):
        raise RefusedError(f"{hop['via']} is {step.kind} {step.relationship} {step.direction}", where)
    if start.node not in step.starts or end.node not in step.ends:
        raise RefusedError(f"{hop['via']} does not lead from {start.node} to {end.node}", where)
    if (hop["record"] is not None) != (step.holder == "hop"):
        raise RefusedError(
            f"{hop['via']} needs {'a' if step.holder == 'hop' else 'no'} record of its own", where
        )
    own = _part(hop["record"], None, book, where) if step.holder == "hop" else Part()
    try:
        found = tuple(places(hop["via"], start, end, own))
        line = line_of(hop["via"], hop["at"], {"start": start, "end": end, "hop": own}[step.holder])
    except FORMLESS as error:
        raise RefusedError(_formless(error, f"what {hop['via']} reads"), where) from error
    if hop["at"] not in found:
        raise RefusedError(
            f"{hop['via']} does not follow from the records at {hop['at'] or 'all of it'}", where
        )
    if hop["line"] != line:
        raise RefusedError(f"the fact is at line {line}, not {hop['line']}", f"{where}/line")


# What the paths are about ----------------------------------------------------------------------------------


def subjects_of(paths: Sequence[ProofPath]) -> list[Subject]:
    """Return the records that paths begin with, sorted by name and SHA-256, with how many do and their hops."""
    hops: dict[tuple[str, str], list[int]] = {}
    for path in paths:
        first = next(node for node in path["nodes"] if node["record"] is not None)
        key = (first["id"] or first["attack_id"] or first["name"] or "", first["record"] or "")
        hops.setdefault(key, []).append(len(path["hops"]))
    return [
        {
            "annotations": {"hops": sum(counts), "paths": len(counts)},
            "digest": {"sha256": sha256},
            "name": name,
        }
        for (name, sha256), counts in sorted(hops.items())
    ]


def _subjects(statement: Statement) -> None:
    if statement["subject"] != subjects_of(statement["predicate"]["paths"]):
        what = "the subjects are not the records that paths begin with, each once, with its paths and hops"
        raise RefusedError(what, "/subject")


def _nothing_over(book: Book) -> None:
    for index, sha256 in enumerate(book.entries):
        if sha256 not in book.used:
            raise RefusedError("no path needs this record", f"/predicate/records/{index}")
    for index, root in enumerate(book.sources):
        if root not in book.used:
            raise RefusedError("no record is in this source", f"/predicate/sources/{index}")


def stated(statement: Statement) -> Iterator[Stated]:
    """Yield what the document says that nothing in it proves."""
    predicate = statement["predicate"]
    yield Stated("created", predicate["created"])
    yield Stated("tool", f"{predicate['tool']['name']} {predicate['tool']['version']}")
    for limit in predicate["limits"]:
        yield Stated("limit", limit)
    for source in predicate["sources"]:
        for what, value in _stated_of(source):
            yield Stated(f"{what} of the source {source['annotations']['content_root'][:12]}", value)
    for record in predicate["records"]:
        if "license" in record:
            yield Stated(f"license of the record {record['sha256'][:12]}", record["license"])
    yield from dict.fromkeys(_stated_of_paths(predicate["paths"]))


def _stated_of_paths(paths: Sequence[ProofPath]) -> Iterator[Stated]:
    for path in paths:
        for node in path["nodes"]:
            if node["node"] == "EvidenceSet":
                yield Stated(f"name of the set {(node['source'] or '')[:12]}", node["name"] or "")
        for hop in path["hops"]:
            if hop["origin"]:
                yield Stated(
                    f"origin of {hop['via']}", f"{hop['origin']['file']} {hop['origin']['place']}".strip()
                )


def _stated_of(source: Source) -> Iterator[tuple[str, str]]:
    yield "name", source["name"]
    yield from source.get("digest", {}).items()
    for name in ("uri", "downloadLocation"):
        if name in source:
            yield name, source[name]
    for name in ("kind", "domain", "fetched_on", "published"):
        if name in source["annotations"]:
            yield name, source["annotations"][name]  # type: ignore[literal-required]

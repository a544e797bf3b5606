"""A Mappings Explorer file: `{"metadata": {...}, "mapping_objects": [...]}`, of every framework.

The records are the metadata and each mapping object, in RFC 8785 form. A row that says the same as another is
one claim that counts twice; a row that maps nothing (`non_mappable`) still says that its capability exists.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import cast

from graph.errors import InputRejectedError
from graph.record import Json, canonical, canonical_plain
from loaders.evidence.model import Category, Claim, EvidenceSet, Origin, SetLabel
from loaders.formats.ctid.capability import Capability, addresses, attack_release, category, text
from loaders.formats.ctid.capability import effectiveness as effectiveness_of
from loaders.formats.ctid.metadata import Metadata
from loaders.formats.ctid.references import RULES
from loaders.reading.json_text import JsonText, RepeatedKey, parse_json
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem, Severity
from loaders.reading.record import Record
from loaders.reading.yaml_text import documents
from loaders.references import Oddity, Reference

KIND = "ctid-explorer"
MEDIA = "application/json"
NON_MAPPABLE = "non_mappable"

_MITIGATES = "mitigates"
_SCORES = "score"


def is_explorer(value: object) -> bool:
    """Tell whether a JSON value has the form of a Mappings Explorer file."""
    return isinstance(value, dict) and isinstance(value.get("mapping_objects"), list)


def read_explorer(source: SourceFile, *, name: str | None = None, version: str | None = None) -> EvidenceSet:
    """Return the mappings of one file as a set.

    Args:
        source: the file.
        name: of the set; left out, `ctid-` and the framework.
        version: of the set; left out, the framework's version, and with a framework that is not versioned by
            date the ATT&CK release too, because CTID maps the same revision again for a new release.

    Raises:
        InputRejectedError: it is not such a file, or does not say what it maps.
    """
    parsed = _parsed(source)
    if not is_explorer(parsed.value):
        raise InputRejectedError(
            "not a Mappings Explorer file: it has no list mapping_objects",
            where=source.path,
            todo="give a JSON file of CTID's Mappings Explorer",
        )
    content = cast("Mapping[str, Json]", parsed.value)
    metadata = Metadata.of(content.get("metadata"), source.path, name, version)
    repeated = _repeated_keys(source, content, parsed.repeated)
    try:
        rows = _Rows(metadata, source, plain=parsed.plain)
        for index, row in enumerate(cast("Sequence[Json]", content["mapping_objects"])):
            rows.take(index, row, repeated.get(index, ()))
    except ValueError as error:  # YAML has integers that JSON has no exact form for
        raise InputRejectedError(str(error), where=source.path, todo="write it as text, in quotes") from error
    return rows.as_set()


def _parsed(source: SourceFile) -> JsonText:
    """Return the value of the file, JSON or the same in YAML, which CTID's tools write too.

    Raises:
        InputRejectedError: it is neither.
    """
    if source.data.lstrip()[:1] in {b"{", b"["} or source.path.casefold().endswith(".json"):
        return parse_json(source, repeated_keys=True)
    document = documents(source)[0]
    if isinstance(document, Problem):
        where = f"{document.path}: {document.pointer}"
        raise InputRejectedError(f"{document.code}: {document.message}", where=where)
    return JsonText(cast("Json", document.value), plain=False)


def _repeated_keys(
    source: SourceFile, content: Mapping[str, Json], repeated: Sequence[RepeatedKey]
) -> Mapping[int, Sequence[RepeatedKey]]:
    """Return the repeated keys by the index of the row that they are in.

    Raises:
        InputRejectedError: one outside the rows has different values, so what the file is about is not certain.
    """
    if not repeated:
        return {}
    rows = cast("Sequence[Json]", content["mapping_objects"])
    inside = {part: index for index, row in enumerate(rows) for part in _objects(row)}
    found: dict[int, list[RepeatedKey]] = {}
    for each in repeated:
        index = inside.get(id(each.inside))
        if index is not None:
            found.setdefault(index, []).append(each)
        elif not each.same:
            what = f"duplicate-key: the key {each.key!r} appears twice with different values outside the rows"
            raise InputRejectedError(what, where=source.path, todo="correct it")
    return found


def _objects(row: Json) -> Iterator[int]:
    """Yield the identities of a row and of every object inside it."""
    waiting: list[object] = [row]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            yield id(each)
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)


@dataclass(slots=True)
class _Draft:
    """A capability while its rows are read."""

    title: str
    group: str | None
    sha256: str
    statuses: set[str] = field(default_factory=set)
    remarks: list[str] = field(default_factory=list)
    claims: dict[str, Claim] = field(default_factory=dict)

    def capability(self, id_: str, framework: str, path: str) -> Capability:
        return Capability(
            id=id_,
            title=self.title,
            status=_status(self.statuses),
            description="\n".join(self.remarks) or None,
            sha256=self.sha256,
            path=path,
            claims=tuple(self.claims.values()),
            framework=framework,
            group=self.group,
        )


def _status(statuses: set[str]) -> str | None:
    """Return the status of a capability: that of its rows, the furthest one where they differ."""
    for status in ("complete", "in_progress", NON_MAPPABLE):
        if status in statuses:
            return status
    return min(statuses, default=None)


class _Rows:
    """Takes the mapping objects one by one."""

    def __init__(self, metadata: Metadata, source: SourceFile, *, plain: bool) -> None:
        self._metadata = metadata
        self._source = source
        self._write = canonical_plain if plain else canonical
        self._records: list[Record] = [Record(self._write(metadata.written), MEDIA)]
        self._problems: list[Problem] = []
        self._drafts: dict[str, _Draft] = {}
        self._taken, self._stored = 0, 0

    def take(self, index: int, row: Json, repeated: Sequence[RepeatedKey] = ()) -> None:
        self._taken += 1
        record = Record(self._write(row), MEDIA)
        self._records.append(record)
        place = _Place(self._source.path, f"/mapping_objects/{index}", record.sha256, self._problems)
        if not isinstance(row, dict):
            place.skip("not-a-mapping", "a mapping object is not a JSON object")
            return
        other = next((each for each in repeated if not each.same), None)
        if other is not None:
            place.skip("duplicate-key", f"the key {other.key!r} appears twice with different values")
            return
        for each in repeated:
            place.note("duplicate-key", f"the key {each.key!r} appears twice with the same value")
        found = next(RULES["row-claims-technique"].find(row), None)
        if isinstance(found, Oddity):
            place.skip(found.code, found.message)
        else:
            self._take_row(found, row, place)

    def _take_row(self, found: Reference | None, row: Mapping[str, Json], place: "_Place") -> None:
        """Take a row that names a capability; `found` is None where it claims nothing about a technique."""
        draft = self._draft(text(row.get("capability_id")) or "", row, place)
        status = text(row.get("status"))
        draft.statuses.add(status or "complete")
        self._stored += 1
        if found is None:
            self._without_technique(draft, row, status, place)
        elif place.sha256 in draft.claims:
            first = draft.claims[place.sha256]
            draft.claims[place.sha256] = replace(first, count=first.count + 1)
            place.note("repeated-row", f"duplicate of {first.origin.pointer}; counted once")
        else:
            draft.claims[place.sha256] = self._claim(found.end, status, row, place)

    def _draft(self, id_: str, row: Mapping[str, Json], place: "_Place") -> _Draft:
        group = text(row.get("capability_group"))
        label = self._metadata.groups.get(group, group) if group else None
        draft = self._drafts.get(id_)
        if draft is None:
            title = text(row.get("capability_description")) or id_
            draft = self._drafts[id_] = _Draft(title, label, place.sha256)
        elif draft.group != label:
            place.note(
                "other-group", f"puts {id_} into the group {label!r}, an earlier row into {draft.group!r}"
            )
        return draft

    def _without_technique(
        self, draft: _Draft, row: Mapping[str, Json], status: str | None, place: "_Place"
    ) -> None:
        remark = text(row.get("comments"))
        if remark:
            draft.remarks.append(remark)
        if status != NON_MAPPABLE:
            place.note("no-technique", f"status {status} but no attack_object_id")

    def _claim(self, claimed: str, status: str | None, row: Mapping[str, Json], place: "_Place") -> Claim:
        self._compare_release(row, place)
        kind, score = self._category(row, status, place)
        urls = row.get("references")
        references, odd = addresses(urls if isinstance(urls, list) else ())
        for position in odd:
            place.note("bad-reference", "is not a URL; kept in the record only", f"/references/{position}")
        return Claim(
            attack_id=claimed,
            category=kind,
            origin=Origin(place.path, place.pointer, place.sha256),
            effectiveness=effectiveness_of(row.get("score_value")),
            raw_value=score,
            as_of=self._metadata.as_of,
            status=status,
            comment=text(row.get("comments")),
            references=references,
        )

    def _category(
        self, row: Mapping[str, Json], status: str | None, place: "_Place"
    ) -> tuple[Category | None, str | None]:
        """Return what the row claims to do, and the words that say so."""
        named, value = text(row.get("score_category")), text(row.get("score_value"))
        written_type = text(row.get("mapping_type")) or ""
        kind_of_row = self._metadata.types.get(written_type, written_type)
        if named or value:
            if category(named) is None:
                place.note("unknown-score-category", f"the score category {named!r} is not a known one")
            if effectiveness_of(value) is None:
                place.note("unknown-score-value", f"the score value {value!r} is not a known one")
            return category(named), " ".join(filter(None, (named, value)))
        if kind_of_row.casefold() == _MITIGATES:
            return Category.MITIGATE, kind_of_row
        if status != NON_MAPPABLE and _SCORES in kind_of_row.casefold():
            place.note("no-score", "has no score; not counted")
        return None, kind_of_row or None

    def _compare_release(self, row: Mapping[str, Json], place: "_Place") -> None:
        stated = text(row.get("attack_version"))
        if stated and attack_release(stated) != self._metadata.attack_version:
            message = f"is for ATT&CK {stated}, the file for {self._metadata.attack_version}"
            place.note("other-attack-version", message)

    def as_set(self) -> EvidenceSet:
        metadata, path = self._metadata, self._source.path
        return EvidenceSet(
            label=SetLabel.MAPPINGS,
            name=metadata.name,
            version=metadata.version,
            kind=KIND,
            publisher=metadata.publisher,
            attack_version=metadata.attack_version,
            attack_domain=metadata.domain,
            source_name=path,
            file_sha256=self._source.sha256,
            items=tuple(
                draft.capability(id_, metadata.framework, path) for id_, draft in self._drafts.items()
            ),
            records=tuple(self._records),
            problems=tuple(self._problems),
            pieces=self._taken,
            stored=self._stored,
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """The position of a row, and the list that its problems go to."""

    path: str
    pointer: str
    sha256: str
    problems: list[Problem]

    def note(self, code: str, message: str, below: str = "") -> None:
        self._add(code, message, below, Severity.NOTE)

    def skip(self, code: str, message: str) -> None:
        self._add(code, message, "", Severity.SKIPPED)

    def _add(self, code: str, message: str, below: str, severity: Severity) -> None:
        pointer = f"{self.pointer}{below}"
        self.problems.append(Problem(self.path, pointer, code, message, severity, self.sha256))

"""The older Security Stack Mappings: one YAML file per capability, one set per platform and ATT&CK release.

A score object belongs to a technique, or to a group of sub-techniques and then is about each of them. A
file's record is its own bytes, so that `sha256sum` of a file agrees.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.identifiers import LONGEST_NAME
from graph.record import sha256_hex
from loaders.evidence.model import Claim, EvidenceSet, Origin, SetLabel
from loaders.formats.ctid.capability import (
    CENTER,
    Capability,
    addresses,
    attack_release,
    category,
    day,
    effectiveness,
    text,
)
from loaders.formats.ctid.references import Score, capability_of, listed, scores
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem, Severity
from loaders.reading.record import Record
from loaders.reading.yaml_text import YamlDocument, documents
from loaders.references import Oddity

KIND = "ctid-security-stack"
MEDIA = "application/yaml"

_Mapping = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class StackFile:
    """One file, read.

    Attributes:
        platform: `AWS`, `Azure`, `GCP`, as written.
        attack_version: the ATT&CK release it was made for, `9.0`.
        capability: what it maps.
        record: its bytes.
        pieces: its score objects; a file without any is one piece, for it says that its capability exists.
        stored: those that became claims.
        problems: what was odd.
    """

    platform: str
    attack_version: str
    capability: Capability
    record: Record
    pieces: int
    stored: int
    problems: tuple[Problem, ...]


def read_stack_file(source: SourceFile) -> StackFile | Problem:
    """Return the capability that the file maps, or why it is none."""
    read = documents(source)
    document = read[0]
    if isinstance(document, Problem):
        return document
    if len(read) > 1:
        return _refused(
            source, document, "", "two-documents", "contains several documents; a mapping file has one"
        )
    return _StackReader(source, document).read()


def stack_sets(
    files: Iterable[StackFile], source_name: str, *, name: str | None = None, version: str | None = None
) -> list[EvidenceSet]:
    """Return the files' sets, one for each platform and ATT&CK release, in the order of their names."""
    grouped: dict[tuple[str, str], list[StackFile]] = defaultdict(list)
    for file in files:
        key = (name or f"ctid-stack-{file.platform.casefold()}", version or file.attack_version)
        grouped[key].append(file)
    return [_set(key, group, source_name) for key, group in sorted(grouped.items())]


def _set(key: tuple[str, str], files: Sequence[StackFile], source_name: str) -> EvidenceSet:
    capabilities: dict[str, Capability] = {}
    problems = [problem for file in files for problem in file.problems]
    lost = 0
    for file in files:
        each = file.capability
        if each.id in capabilities:
            message = f"{capabilities[each.id].path} also maps {each.title}; only that file is loaded"
            skipped = Problem(each.path, "", "repeated-capability", message, Severity.SKIPPED, each.sha256)
            problems.append(skipped)
            # One problem stands for the whole file.
            lost += file.pieces - 1
        else:
            capabilities[each.id] = each
    stored = sum(file.stored for file in files if capabilities[file.capability.id] is file.capability)
    return EvidenceSet(
        label=SetLabel.MAPPINGS,
        name=key[0],
        version=key[1],
        kind=KIND,
        publisher=CENTER,
        attack_version=files[0].attack_version,
        attack_domain="enterprise-attack",
        source_name=source_name,
        file_sha256=files[0].capability.sha256 if len(files) == 1 else None,
        items=tuple(capabilities.values()),
        records=tuple(file.record for file in files),
        problems=tuple(problems),
        pieces=sum(file.pieces for file in files) - lost,
        stored=stored,
    )


def _refused(source: SourceFile, document: YamlDocument, pointer: str, code: str, message: str) -> Problem:
    place = f"line {document.locate(pointer)}"
    return Problem(source.path, place, code, message, Severity.SKIPPED, sha256_hex(document.raw))


class _StackReader:
    """Reads one file."""

    def __init__(self, source: SourceFile, document: YamlDocument) -> None:
        self._source = source
        self._document = document
        self._record = Record(document.raw, MEDIA)
        self._sha256 = self._record.sha256
        self._problems: list[Problem] = []
        self._pieces = 0
        self._as_of: str | None = None
        self._references: tuple[str, ...] = ()

    def read(self) -> StackFile | Problem:
        value = self._document.value
        name, platform = text(value.get("name")), text(value.get("platform"))
        release = attack_release(value.get("ATT&CK version"))
        if name is None or platform is None or "techniques" not in value:
            message = "has no name, platform and techniques; not a Security Stack mapping"
            return _refused(self._source, self._document, "", "not-a-mapping-file", message)
        if max(len(name), len(platform)) > LONGEST_NAME:
            message = f"a name has at most {LONGEST_NAME} characters"
            return _refused(self._source, self._document, "/name", "too-long", message)
        if release is None:
            message = "ATT&CK version is not a release; write it as 9.0"
            return _refused(self._source, self._document, "/ATT&CK version", "bad-attack-version", message)
        self._as_of = day(value.get("last update")) or day(value.get("creation date"))
        self._references, _ = addresses(self._listed("references"))
        claims = tuple(self._claims(value))
        return self._file(name, platform, release, claims)

    def _file(self, name: str, platform: str, release: str, claims: tuple[Claim, ...]) -> StackFile:
        value = self._document.value
        capability = Capability(
            id=capability_of(name),
            title=name,
            status="complete",
            description=text(value.get("description")),
            sha256=self._sha256,
            path=self._source.path,
            claims=claims,
            framework=platform.casefold(),
            tags=tuple(filter(None, map(text, self._listed("tags")))),
        )
        skipped = sum(problem.severity is Severity.SKIPPED for problem in self._problems)
        pieces = self._pieces or 1
        return StackFile(
            platform, release, capability, self._record, pieces, pieces - skipped, tuple(self._problems)
        )

    def _claims(self, value: _Mapping) -> Iterator[Claim]:
        for found in scores(value):
            self._pieces += 1
            if isinstance(found, Oddity):
                self._problem(found.pointer, found.code, found.message, Severity.SKIPPED)
            else:
                yield from self._scored(found)

    def _scored(self, found: Score) -> Iterator[Claim]:
        """Yield the claims of one score object, one for each technique that it is about."""
        claimed = [each for each in found.ids if each]
        if not claimed:
            self._problem(found.pointer, "bad-attack-id", "names no ATT&CK identifier", Severity.SKIPPED)
            return
        if len(claimed) < len(found.ids):
            message = "one of its techniques has no ATT&CK identifier"
            self._problem(found.pointer, "bad-attack-id", message)
        score = found.body
        kind, value = category(score.get("category")), effectiveness(score.get("value"))
        if kind is None or value is None:
            message = "category or value is not one of CTID's words"
            self._problem(found.pointer, "unknown-score", message)
        words = filter(None, (text(score.get("category")), text(score.get("value"))))
        raw_value = " ".join(words) or None
        for each in claimed:
            yield Claim(
                attack_id=each,
                category=kind,
                origin=Origin(self._source.path, found.pointer, self._sha256),
                effectiveness=value,
                raw_value=raw_value,
                as_of=self._as_of,
                status="complete",
                comment=text(score.get("comments")),
                references=self._references,
            )

    def _listed(self, key: str) -> Sequence[object]:
        """Return the list under `key`; anything else there is a skipped piece."""
        found = listed(self._document.value, key, "")
        if isinstance(found, Oddity):
            self._pieces += 1
            self._problem(found.pointer, found.code, found.message, Severity.SKIPPED)
            return ()
        return found

    def _problem(self, pointer: str, code: str, message: str, severity: Severity = Severity.NOTE) -> None:
        place = f"line {self._document.locate(pointer)}"
        self._problems.append(Problem(self._source.path, place, code, message, severity, self._sha256))

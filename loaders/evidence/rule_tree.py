"""The rules of a folder, archive or file, one document each, as one set."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from graph.errors import UsageError
from graph.holding.lookup import known_tactics
from graph.identifiers import LONGEST_NAME
from loaders.evidence.fields import Fields, NotARuleError
from loaders.evidence.model import EvidenceSet, SetLabel
from loaders.evidence.read_rules import ReadRules
from loaders.evidence.rows import set_loadable
from loaders.evidence.rule import DetectionRule
from loaders.evidence.rule_rows import rule_rows
from loaders.evidence.tactics import unknown_tactics
from loaders.loadable import Loadable
from loaders.own_tables import with_own_tables
from loaders.reading.checkout import checkout_of
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem, Severity
from loaders.reading.record import Record
from loaders.reading.yaml_text import YamlDocument, documents
from loaders.tables.aliases import Aliases

_YAML = "application/yaml"
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_VERSION = re.compile(
    r"(?<![0-9a-z])(\d{4}-\d{2}-\d{2}|v?\d+(?:\.\d+)+)(?![0-9a-z])", re.ASCII | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes rules in a format.

    Attributes:
        word: of the format, and the name of the set of the publisher's own rules.
        name: for people.
        repository: beginnings of the names that folders and archives of the publisher's repository have.
    """

    word: str
    name: str
    repository: tuple[str, ...]

    @property
    def sets(self) -> tuple[str, ...]:
        """Names of the sets of the publisher's own files."""
        return (self.word, *self.repository)


@dataclass(frozen=True, slots=True)
class Piece:
    """A document of a file.

    Attributes:
        source: the file.
        record: the document's own bytes.
    """

    source: SourceFile
    record: Record


@dataclass(frozen=True, slots=True)
class YamlPiece(Piece):
    """A document of a file of YAML.

    Attributes:
        document: what it says.
    """

    document: YamlDocument


@dataclass(frozen=True, slots=True)
class ReadRule:
    """A rule that was read.

    Attributes:
        rule: the rule.
        unknown: what it reads that no row of the table knows.
        notes: what is odd about it.
    """

    rule: DetectionRule
    unknown: tuple[str, ...] = ()
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTree:
    """The rules that were read.

    Attributes:
        evidence: the set; its items are the rules.
        rules: the same, typed.
    """

    evidence: EvidenceSet
    rules: tuple[DetectionRule, ...]

    def read(self, suffixes: tuple[str, ...]) -> ReadRules:
        """Return the rules without the set; `suffixes` are those of their files."""
        return ReadRules(self.rules, self.evidence.problems, suffixes)

    def loadable(self, tables: Aliases, remarks: tuple[str, ...] = ()) -> Loadable:
        """Return the set, ready to be loaded; `tables` are those that its log sources were translated by."""
        rows = with_own_tables(
            rule_rows(self.evidence, self.rules, tables.names, tables_sha256=tables.publishers_sha256), tables
        )
        return set_loadable(
            self.evidence,
            rows,
            lambda graph, _: unknown_tactics(self.rules, known_tactics(graph)),
            remarks,
        )


@dataclass(slots=True)
class Gathering:
    """What has been read so far.

    Attributes:
        rules: by their folded ids.
        records: of every document, the rejected ones included.
        problems: in the order found.
        files: SHA-256 of each file.
        pieces: how many documents there were.
        applied: how many of them are no rules, and say what others mean.
        unknown: log source that no row of the table knows -> the rules that read it.
    """

    rules: dict[str, DetectionRule] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    pieces: int = 0
    applied: int = 0
    unknown: dict[str, list[DetectionRule]] = field(default_factory=dict)

    def lost(self, problem: Problem) -> None:
        """Count a document that cannot be taken."""
        self.pieces += 1
        self.problems.append(problem)

    def apply(self, piece: Piece) -> None:
        """Count a document that is no rule, and says what others mean."""
        self.applied += 1
        self._count(piece)

    def _count(self, piece: Piece) -> None:
        self.pieces += 1
        self.files.add(piece.source.sha256)
        self.records.append(piece.record)

    def take(self, piece: Piece, read: Callable[[], ReadRule]) -> None:
        """Count a document and keep the rule that `read` returns, or why there is none."""
        self._count(piece)
        try:
            found = read()
        except NotARuleError as refused:
            self.problems.append(refused.problem)
            return
        self.problems.extend(dict.fromkeys(found.notes))
        known = self.rules.setdefault(found.rule.id.casefold(), found.rule)
        if known is not found.rule:
            self.problems.append(_repeated(found.rule, known))
            return
        for log_source in found.unknown:
            self.unknown.setdefault(log_source, []).append(found.rule)

    def tree(self, path: str, publisher: Publisher, name: str | None, version: str | None) -> RuleTree:
        """Return what was read as a set, with a note for each log source that no table knows."""
        named, dated = name_and_version(path, publisher, name, version)
        rules = tuple(self.rules.values())
        evidence = EvidenceSet(
            label=SetLabel.RULES,
            name=named,
            version=dated,
            kind=publisher.word,
            publisher=publisher.name if named == publisher.word else None,
            source_name=path,
            file_sha256=next(iter(self.files)) if len(self.files) == 1 else None,
            items=rules,
            records=tuple(self.records),
            problems=(*self.problems, *_unknown_log_sources(self.unknown)),
            pieces=self.pieces,
            stored=len(rules) + self.applied,
        )
        return RuleTree(evidence, rules)


def yaml_pieces(entries: Iterable[SourceFile | Problem]) -> Iterator[YamlPiece | Problem]:
    """Yield every document of files of YAML, or what is wrong with it."""
    for entry in entries:
        for found in documents(entry) if isinstance(entry, SourceFile) else [entry]:
            if isinstance(found, Problem):
                yield found
            elif isinstance(entry, SourceFile):
                yield YamlPiece(entry, Record(found.raw, _YAML), found)


def needed(fields: Fields, name: str) -> str:
    """Return a text that a rule must have.

    Raises:
        NotARuleError: it is absent or too long.
    """
    value = fields.text(name)
    if value is None:
        raise fields.refuse("", "not-a-rule", f"a rule needs {name}; add one")
    if len(value) > LONGEST_NAME:
        raise fields.refuse(f"/{name}", "too-long", f"{name} has at most {LONGEST_NAME} characters")
    return value


_RULES = (".toml", ".yml", ".yaml", ".csv")
"""Suffixes of the files by which a checkout is told to be changed."""


def name_and_version(
    path: str, publisher: Publisher, name: str | None, version: str | None
) -> tuple[str, str]:
    """Return what the set is called, from what the user says and else from its path.

    Raises:
        UsageError: neither says the version.
    """
    stem = re.sub(r"\.(zip|toml|ya?ml|csv)$", "", PurePath(path).name, flags=re.IGNORECASE)
    found = _VERSION.search(stem)
    checkout = None if found or (name and version) else checkout_of(path, _RULES)
    stated = version or (found[1] if found else checkout.version if checkout else None)
    if stated is None:
        raise UsageError(
            "the path does not state the version of the rules", where=path, todo="pass --set-version"
        )
    called = checkout.repository if checkout else stem[: found.start()] if found else stem
    slug = _NOT_IN_A_NAME.sub("-", called.casefold()).strip("-")
    own = any(slug.startswith(each) for each in publisher.repository)
    return name or (publisher.word if own else slug or "rules"), stated


def _repeated(rule: DetectionRule, known: DetectionRule) -> Problem:
    same = "the same rule" if known.sha256 == rule.sha256 else "another rule"
    message = f"{same} has the id {rule.id} in {known.path}; only that one is loaded"
    return Problem(rule.path, f"line {rule.line}", "repeated-id", message, Severity.SKIPPED, rule.sha256)


def _unknown_log_sources(unknown: Mapping[str, Sequence[DetectionRule]]) -> Iterator[Problem]:
    """Yield a note for each log source that no row of the table knows, at the first rule that reads it."""
    for log_source, readers in unknown.items():
        rule, count = readers[0], len(readers)
        rules = "1 rule" if count == 1 else f"{count} rules"
        message = f"log source {log_source} is not mapped ({rules}); map it with --aliases"
        yield Problem(
            rule.path, f"line {rule.line}", "unknown-log-source", message, Severity.NOTE, rule.sha256
        )

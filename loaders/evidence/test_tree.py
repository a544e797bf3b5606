"""The tests of a folder, archive or file as one set."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from loaders.evidence.model import EvidenceSet, SetLabel
from loaders.evidence.rows import set_loadable
from loaders.evidence.rule import RuleTest
from loaders.evidence.rule_tree import Piece, Publisher
from loaders.evidence.test_rows import rows_of_tests
from loaders.loadable import Loadable
from loaders.reading.problems import Problem, Severity
from loaders.reading.record import Record


@dataclass(frozen=True, slots=True)
class ReadTests:
    """The tests that were read.

    Attributes:
        evidence: the set, which has no evidence of its own.
        tests: in the order of the source.
    """

    evidence: EvidenceSet
    tests: tuple[RuleTest, ...]

    def loadable(self) -> Loadable:
        """Return the set, ready to be loaded."""
        return set_loadable(self.evidence, rows_of_tests(self.evidence, self.tests))


@dataclass(slots=True)
class GatheredTests:
    """What has been read so far.

    Attributes:
        tests: by their folded ids.
        records: of every document, the rejected ones included.
        problems: in the order found.
        files: SHA-256 of each file.
        pieces: tests, and documents without one.
    """

    tests: dict[str, RuleTest] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    pieces: int = 0

    def lost(self, problem: Problem) -> None:
        """Count a piece that cannot be taken."""
        self.pieces += 1
        self.problems.append(problem)

    def take(self, piece: Piece, found: Iterable[RuleTest | Problem]) -> None:
        """Keep the tests of a document, and what is odd about it."""
        self.files.add(piece.source.sha256)
        self.records.append(piece.record)
        for each in found:
            if isinstance(each, RuleTest):
                self._add(each)
            elif each.severity is Severity.NOTE:
                self.problems.append(each)
            else:
                self.lost(each)

    def _add(self, test: RuleTest) -> None:
        self.pieces += 1
        known = self.tests.setdefault(test.id.casefold(), test)
        if known is not test:
            message = f"another test has the id {test.id} in {known.path}; only that one is loaded"
            place = f"line {test.line}"
            self.problems.append(
                Problem(test.path or "", place, "repeated-id", message, Severity.SKIPPED, test.sha256)
            )

    def tree(self, path: str, publisher: Publisher, name: str, version: str) -> ReadTests:
        """Return what was read as a set."""
        tests = tuple(self.tests.values())
        evidence = EvidenceSet(
            label=SetLabel.TESTS,
            name=name,
            version=version,
            kind=publisher.word,
            publisher=publisher.name if name in publisher.sets else None,
            source_name=path,
            file_sha256=next(iter(self.files)) if len(self.files) == 1 else None,
            records=tuple(self.records),
            problems=tuple(self.problems),
            pieces=self.pieces,
            stored=len(tests),
            tests=len(tests),
        )
        return ReadTests(evidence, tests)

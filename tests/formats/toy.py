"""A format that is nobody's, in one file: a rule is a line `id | title | technique | log source | test`."""

from collections.abc import Iterator

from loaders.evidence.model import Category, Claim, EvidenceSet, Origin, SetLabel
from loaders.evidence.rows import set_loadable
from loaders.evidence.rule import DetectionRule, Reads, RuleTest
from loaders.evidence.rule_rows import rule_rows
from loaders.formats import SET, SET_VERSION, STRICT, Naming, Option, Source, Takes
from loaders.loadable import Loadable
from loaders.reading.problems import Problem, Severity
from loaders.reading.record import Record
from tests.formats.example import Example


class Toy:
    takes = Takes.FILES
    options = (SET, SET_VERSION, STRICT, Option("loud", "", "Write titles in capital letters."))
    help = "A line is a rule."

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable]:
        file = source.file()
        records = [Record(line.encode(), "text/plain") for line in file.data.decode().splitlines()]
        read = [_rule(file.path, number, record) for number, record in enumerate(records, 1)]
        rules = tuple(rule for rule in read if isinstance(rule, DetectionRule))
        found = EvidenceSet(
            label=SetLabel.RULES,
            name=naming.name or "toy",
            version=naming.version or "1",
            kind="toy",
            source_name=file.path,
            items=rules,
            records=tuple(records),
            problems=tuple(rule for rule in read if isinstance(rule, Problem)),
            pieces=len(records),
        )
        remarks = tuple(rule.title.upper() for rule in rules if "loud" in source.options)
        yield set_loadable(found, rule_rows(found, rules), remarks=remarks)


def _rule(path: str, number: int, record: Record) -> DetectionRule | Problem:
    parts = [part.strip() for part in record.data.decode().split("|")]
    place, sha256 = f"line {number}", record.sha256
    if len(parts) != 5:
        return Problem(path, place, "not-a-rule", "a rule has five parts", Severity.SKIPPED, sha256)
    id_, title, technique, source, test = parts
    claim = Claim(attack_id=technique, category=Category.DETECT, origin=Origin(path, place, sha256))
    tried = RuleTest(id=test, kind="toy", title=test, sha256=sha256, exercises=(technique,))
    return DetectionRule(
        id=id_, title=title, sha256=sha256, path=path, claims=(claim,), reads=(Reads(source),), tests=(tried,)
    )


TOY = Toy()
EXAMPLE = Example(
    first={"toy.txt": "a | One | T1528 | azure:signinlogs | try a\nno rule\n"},
    other={"toy.txt": "a | One | T1078 | azure:signinlogs | try a\n"},
    broken={"toy.txt": "no rule\n"},
)

"""Rules read from folders, archives and files, and what is found in them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.errors import UsageError
from loaders.checking.against_attack import judged
from loaders.checking.finding import CODES, Finding, Level
from loaders.checking.official import BundleOfficial, Official, Shelf
from loaders.checking.places import Texts, stated
from loaders.evidence.read_rules import AnyRule, ReadRules
from loaders.formats import FORMATS, RuleFormat, Source
from loaders.formats.attack.bundle import read_bundle
from loaders.reading.problems import Problem, Severity
from loaders.reading.sources import read_file

_RULE_OF_REPEATED = "repeated-id"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of some paths brought.

    Attributes:
        findings: in the order of files and lines.
        rules: every rule that was read.
    """

    findings: tuple[Finding, ...]
    rules: tuple[AnyRule, ...]


def rule_formats() -> list[str]:
    """Return the words of the formats that are rules, in the order of FORMATS."""
    return [word for word, entry in FORMATS.items() if isinstance(entry.load(), RuleFormat)]


def officials(paths: Iterable[str]) -> list[Official]:
    """Return the releases in bundles of ATT&CK.

    Raises:
        InputRejectedError: a file is not a bundle of ATT&CK.
        UsageError: a bundle neither states its release nor is recognized.
    """
    return [_official(path) for path in paths]


def _official(path: str) -> Official:
    name, _, version = path.rpartition("=")
    bundle = read_bundle(read_file(name or path))
    known = version if name else bundle.version
    if known is None:
        raise UsageError("does not state its release", where=path, todo="write FILE=18.1")
    return BundleOfficial(bundle, known)


def checked(
    paths: Sequence[str], word: str, attack: Shelf | None, options: Mapping[str, tuple[str, ...]]
) -> Checked:
    """Return what is found in the rules under `paths`.

    Args:
        paths: folders, .zip archives and files.
        word: of the format of the rules.
        attack: what they are held against; None where nothing of ATT&CK is at hand.
        options: of the format, such as `aliases`.

    Raises:
        InputRejectedError: nothing can be read there.
        UsageError: the format is not one of rules.
    """
    format_ = FORMATS[word].load() if word in FORMATS else None
    if not isinstance(format_, RuleFormat):
        raise UsageError(
            "is not a format of rules", where=word, todo=f"available: {', '.join(rule_formats())}"
        )
    findings: list[Finding] = []
    rules: list[AnyRule] = []
    for path in paths:
        read = format_.rules(Source((path,), options=options))
        rules += read.rules
        findings += _found(path, read, attack)
    findings += _repeated_over_paths(rules)
    return Checked(tuple(sorted(findings, key=_by_place)), tuple(rules))


def _by_place(finding: Finding) -> tuple[str, int, int, str, str]:
    return (finding.file, finding.line or 0, finding.column or 0, finding.code, finding.message)


def _found(path: str, read: ReadRules, attack: Shelf | None) -> Iterator[Finding]:
    by_record = {rule.sha256: rule for rule in read.rules}
    yield from (_of_problem(problem, by_record.get(problem.sha256 or "")) for problem in read.problems)
    if attack is None:
        return
    texts = Texts(path, read.suffixes)
    for rule in read.rules:
        for judgement in judged(rule, attack):
            line, column = texts.place(rule, judgement)
            yield Finding(
                file=rule.path,
                line=line,
                column=column,
                code=judgement.code,
                level=CODES[judgement.code].level,
                message=judgement.message,
                todo=judgement.todo,
                rule=rule.id,
                subject=judgement.claim.attack_id if judgement.claim else judgement.tactic,
            )


def _of_problem(problem: Problem, rule: AnyRule | None) -> Finding:
    line, column = stated(problem.pointer)
    message, _, todo = problem.message.rpartition("; ")
    return Finding(
        file=problem.path,
        line=line,
        column=column,
        code=problem.code,
        level=_level(problem),
        message=message or problem.message,
        todo=todo if message else None,
        rule=rule.id if rule else None,
        subject=None,
    )


def _level(problem: Problem) -> Level:
    if problem.code in CODES:
        return CODES[problem.code].level
    return Level.NOTE if problem.severity is Severity.NOTE else Level.ERROR


def _repeated_over_paths(rules: Sequence[AnyRule]) -> Iterator[Finding]:
    """Yield a finding for each rule whose id a rule of an earlier path has; within a path, reading reports it."""
    first: dict[str, AnyRule] = {}
    for rule in rules:
        known = first.setdefault(rule.id.casefold(), rule)
        if known is not rule:
            yield Finding(
                file=rule.path,
                line=rule.line,
                column=None,
                code=_RULE_OF_REPEATED,
                level=CODES[_RULE_OF_REPEATED].level,
                message=f"a rule in {known.path} has the id {rule.id}",
                todo="give one of them an id of its own",
                rule=rule.id,
                subject=rule.id,
            )

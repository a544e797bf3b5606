"""The rules of a folder, archive or file as one set."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from graph.errors import UsageError
from loaders.evidence.fields import NotARuleError
from loaders.evidence.model import EvidenceSet, SetLabel
from loaders.evidence.rule import RuleTest
from loaders.formats.sigma.parse import parse_rule
from loaders.formats.sigma.regression import is_regression, parse_regression
from loaders.formats.sigma.rule import Family, Rule
from loaders.reading.checkout import Checkout, checkout_of
from loaders.reading.one_file import USUAL, Limits, SourceFile
from loaders.reading.problems import Problem, Severity
from loaders.reading.record import Record
from loaders.reading.sources import read_tree
from loaders.reading.yaml_text import YamlDocument, documents
from loaders.tables.aliases import Aliases
from loaders.tables.sigma_sources import SigmaLogSource, Table

KIND = "sigma"
SUFFIXES = (".yml", ".yaml")
MEDIA = "application/yaml"

# The form of SigmaHQ's release names; its archives carry it in their file names.
_SIGMAHQ_RELEASE = re.compile(r"r\d{4}-\d{2}-\d{2}", re.ASCII)
_SIGMAHQ_ORIGIN = re.compile(r"github\.com[/:]SigmaHQ/sigma(?:\.git)?/?$", re.IGNORECASE)
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class SigmaSet:
    """The rules that were read.

    Attributes:
        evidence: the set; its items are rules.
        rules: the same items, typed.
        applied: how many `action: global` documents there were: they are no rules of their own.
        values: id -> what the rule's document says, that of global documents included.
        tests: id of a rule -> the regression tests beside it.
    """

    evidence: EvidenceSet
    rules: tuple[Rule, ...]
    applied: int
    values: Mapping[str, Mapping[str, object]]
    tests: Mapping[str, tuple[RuleTest, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Gathering:
    """What has been read so far."""

    table: Table
    rules: dict[str, Rule] = field(default_factory=dict)
    values: dict[str, Mapping[str, object]] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    documents: int = 0
    applied: int = 0
    inherited: dict[str, int] = field(default_factory=dict)
    tests: list[RuleTest] = field(default_factory=list)
    described: int = 0

    def take(self, entry: SourceFile | Problem) -> None:
        if isinstance(entry, Problem):
            self.documents += 1
            self.problems.append(entry)
            return
        self.files.append(entry.sha256)
        self.inherited = {}
        shared: Mapping[str, object] = {}
        previous: Mapping[str, object] = {}
        for document in documents(entry):
            self.documents += 1
            if isinstance(document, Problem):
                self.problems.append(document)
                continue
            self.records.append(Record(document.raw, MEDIA))
            if is_regression(document.value):
                self._test(entry.path, document)
                continue
            action = document.value.get("action")
            own = {key: value for key, value in document.value.items() if key != "action"}
            if action == "global":
                shared, self.applied = own, self.applied + 1
                continue
            if action == "reset":
                shared = {}
            previous = _merged(previous if action == "repeat" else shared, own)
            self._add(entry.path, document, previous, own_id="id" in own)

    def _test(self, path: str, document: YamlDocument) -> None:
        """Keep the regression tests of a document; the document is stored if one of them is."""
        found = list(parse_regression(path, document))
        tests = [each for each in found if isinstance(each, RuleTest)]
        self.problems.extend(each for each in found if isinstance(each, Problem))
        self.tests.extend(tests)
        self.described += bool(tests)

    def _add(self, path: str, document: YamlDocument, values: Mapping[str, object], *, own_id: bool) -> None:
        try:
            rule, notes = parse_rule(path, document, values, self.table)
        except NotARuleError as refused:
            self.problems.append(refused.problem)
            return
        self.problems.extend(notes)
        if not own_id and "id" in values:
            rule = replace(rule, id=self._ordinal(rule.id))
        known = self.rules.get(rule.id.casefold())
        if known is None:
            self.rules[rule.id.casefold()] = rule
            self.values[rule.id] = values
            return
        same = "the same rule" if known.sha256 == rule.sha256 else "another rule"
        message = f"{same} has the id {rule.id} in {known.path}; only that one is loaded"
        place = f"line {document.locate('/id')}"
        self.problems.append(Problem(path, place, "repeated-id", message, Severity.SKIPPED, rule.sha256))

    def _ordinal(self, inherited: str) -> str:
        """Return the id of the next rule that has it from a global document: the first as it is, then `ID.2`, ..."""
        self.inherited[inherited] = self.inherited.get(inherited, 0) + 1
        count = self.inherited[inherited]
        return inherited if count == 1 else f"{inherited}.{count}"


def read_sigma(
    path: str,
    *,
    name: str | None = None,
    version: str | None = None,
    tables: Aliases | None = None,
    limits: Limits = USUAL,
) -> SigmaSet:
    """Return the rules under `path` (folder, .zip, file) as one set.

    Args:
        path: where the rules are.
        name: of the set; left out, what SigmaHQ publishes is `sigmahq`, a folder of a git checkout has its
            repository's name, others have their folder's or file's name.
        version: of the set; left out, the release in the path, such as r2026-04-01, or the commit of a git checkout.
        tables: the log-source tables to use.
        limits: how much may be read.

    Raises:
        InputRejectedError: nothing can be read there.
        UsageError: no version is given and the path does not state one.
    """
    named, dated = set_name(path, name, version)
    tables = tables or Aliases()
    gathered = _Gathering(tables.sigma)
    for entry in read_tree(path, SUFFIXES, limits):
        gathered.take(entry)
    rules, notes = _linked(tuple(gathered.rules.values()))
    tests, strays = _tests_of(rules, gathered.tests)
    problems = (*gathered.problems, *notes, *strays, *_unknown_log_sources(rules, tables.sigma))
    digests = set(gathered.files)
    evidence = EvidenceSet(
        label=SetLabel.RULES,
        name=named,
        version=dated,
        kind=KIND,
        publisher="SigmaHQ" if named == "sigmahq" else None,
        source_name=path,
        file_sha256=digests.pop() if len(digests) == 1 else None,
        items=rules,
        records=tuple(gathered.records),
        problems=problems,
        pieces=gathered.documents,
        stored=len(rules) + gathered.applied + gathered.described,
    )
    return SigmaSet(evidence, rules, gathered.applied, gathered.values, tests)


def _tests_of(
    rules: tuple[Rule, ...], tests: Iterable[RuleTest]
) -> tuple[Mapping[str, tuple[RuleTest, ...]], tuple[Problem, ...]]:
    """Return the tests of each rule of the set, and a note for each rule that is tested and not in it."""
    known = {rule.id.casefold(): rule.id for rule in rules}
    found: dict[str, tuple[RuleTest, ...]] = {}
    strays = []
    for test in tests:
        for rule_id in test.rule_ids:
            own = known.get(rule_id.casefold())
            if own is None:
                message = f"tests the rule {rule_id!r}, which is not in this set"
                place = f"line {test.line}"
                strays.append(
                    Problem(test.path or "", place, "unknown-rule", message, Severity.NOTE, test.sha256)
                )
            else:
                found[own] = (*found.get(own, ()), replace(test, rule_ids=()))
    return found, tuple(strays)


def set_name(path: str, name: str | None, version: str | None) -> tuple[str, str]:
    """Return what the set is called, from what the user says and else from its path.

    Raises:
        UsageError: neither says the version.
    """
    if name is not None and version is not None:
        return name, version
    stem = PurePath(path).name.removesuffix(".zip").removesuffix(".yml").removesuffix(".yaml")
    release = _SIGMAHQ_RELEASE.search(stem)
    if release:
        slug = _slug(stem.replace(release[0], ""))
        return name or ("sigmahq" if slug.startswith("sigma") else slug or "rules"), version or release[0]
    checkout = checkout_of(path, SUFFIXES)
    stated = version or (checkout.version if checkout else None)
    if stated is None:
        raise UsageError(
            "the path does not state the version of the rules", where=path, todo="pass --set-version"
        )
    return name or (_of_repository(checkout) if checkout else _slug(stem)) or "rules", stated


def _of_repository(checkout: Checkout) -> str:
    own = _SIGMAHQ_ORIGIN.search(checkout.origin or "")
    return "sigmahq" if own else _slug(checkout.repository)


def _slug(text: str) -> str:
    return _NOT_IN_A_NAME.sub("-", text.casefold()).strip("-")


def _merged(base: Mapping[str, object], own: Mapping[str, object]) -> dict[str, object]:
    """Return `own` on top of `base`, mappings merged at every level, as `action: global` means it."""
    merged = dict(base)
    for key, value in own.items():
        below = merged.get(key)
        merged[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged


def _linked(rules: tuple[Rule, ...]) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    """Return the rules, correlation rules with the log sources and platforms of the rules that they count."""
    names = _Names.of(rules)
    problems: list[Problem] = []
    resolved = [_resolved(rule, names, problems) for rule in rules]
    by_id = {rule.id: rule for rule in resolved}
    linked = [_counting(rule, by_id) if rule.family is Family.CORRELATION else rule for rule in resolved]
    return tuple(linked), tuple(problems)


@dataclass(frozen=True, slots=True)
class _Names:
    """By what the rules of a set can be referred to: folded id -> id; name -> rules."""

    ids: Mapping[str, str]
    named: Mapping[str, tuple[Rule, ...]]

    @classmethod
    def of(cls, rules: tuple[Rule, ...]) -> "_Names":
        named: dict[str, tuple[Rule, ...]] = {}
        for rule in rules:
            if rule.name:
                named[rule.name] = (*named.get(rule.name, ()), rule)
        return cls({rule.id.casefold(): rule.id for rule in rules}, named)

    def meant(self, rule: Rule, reference: str) -> tuple[str, ...]:
        """Return the ids that a reference of `rule` can mean: a name in its own file is nearer than one elsewhere."""
        if reference.casefold() in self.ids:
            return (self.ids[reference.casefold()],)
        others = [each for each in self.named.get(reference, ()) if each.id != rule.id]
        own = tuple(each.id for each in others if each.path == rule.path)
        return own or tuple(each.id for each in others)


def _resolved(rule: Rule, names: _Names, problems: list[Problem]) -> Rule:
    """Return the rule with the ids of the rules that it is about; what is unknown or ambiguous is a note."""
    about: list[str] = []
    for reference in rule.refers_to:
        meant = names.meant(rule, reference)
        if len(meant) == 1:
            about.extend(meant)
        else:
            problems.append(_bad_reference(rule, reference, len(meant)))
    return replace(rule, about=tuple(dict.fromkeys(about)))


def _bad_reference(rule: Rule, name: str, rules: int) -> Problem:
    code, message = "unknown-rule", f"refers to the rule {name!r}, which is not in this set"
    if rules:
        code = "ambiguous-rule"
        message = f"refers to the name {name!r}, which {rules} rules have; none is used; refer to an id"
    return Problem(rule.path, f"line {rule.line}", code, message, Severity.NOTE, rule.sha256)


def _counting(rule: Rule, by_id: Mapping[str, Rule]) -> Rule:
    counted = list(_detections(rule, by_id, {rule.id}))
    sources = tuple(dict.fromkeys(source for each in counted for source in each.log_sources))
    platforms = tuple(sorted({platform for each in counted for platform in each.platforms}))
    runs_on = tuple(sorted({platform for each in counted for platform in each.runs_on}))
    return replace(
        rule,
        log_sources=rule.log_sources or sources,
        platforms=rule.platforms or platforms,
        runs_on=rule.runs_on or runs_on,
    )


def _detections(rule: Rule, by_id: Mapping[str, Rule], seen: set[str]) -> Iterator[Rule]:
    """Yield the rules that a correlation rule counts, those of the correlation rules among them included."""
    for counted in rule.about:
        if counted in seen:
            continue
        seen.add(counted)
        each = by_id[counted]
        if each.family is Family.CORRELATION:
            yield from _detections(each, by_id, seen)
        else:
            yield each


def _unknown_log_sources(rules: Iterable[Rule], table: Table) -> Iterator[Problem]:
    """Yield a note for each log source that no row of the table knows, at the first rule that reads it."""
    first: dict[SigmaLogSource, Rule] = {}
    counts: dict[SigmaLogSource, int] = {}
    for rule in rules:
        for source in rule.log_sources:
            if source not in table:
                first.setdefault(source, rule)
                counts[source] = counts.get(source, 0) + 1
    for source, rule in first.items():
        count = "1 rule" if counts[source] == 1 else f"{counts[source]} rules"
        message = f"log source {source.in_words} is not mapped ({count}); map it with --aliases"
        yield Problem(
            rule.path, f"line {rule.line}", "unknown-log-source", message, Severity.NOTE, rule.sha256
        )

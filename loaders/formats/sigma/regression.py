"""SigmaHQ's regression tests: what `regression_data/**/info.yml` says of the events that a rule must find.

A file names the rules that it is for and the runs that were made; one without a run is no test.
"""

from collections.abc import Iterator, Mapping

from graph.identifiers import LONGEST_NAME
from graph.record import sha256_hex
from loaders.evidence.fields import Fields, NotARuleError
from loaders.evidence.rule import RuleTest
from loaders.reading.problems import Problem
from loaders.reading.yaml_text import YamlDocument

KIND = "sigma-regression"
_RULES, _RUNS = "rule_metadata", "regression_tests_info"
_PLATFORMS = {"evtx": ("Windows",)}
"""Form of the recorded events -> the platforms that write it."""


def is_regression(values: Mapping[str, object]) -> bool:
    """Tell whether a document is the description of a regression test, and not a rule."""
    return bool({_RULES, _RUNS} & set(values)) and "detection" not in values


def parse_regression(path: str, document: YamlDocument) -> Iterator[RuleTest | Problem]:
    """Yield the tests of a file, one for each run, and what is odd about it."""
    fields = Fields(path, sha256_hex(document.raw), document.value, document.locate)
    try:
        yield from _tests(fields)
    except NotARuleError as refused:
        yield refused.problem
    yield from dict.fromkeys(fields.problems)


def _tests(fields: Fields) -> Iterator[RuleTest]:
    id_ = fields.text("id")
    if not is_regression(fields.values) or id_ is None or len(id_) > LONGEST_NAME:
        raise fields.refuse("", "not-a-test", "has no id and rules; not a regression test of SigmaHQ")
    rules = [(each.text("id"), each.text("title")) for each in fields.mappings(_RULES)]
    runs = fields.mappings(_RUNS)
    if not runs:
        raise fields.refuse(f"/{_RULES}", "no-run", f"has no {_RUNS}, so nothing was tested; add one")
    author, on = fields.text("author"), fields.day("date")
    for number, run in enumerate(runs, 1):
        named = run.text("name") or "Test"
        titles = ", ".join(title for _, title in rules if title)
        yield RuleTest(
            id=id_ if len(runs) == 1 else f"{id_}/{number}",
            kind=KIND,
            title=f"{named}: {titles}" if titles else named,
            sha256=fields.sha256,
            platforms=_PLATFORMS.get((run.text("type") or "").casefold(), ()),
            on=on,
            author=author,
            rule_ids=tuple(rule for rule, _ in rules if rule),
            path=fields.path,
            line=fields.locate(run.at),
        )

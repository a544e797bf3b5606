"""Compiling rules to query languages."""

from pathlib import Path

import pytest

from graph.errors import UsageError
from loaders.formats.sigma.collection import SigmaSet, read_sigma
from loaders.formats.sigma.dialects import DIALECTS, Dialect, dialects
from loaders.formats.sigma.validation import validate

GOOD, BAD, MANY = (f"6f1e0c9e-0000-4000-8000-00000000000{number}" for number in range(3))

DETECTION = """\
title: Failed login
id: {id}
name: failed
logsource: {{product: windows, category: process_creation}}
detection: {{s: {{Image|endswith: '{value}'}}, condition: s}}
"""
CORRELATION = """\
title: Many failed logins
id: {id}
correlation: {{type: event_count, rules: [failed], group-by: [User], timespan: 1h, condition: {{gte: 10}}}}
"""


@pytest.fixture
def read(tmp_path: Path) -> SigmaSet:
    (tmp_path / "a.yml").write_text(DETECTION.format(id=GOOD, value="x.exe"), encoding="utf-8")
    (tmp_path / "b.yml").write_text(CORRELATION.format(id=MANY), encoding="utf-8")
    (tmp_path / "c.yml").write_text(
        DETECTION.format(id=BAD, value="x")
        .replace("condition: s", "condition: nosuch")
        .replace("failed", "c"),
        encoding="utf-8",
    )
    return read_sigma(str(tmp_path), version="1")


@pytest.mark.parametrize("dialect", DIALECTS, ids=lambda each: each.key)
def test_a_rule_compiles_or_says_why_not(read: SigmaSet, dialect: Dialect) -> None:
    pytest.importorskip(dialect.backend[0])
    errors = {result.rule: result.error for result in validate(read, [dialect])}
    assert errors[GOOD] is None
    assert "nosuch" in str(errors[BAD])
    assert set(errors) == {GOOD, BAD, MANY}


def test_a_correlation_rule_compiles_with_the_rules_that_it_counts(read: SigmaSet) -> None:
    pytest.importorskip("sigma.backends.splunk")
    errors = {result.rule: result.error for result in validate(read, dialects(["splunk"]))}
    assert errors[MANY] is None


def test_the_result_names_the_versions() -> None:
    pytest.importorskip("sigma.backends.splunk")
    (splunk,) = dialects(["splunk"])
    assert splunk.version.startswith("pysigma-backend-splunk 2.")
    assert ", pysigma 1." in splunk.version


def test_all_names_every_dialect() -> None:
    assert dialects(["all"]) == DIALECTS
    assert [each.key for each in dialects(["esql", "splunk", "esql"])] == ["esql", "splunk"]


def test_an_unknown_dialect_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="there is no dialect sql; choose one of: all, splunk, lucene"):
        dialects(["splunk", "sql"])


def test_without_the_extra_the_message_says_what_to_install(read: SigmaSet) -> None:
    absent = Dialect("x", "X", "pysigma-backend-x", ("nosuchmodule", "X"), ("nosuchmodule", "x"))
    with pytest.raises(UsageError, match=r"needs pysigma-backend-x.*--require-hashes -r .*sigma\.lock"):
        list(validate(read, [absent]))

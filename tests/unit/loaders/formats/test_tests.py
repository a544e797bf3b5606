"""Tests as they are published: of Atomic Red Team, and SigmaHQ's regression tests."""

import gzip
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from loaders.formats import Naming, Source
from loaders.formats.atomic.format import read_atomic
from loaders.formats.elastic.format import read_elastic
from loaders.formats.sigma.collection import read_sigma
from loaders.formats.sigma.tests_format import read_sigma_tests
from loaders.formats.splunk.format import read_splunk
from tests.formats.atomic import FILE
from tests.formats.sigma import RULE
from tests.formats.sigma_tests import INFO, WITHOUT_A_RUN
from tests.real_data import real_data


def test_a_test_of_atomic_red_team(tmp_path: Path) -> None:
    (tmp_path / "T1528.yaml").write_text(FILE.format(guid="a", platform="azure-ad"))
    found = read_atomic(Source((str(tmp_path),)), Naming("mine", "1"))
    (test,) = found.tests
    assert (test.id, test.kind, test.title, test.author) == ("a", "atomic", "Try it", "Atomic Red Team")
    assert (test.exercises, test.platforms, test.watched) == (("T1528",), ("Identity Provider",), ("azure",))
    assert test.line == FILE.splitlines().index("- name: Try it") + 1
    codes = sorted((problem.code, problem.pointer) for problem in found.evidence.problems)
    assert codes == [("no-guid", "line 11"), ("unknown-platform", "line 9")]
    assert (found.evidence.pieces, found.evidence.stored) == (2, 1)


def test_a_repeated_guid_is_reported(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.yaml").write_text(FILE.format(guid="g", platform="linux"))
    found = read_atomic(Source((str(tmp_path),)), Naming("mine", "1"))
    assert (
        len(found.tests),
        Counter(problem.code for problem in found.evidence.problems)["repeated-id"],
    ) == (1, 1)


def test_a_regression_test_is_of_the_rules_that_it_names(tmp_path: Path) -> None:
    (tmp_path / "info.yml").write_text(INFO.format(id="a", rule="r"))
    (test,) = read_sigma_tests(Source((str(tmp_path),)), Naming("mine", "1")).tests
    assert (test.rule_ids, test.on, test.author, test.platforms) == (
        ("r",),
        "2026-03-11",
        "Somebody",
        ("Windows",),
    )


def test_load_sigma_reads_the_tests_beside_the_rules(tmp_path: Path) -> None:
    for name, text in {
        "rules/a.yml": RULE.format(id="a"),
        "regression_data/a/info.yml": INFO.format(id="t", rule="A"),
        "regression_data/b/info.yml": INFO.format(id="u", rule="gone"),
        "regression_data/c/info.yml": WITHOUT_A_RUN,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    read = read_sigma(str(tmp_path), name="mine", version="1")
    assert [test.id for test in read.tests["a"]] == ["t"]
    codes = {problem.code for problem in read.evidence.problems}
    assert codes >= {"unknown-rule", "no-run"}
    assert (read.evidence.pieces, read.evidence.stored) == (4, 3)


@pytest.mark.data
def test_the_tests_of_atomic_red_team() -> None:
    found = read_atomic(Source((str(real_data() / "rules" / "atomic-red-team-2026-08-17.zip"),)), Naming())
    assert (found.evidence.key, found.evidence.problems) == ("atomic@2026-08-17", ())
    assert len(found.tests) == 1819
    exercised = {attack_id for test in found.tests for attack_id in test.exercises}
    live = {attack_id for attack_id, dead in techniques_of_19().items() if not dead}
    assert (len(exercised), len(exercised & live), len(live)) == (341, 341, 697)
    assert Counter(name for test in found.tests for name in test.platforms).most_common(1) == [
        ("Windows", 1225)
    ]


@pytest.mark.data
def test_the_regression_tests_of_sigmahq() -> None:
    path = real_data() / "rules" / "sigma-regression-r2026-04-01.zip"
    found = read_sigma_tests(Source((str(path),)), Naming())
    assert (found.evidence.key, found.evidence.publisher) == ("sigmahq-tests@r2026-04-01", "SigmaHQ")
    assert [problem.code for problem in found.evidence.problems] == ["no-run"]
    tested = {rule for test in found.tests for rule in test.rule_ids}
    rules = read_sigma(str(real_data() / "sigma" / "sigma-rules-r2026-04-01.zip")).rules
    assert (len(found.tests), len(tested & {rule.id for rule in rules})) == (169, 169)
    assert all(test.on for test in found.tests)


@pytest.mark.data
def test_how_many_claims_are_on_ids_that_19_revokes() -> None:
    dead = {attack_id for attack_id, revoked in techniques_of_19().items() if revoked}
    elastic = read_elastic(
        Source((str(real_data() / "rules" / "elastic-detection-rules-2026-08-21.zip"),)), Naming()
    )
    splunk = read_splunk(
        Source((str(real_data() / "rules" / "splunk-security-content-2024-10-24.zip"),)), Naming()
    )
    claims = [claim.attack_id for rule in splunk.rules for claim in rule.claims]
    assert len({claim.attack_id for rule in elastic.rules for claim in rule.claims} & dead) == 12
    assert sum(attack_id in dead for attack_id in claims) == 223


def techniques_of_19() -> Mapping[str, bool]:
    """Technique id -> whether it is revoked or deprecated, a live one before a dead one."""
    bundle = json.loads(
        gzip.decompress((real_data() / "attack" / "enterprise-attack-19.1.json.gz").read_bytes())
    )
    found: dict[str, bool] = {}
    for each in bundle["objects"]:
        if each["type"] == "attack-pattern":
            (attack_id,) = [
                reference["external_id"]
                for reference in each["external_references"]
                if reference["source_name"] == "mitre-attack"
            ]
            dead = bool(each.get("revoked") or each.get("x_mitre_deprecated"))
            found[attack_id] = found.get(attack_id, True) and dead
    return found

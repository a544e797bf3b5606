"""The commands through the releases on ICS, on mobile, and on releases of 2021 and 2022, which have no components."""

import json
from pathlib import Path

import pytest

from graph.server.connection import connect
from graph.server.settings import Target
from loaders.reading.sources import read_file
from tests.conftest import wipe
from tests.integration.cli.conftest import Sightline
from tests.loads import load_attack, load_sigma

pytestmark = pytest.mark.integration
RULE = """title: Old
id: 00000000-0000-4000-8000-000000000001
status: test
logsource: {product: windows, category: process_creation}
detection: {selection: {a: b}, condition: selection}
tags: [attack.t1053.001, attack.execution]
"""
PAIRS = (("ics", "17.1", "18.1"), ("mobile", "17.1", "18.1"), ("enterprise", "9.0", "11.3"))
MENDED = ("enterprise", "18.0", "18.1")
"""A release that was mended eight days later."""


@pytest.fixture(scope="module")
def loaded(server: Target, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Target:
    folder = tmp_path_factory.mktemp("rules")
    (folder / "old.yml").write_text(RULE)
    with connect(server, patience=20) as graph:
        wipe(graph)
        for domain, *versions in (*PAIRS, MENDED):
            for version in versions:
                bundle = read_file(str(data / "attack" / f"{domain}-attack-{version}.json.gz"))
                load_attack(graph, bundle, release=f"{domain}-attack@{version}")
        load_sigma(graph, str(folder), set_name="ours", set_version="1")
    return server


@pytest.mark.parametrize(("domain", "before", "after"), PAIRS)
def test_every_domain_and_old_releases_are_compared(
    sightline: Sightline, domain: str, before: str, after: str
) -> None:
    words = (before, after, "--domain", domain, "--format", "json")
    run = sightline("diff", *words, "--names", "--paths", "--evidence", "--rules")
    assert run.code == 0, run.err
    found = json.loads(run.out)
    assert (found["before"], found["after"]) == (f"{domain}-attack@{before}", f"{domain}-attack@{after}")
    assert sum(counts["added"] + counts["content"] for counts in found["objects"].values()) > 0
    assert len(found["paths"]) == 5
    named = [each for each in found["names"] if each["type"] == "Technique" and each["change"] == "added"]
    assert len(named) == found["objects"]["Technique"]["added"]


@pytest.mark.parametrize(("domain", "before", "after"), PAIRS)
def test_the_order_is_refused_when_swapped(
    sightline: Sightline, domain: str, before: str, after: str
) -> None:
    for words in (("diff", after, before), ("plan", "upgrade", before, "--from", after)):
        run = sightline(*words, "--domain", domain)
        assert run.code == 2
        assert f"{domain}-attack@{after} is newer than {domain}-attack@{before}" in run.err


@pytest.mark.parametrize(("domain", "before", "after"), PAIRS)
def test_an_upgrade_and_coverage_over_releases(
    sightline: Sightline, domain: str, before: str, after: str
) -> None:
    run = sightline("plan", "upgrade", after, "--domain", domain, "--format", "json")
    assert run.code == 0, run.err
    found = json.loads(run.out)
    assert found["before"] == f"{domain}-attack@{before}"
    assert sum(each["after"] for each in found["coverage"]) > 0
    over = sightline("coverage", "--over", f"{before},{after}", "--domain", domain, "--format", "json")
    assert over.code == 0, over.err
    assert {len(row["counts"]) for row in json.loads(over.out)} == {2}


def test_what_an_old_release_deprecated_has_no_successor(sightline: Sightline, tmp_path: Path) -> None:
    """T1053.001, At (Linux), was revoked by T1053.002 in 11."""
    patch = tmp_path / "patch.json"
    run = sightline("plan", "upgrade", "11.3", "--set", "ours", "--patch", str(patch), "--section", "claims")
    assert run.code == 0, run.err
    (entry,) = json.loads(patch.read_text())["techniques"]
    assert (entry["old"], entry["new"], entry["line"]) == ("attack.t1053.001", "attack.t1053.002", 6)


def test_what_was_mended_without_another_version(sightline: Sightline) -> None:
    param = [word for name, version in (("before", "18.0"), ("after", "18.1"))
             for word in ("--param", f"{name}=enterprise-attack@{version}")]  # fmt: skip
    rows = json.loads(sightline("query", "releases.silent-changes", *param, "--format", "json").out)
    same = [row["type"] for row in rows if row["same_version"]]
    assert (same.count("Analytic"), same.count("DataComponent")) == (323, 71)


def test_two_domains_are_no_pair(sightline: Sightline) -> None:
    run = sightline("diff", "ics-attack@17.1", "mobile-attack@18.1")
    assert run.code == 2
    assert "are of two domains" in run.err
    assert sightline("coverage", "--over", "ics-attack@17.1,mobile-attack@18.1").code == 2
    assert sightline("plan", "upgrade", "9.0").code == 12, "no older one is loaded"


@pytest.mark.parametrize("release", ["ics-attack@18.1", "mobile-attack@18.1", "enterprise-attack@9.0"])
def test_lint_reads_every_domain(sightline: Sightline, release: str) -> None:
    run = sightline("lint", "--release", release, "--format", "json")
    assert run.code == 0, run.err
    assert {row["release"] for row in json.loads(run.out)} <= {release}

"""`check` against what is loaded finds what it finds against the bundles, and a loaded set is a base."""

import json
from pathlib import Path

import pytest

from graph.server.connection import connect
from graph.server.settings import Target
from tests.bundles import as_source
from tests.conftest import wipe
from tests.integration.cli.conftest import Sightline
from tests.loads import load_attack, load_sigma
from tests.unit.loaders.checking.test_check import newer, older, rules_in

pytestmark = pytest.mark.integration
RULES = {
    "one": ("attack.t1003", "attack.execution"),
    "two": ("attack.t1004", "attack.t9999"),
    "three": ("attack.t1001", "attack.defense-evasion", "attack.impact"),
    "four": ("attack.t1002", "attack.execution", "attack.t1005"),
    "five": ("attack.t1685",),
}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("check")
    rules_in(folder / "rules", **RULES)
    for name, content in {"old": older(), "new": newer()}.items():
        (folder / f"{name}.json").write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def loaded(server: Target, rules: Path) -> Target:
    with connect(server, patience=20) as graph:
        wipe(graph)
        for content in (older(), newer()):
            load_attack(graph, as_source(content))
        load_sigma(graph, str(rules / "rules"), set_name="ours", set_version="1")
    return server


@pytest.mark.parametrize("release", ["18.1", "19.1"])
def test_loaded_releases_find_what_their_bundles_find(
    sightline: Sightline, rules: Path, release: str
) -> None:
    words = ("check", str(rules / "rules"), "--release", release, "--format", "json")
    bundles = [word for name in ("old", "new") for word in ("--attack", str(rules / f"{name}.json"))]
    from_graph, from_files = sightline(*words), sightline(*words, *bundles)
    assert json.loads(from_graph.out) == json.loads(from_files.out)
    assert len(json.loads(from_graph.out)) > 4
    assert from_graph.code == from_files.code == 1


def test_a_loaded_set_is_a_base(sightline: Sightline, rules: Path, tmp_path: Path) -> None:
    words = ("--base", "ours@1", "--format", "json")
    assert json.loads(sightline("check", str(rules / "rules"), *words).out) == []
    changed = rules_in(tmp_path / "rules", **{**RULES, "five": ("attack.t9998",)})
    found = json.loads(sightline("check", changed, *words).out)
    assert [(row["code"], row["subject"]) for row in found] == [("unknown-technique", "T9998")]
    missing = sightline("check", changed, "--base", "ours@2")
    assert missing.code == 12
    assert "ours@1" in missing.err

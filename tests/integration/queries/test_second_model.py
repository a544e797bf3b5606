"""What the built-in questions answer about random worlds is what a second model says (tests/reference).

`make model SEED=5` tries the worlds of one seed, `WORLDS=1000` so many of them.
"""

import json
import os
import secrets
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from graph.server.connection import Graph
from queries.ask import ask
from queries.catalog import CATALOG
from tests.bundles import as_source
from tests.conftest import wipe
from tests.loads import load_attack, load_ctid, load_detections, load_environment, load_sigma, remove_set
from tests.reference.coverage import ANSWERS, OF_ONE, Row
from tests.reference.environment import environment
from tests.reference.missing import KINDS
from tests.reference.official import Release
from tests.reference.worlds import IDS, UNKNOWN, World, environments_of, library_of, worlds

SEED = int(os.environ.get("MODEL_SEED") or (16 if os.environ.get("CI") else secrets.randbits(32)))
WORLDS = int(os.environ.get("MODEL_WORLDS") or 8)
"""In the ordinary tests: some two minutes on two cores."""


def load(graph: Graph, folder: Path, world: World) -> None:
    """Take the steps of a world as a user takes them."""
    for number, step in enumerate(world):
        file = folder / f"{number}-{step.name}"
        file.write_bytes(step.data)
        match step.kind:
            case "release":
                load_attack(graph, as_source(step.data), release=step.version)
            case "sigma":
                path = file.with_suffix(".yml")
                path.write_bytes(step.data)
                load_sigma(graph, str(path), set_name=step.name, set_version=step.version)
            case "ctid":
                path = file.with_suffix(".json")
                path.write_bytes(step.data)
                load_ctid(graph, [str(path)])
            case "detections":
                load_detections(graph, as_source(step.data, "f.json"), set_name=step.name)
            case "environment":
                load_environment(graph, as_source(step.data, "soc.json"))
            case _:
                remove_set(graph, f"{step.name}@{step.version}")


def compare(graph: Graph, world: World) -> int:
    """Compare every answer about every release; return how many were compared."""
    answers = 0
    library = library_of(world)
    for release in library.releases.values():
        for name, expect in (ANSWERS | KINDS).items():
            same(name, expect(library, release), answer(graph, name, release))
            answers += 1
        for here in environments_of(world):
            expected = environment(library, release, here)
            found = answer(graph, "coverage.environment", release, environment=here.name, attack_id=None)
            same("coverage.environment", expected, found)
            answers += 1
        for name, of_one in OF_ONE.items():
            for attack_id in (*IDS, UNKNOWN):
                for all_sets in (False, True):
                    expected = of_one(library, release, attack_id, all_sets=all_sets)
                    given_ = {"attack_id": attack_id, "all_sets": all_sets}
                    same(f"{name} {given_}", expected, answer(graph, name, release, **given_))
                    answers += 1
    return answers


def answer(graph: Graph, name: str, release: Release, **others: Any) -> list[Row]:
    question = CATALOG[name]
    return [asdict(row) for row in ask(graph, question, question.params(release=release.key, **others))]


def same(what: str, expected: list[Row], found: list[Row]) -> None:
    """Compare rows in the columns that the model has, whatever their order."""
    columns = set(expected[0]) if expected else set(found[0]) if found else set()
    ours = Counter(told(row, columns) for row in expected)
    theirs = Counter(told(row, columns) for row in found)
    assert ours == theirs, f"{what}: only the model: {ours - theirs}; only the graph: {theirs - ours}"


def told(row: Mapping[str, Any], columns: Iterable[str]) -> str:
    return json.dumps({name: row[name] for name in sorted(columns)}, ensure_ascii=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("worlds")


def test_every_answer_is_that_of_the_second_model(graph: Graph, folder: Path) -> None:
    counts = Counter[str]()

    @seed(SEED)
    @settings(
        max_examples=WORLDS,
        database=None,
        derandomize=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds())
    def of_a_world(world: World) -> None:
        wipe(graph)
        load(graph, folder, world)
        counts["worlds"] += 1
        counts["answers"] += compare(graph, world)

    sys.stdout.write(f"second model: seed {SEED}\n")
    try:
        of_a_world()
    except AssertionError as error:
        error.add_note(f"again: make model SEED={SEED} WORLDS={WORLDS}")
        raise
    sys.stdout.write(f"second model: {counts['worlds']} worlds, {counts['answers']} answers equal\n")

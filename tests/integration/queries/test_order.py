"""Every answer is the same, row by row, in whatever order its content was loaded."""

import json
import uuid
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from typing import Any

from docs.query_answers import EXAMPLE, OF_ONE_LOAD, example_parameters
from graph.server.connection import Graph
from loaders.reading.one_file import SourceFile
from loaders.reading.sources import read_file
from queries.catalog import CATALOG
from tests.conftest import wipe
from tests.loads import (
    load_annotations,
    load_attack,
    load_ctid,
    load_detections,
    load_environment,
    load_sigma,
)
from tests.shuffling import shuffle

SAMPLE = files("loaders.sample")
TWINS = "20.0-sample"
SPACE = uuid.UUID("4c4f3b54-3a0c-4c80-9d47-8f2f7d5f4f6b")
SINGLE = {
    "attack-pattern",
    "x-mitre-tactic",
    "x-mitre-collection",
    "x-mitre-matrix",
    "identity",
    "marking-definition",
}
"""Types without twins: evidence resolves to the only technique of an id, and techniques name tactics by names."""
SEEDS = (1,)

Answers = dict[str, list[tuple[object, ...]]]


def with_twins(*, backwards: bool) -> bytes:
    """The sample as another release in which almost everything is there twice, with the same ids and names."""
    content = json.loads((SAMPLE / "enterprise-attack-18.1-sample.json").read_text("utf-8"))
    objects = [each for each in content["objects"] if each["type"] != "x-mitre-collection"]
    [collection] = [each for each in content["objects"] if each["type"] == "x-mitre-collection"]
    collection |= {"x_mitre_version": TWINS, "x_mitre_contents": []}
    twins = [json.loads(json.dumps(each), object_hook=twin) for each in objects if each["type"] not in SINGLE]
    for each in twins:
        if "description" in each:
            each["description"] += " Again."
    objects += twins
    if backwards:
        objects.reverse()
    return json.dumps(content | {"objects": [collection, *objects]}).encode()


def twin(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the identifiers of twins in place of those of what has one."""
    return {name: other(value) for name, value in fields.items()}


def other(value: Any) -> Any:
    if isinstance(value, list):
        return [other(each) for each in value]
    kind, dashes, _ = value.partition("--") if isinstance(value, str) else ("", "", "")
    return f"{kind}--{uuid.uuid5(SPACE, value)}" if dashes and kind not in SINGLE else value


def load(graph: Graph, *, backwards: bool) -> None:
    """Load the sample, its twins, and evidence of which a part is in two sets."""
    steps: list[Callable[[], object]] = [
        *(partial(load_attack, graph, sample(version, backwards=backwards)) for version in ("17.1", "18.1")),
        partial(load_attack, graph, bundle(with_twins(backwards=backwards))),
        partial(load_detections, graph, read_file(str(SAMPLE / "sample-detections.yaml"))),
        partial(load_sigma, graph, str(EXAMPLE / "rules"), set_name="example-rules", set_version="1"),
        partial(load_sigma, graph, str(EXAMPLE / "rules"), set_name="other-rules", set_version="7"),
        partial(load_ctid, graph, [str(EXAMPLE / "mapping.json")]),
    ]
    for step in reversed(steps) if backwards else steps:
        step()
    load_environment(graph, read_file(str(EXAMPLE / "environment.yaml")))
    load_annotations(graph, read_file(str(EXAMPLE / "annotations.yaml")))


def sample(version: str, *, backwards: bool) -> SourceFile:
    content = json.loads((SAMPLE / f"enterprise-attack-{version}-sample.json").read_text("utf-8"))
    if backwards:
        content["objects"].reverse()
    return bundle(json.dumps(content).encode())


def bundle(data: bytes) -> SourceFile:
    return SourceFile("bundle.json", data, "0" * 64)


def answers(graph: Graph) -> Answers:
    """What every question answers on the sample and on its twins, but for what two loads of one content differ in."""
    found: Answers = {}
    for name, question in CATALOG.items():
        example = example_parameters(question)
        for given in {example, example.replace("18.1-sample", TWINS)}:
            parameters = graph.read(f"RETURN {given} AS given")[0]["given"]
            assert isinstance(parameters, dict)
            table = graph.table(question.file.statement, parameters)
            kept = [at for at, column in enumerate(table.columns) if column not in OF_ONE_LOAD]
            found[f"{name} {given}"] = [tuple(row[at] for at in kept) for row in table.rows]
    return found


def differing(one: Answers, two: Answers) -> list[str]:
    return [name for name in one if repr(one[name]) != repr(two[name])]


def test_the_order_of_a_load_is_in_no_answer(graph: Graph) -> None:
    load(graph, backwards=False)
    expected = answers(graph)
    assert sum(len(rows) > 1 for rows in expected.values()) >= 120, (
        "where there is one row, there is no order"
    )
    wipe(graph)
    load(graph, backwards=True)
    assert differing(expected, answers(graph)) == []
    for seed in SEEDS:
        shuffle(graph, seed)
        assert differing(expected, answers(graph)) == []

"""Example answers for docs/queries.md: every built-in question, asked of the bundled sample and docs/example.

`python -m docs.query_answers` writes them, from an empty database that `NEO4J_URI` names; a test compares the file
with what a real Neo4j answers.
"""

import json
import re
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import cast

from graph.errors import UsageError
from graph.server.connection import Graph, connect
from graph.server.settings import find_target
from loaders.formats import Naming, Source
from loaders.loading import load_source
from queries.catalog import CATALOG, AnyQuestion

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "docs" / "example"
FILE = EXAMPLE / "answers.json"
SHOWN_ROWS = 2
SHOWN_MEMBERS = 4
LONGEST_TEXT = 96
OF_ONE_LOAD = frozenset({"loaded_at", "source_url", "fetched_on", "git_commit"})

Answers = dict[str, list[dict[str, object]]]


def load_example(graph: Graph) -> None:
    """Load the bundled sample and the rules, mapping, environment and annotations of docs/example."""
    sample = files("loaders.sample")
    for word, path in (
        ("attack", sample / "enterprise-attack-17.1-sample.json"),
        ("attack", sample / "enterprise-attack-18.1-sample.json"),
        ("detections", sample / "sample-detections.yaml"),
        ("sigma", EXAMPLE / "rules"),
        ("ctid", EXAMPLE / "mapping.json"),
        ("environment", EXAMPLE / "environment.yaml"),
        ("annotations", EXAMPLE / "annotations.yaml"),
    ):
        naming = Naming("example-rules", "1") if word == "sigma" else Naming()
        load_source(graph, word, Source((str(path),)), naming)


def example_parameters(question: AnyQuestion) -> str:
    """Return the example of the file's header, as a Cypher map, with what the sample has in place of real data."""
    own = {
        "cloud-soc": "example",
        "9b2cc4c4-2ad4-416d-8e8e-ee6aa6f5035a": "6f0c2a34-51de-4a55-8d27-1f6e0c8b6a02",
        "sigmahq@r2026-04-01": "example-rules@1",
        "@15.1": "@17.1",
        "@18.0": "@17.1",
        "'T1078.004'": "'T1528'",
    }
    text = question.file.example
    for real, ours in own.items():
        text = text.replace(real, ours)
    return re.sub(r"(?<=@)(\d+\.\d)", r"\1-sample", text)


def answers(graph: Graph) -> Answers:
    """Return the first rows of every question's answer, long texts and lists cut."""
    found: Answers = {}
    for name, question in CATALOG.items():
        given = cast(
            "dict[str, object]", graph.read(f"RETURN {example_parameters(question)} AS given")[0]["given"]
        )
        rows = graph.read(question.file.statement, given)
        found[name] = [_cut(row) for row in rows[:SHOWN_ROWS]]
    return found


def _cut(row: Mapping[str, object]) -> dict[str, object]:
    return {name: _short(value) for name, value in row.items() if name not in OF_ONE_LOAD}


def _short(value: object) -> object:
    if isinstance(value, list):
        return [_short(each) for each in value[:SHOWN_MEMBERS]] + (
            ["..."] if len(value) > SHOWN_MEMBERS else []
        )
    if isinstance(value, str):
        text = value.replace(f"{ROOT}/", "")
        return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT].rstrip() + " ..."
    return round(value, 3) if isinstance(value, float) else value


def main() -> None:
    """Write the answers of an empty database's own example."""
    with connect(find_target()) as graph:
        if graph.read("MATCH (n) RETURN count(n) AS nodes")[0]["nodes"]:
            raise UsageError("the database is not empty", todo="set NEO4J_URI to one that is")
        load_example(graph)
        FILE.write_text(json.dumps(answers(graph), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()

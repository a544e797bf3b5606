"""The examples of docs/your-formats.md load as they are printed."""

import re
from pathlib import Path

from graph.holding.change import Outcome
from graph.record import sha256_hex
from graph.server.connection import Graph
from loaders.reading.one_file import SourceFile
from loaders.reading.sources import read_file
from tests.loads import load_annotations, load_attack, load_detections, load_environment

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "your-formats.md").read_text("utf-8")


def test_every_example_loads(graph: Graph) -> None:
    load_attack(graph, read_file(str(ROOT / "loaders" / "sample" / "enterprise-attack-18.1-sample.json")))
    examples = [text.encode() for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
    sources = [SourceFile(f"{n}.yaml", text, sha256_hex(text)) for n, text in enumerate(examples)]
    detections, environment, annotations = sources
    assert load_detections(graph, detections).outcome is Outcome.LOADED
    assert load_environment(graph, environment).outcome is Outcome.LOADED
    assert load_annotations(graph, annotations).outcome is Outcome.LOADED

"""Layers: their cells are the rows of `coverage`, and mitreattack-python reads and draws them."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bench.commands import PEERS
from graph.errors import NotFoundError, UsageError
from graph.server.connection import Graph
from pages.layer import document, together
from pages.layer_kinds import KINDS, Wanted, layer
from pages.layer_rules import flaws
from queries.answers.narrowing import Narrowing
from queries.ask import ask
from queries.questions.coverage.totals import BY_TECHNIQUE, TechniquesEvidence
from tests.integration.pages.conftest import RELEASE

OF = {"related": "T1528", "used-by": "G0016", "diff": "17.1-sample..18.1-sample", "environment": "example"}
DRAWN = """
import sys
from mitreattack.navlayers import Layer, ToSvg
layer = Layer()
layer.from_file(sys.argv[1])
ToSvg(domain="enterprise", source="local", resource=sys.argv[2]).to_svg(layerInit=layer, filepath=sys.argv[3])
print(len(layer.layer.techniques), layer.layer.name)
"""


def made(graph: Graph, what: str, **more: Any) -> dict[str, Any]:
    asked = Wanted(what, OF.get(what), RELEASE, Narrowing(**more))
    return dict(document(layer(graph, asked)))


@pytest.mark.parametrize("what", KINDS)
def test_every_kind_keeps_the_rules_of_the_format(filled: Graph, what: str) -> None:
    assert list(flaws(made(filled, what))) == []


def test_the_cells_are_the_rows_of_coverage(filled: Graph) -> None:
    cells = {
        (cell["techniqueID"], cell["tactic"], cell["metadata"][0]["value"], cell["metadata"][1]["value"])
        for cell in made(filled, "coverage")["techniques"]
    }
    rows = ask(filled, BY_TECHNIQUE, TechniquesEvidence(RELEASE))
    assert cells == {
        (row.technique_id, tactic, row.state, str(row.detect)) for row in rows for tactic in row.tactics
    }


def test_a_layer_is_narrowed(filled: Graph) -> None:
    one = made(filled, "coverage", techniques=frozenset({"T1528"}))["techniques"]
    assert {cell["techniqueID"] for cell in one} == {"T1528"}
    tactic = made(filled, "coverage", tactic="TA0006")["techniques"]
    assert "credential-access" in {cell["tactic"] for cell in tactic}
    used = made(filled, "coverage", used_by="G0016")["techniques"]
    assert {cell["techniqueID"] for cell in used} < {
        cell["techniqueID"] for cell in made(filled, "coverage")["techniques"]
    }
    with pytest.raises(NotFoundError, match="TA9999"):
        made(filled, "coverage", tactic="TA9999")


def test_a_layer_needs_what_it_is_about(filled: Graph) -> None:
    for what in ("related", "used-by", "diff", "environment"):
        with pytest.raises(UsageError):
            layer(filled, Wanted(what, None, RELEASE, Narrowing()))
    with pytest.raises(UsageError, match="coverage"):
        layer(filled, Wanted("heat", None, RELEASE, Narrowing()))


@pytest.fixture(scope="module")
def peers() -> str:
    """The Python of the benchmark's peers."""
    if not Path(PEERS).exists():
        done = subprocess.run(
            ["make", ".venv/bench/peers/.installed"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    return PEERS


def test_mitreattack_python_reads_and_draws_it(filled: Graph, peers: str, tmp_path: Path) -> None:
    from loaders import sample

    bundle = next(path for path in sample.releases() if "18.1" in path.name)
    file, picture = tmp_path / "layer.json", tmp_path / "layer.svg"
    whole = layer(filled, Wanted("coverage", None, RELEASE, Narrowing()))
    file.write_text(json.dumps(together([whole])))
    done = subprocess.run(
        [peers, "-c", DRAWN, str(file), str(bundle), str(picture)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    cells = sum(len(entry.tactics) for entry in whole.entries)
    assert done.stdout.split(maxsplit=1) == [str(cells), f"{whole.name}\n"]
    drawn = picture.read_text()
    assert "<svg" in drawn
    assert "Steal" in drawn

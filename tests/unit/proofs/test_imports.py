"""What verifying may load: neither the driver, nor the engine, nor what only other commands need."""

import subprocess
import sys

import orjson
import pytest

from docs.proof_example import NARROW, WIDE
from docs.query_answers import ROOT
from proofs.reading import TOML, YAML, document
from proofs.verify import verify

HEAVY = {
    "neo4j",
    "pydantic",
    "requests",
    "rich",
    "graph.engine",
    "graph.server",
    "graph.schema",
    "queries",
    "pages",
}
OF_THE_COMMAND = HEAVY - {"queries"} | {
    "queries.ask",
    "queries.spec",
    "jinja2",
    "loaders.formats.sigma.parse",
}
"""The command names the readings of values (`queries.readings`), which import nothing."""


def loaded_by(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}; print(*sys.modules, file=sys.stderr)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


def test_the_verifier_loads_neither_driver_nor_engine() -> None:
    assert not loaded_by("import proofs.verify") & HEAVY


@pytest.mark.parametrize("file", [NARROW, WIDE], ids=lambda file: file.stem)
@pytest.mark.parametrize("form", ["table", "json"])
def test_the_command_loads_only_what_a_proof_needs(file: object, form: str) -> None:
    found = loaded_by(f"from cli import app; app.run(['verify', {str(file)!r}, '--format', {form!r}])")
    assert "proofs.verify" in found
    assert not found & OF_THE_COMMAND


def test_a_record_is_parsed_once_however_many_hops_read_it() -> None:
    data = WIDE.read_bytes()
    medias = [record["media"] for record in orjson.loads(data)["predicate"]["records"]]
    document.cache_clear()
    assert verify(data).failure is None
    assert document.cache_info().misses == len([media for media in medias if media in {YAML, TOML}])


def test_an_answer_file_needs_no_more(tmp_path: object) -> None:
    file = f"{tmp_path}/answer.json"
    write = (
        "import orjson; from pathlib import Path; from proofs.answer_file import digest; "
        "answer = {'command': 'sets', 'parameters': {}, 'questions': [], "
        "'loaded': {'releases': [], 'sets': [], 'environments': [], 'annotations': []}}; "
        f"Path({file!r}).write_bytes(orjson.dumps({{'release': None, 'environment': None, 'platforms': [], "
        "'of': None, 'rows': [], 'answer': answer, 'digest': digest(answer, []), "
        "'about': {'created': 'a', 'tool': 'b'}}))"
    )
    found = loaded_by(f"{write}; from cli import app; assert app.run(['verify', {file!r}]) == 0")
    assert not found & OF_THE_COMMAND

"""Lists of techniques as people have them: one id a line, or a Navigator layer."""

import json
from pathlib import Path

import pytest

from cli.narrowed import narrowing
from graph.errors import InputRejectedError


def listed(path: Path, text: str) -> set[str]:
    path.write_text(text)
    return set(narrowing(None, None, None, path).techniques or ())


def test_one_id_a_line_with_remarks(tmp_path: Path) -> None:
    assert listed(tmp_path / "x.txt", "# ours\nT1528\n\n t1059.001  # PowerShell\n") == {"T1528", "T1059.001"}


def test_a_layer_without_what_it_disables(tmp_path: Path) -> None:
    techniques = [
        {"techniqueID": "T1528"},
        {"techniqueID": "T1059", "enabled": False},
        {"techniqueID": "T1528"},
    ]
    assert listed(tmp_path / "x.json", json.dumps({"name": "x", "techniques": techniques})) == {"T1528"}
    assert listed(tmp_path / "x.json", json.dumps([{"techniques": techniques}])) == {"T1528"}


@pytest.mark.parametrize(
    "text", ["T1528\nAPT29\n", "{", '{"name": "x"}', '{"techniques": [{"techniqueID": 7}]}']
)
def test_something_else_is_rejected_with_its_place(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputRejectedError, match="x"):
        listed(tmp_path / "x", text)


def test_a_user_is_named_as_people_write_it() -> None:
    assert narrowing(None, None, "g0016", None).used_by == "G0016"

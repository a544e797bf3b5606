"""`sightline cypher` before it reaches a server: where the text and its values come from."""

import io
import os
import sys
from pathlib import Path

import pytest

from cli.commands.cypher import _parameters, _statement
from graph.errors import InputRejectedError, UsageError
from tests.unit.cli.conftest import Sightline

UNREACHABLE = ("--uri", "bolt://127.0.0.1:1")


@pytest.mark.parametrize(
    ("pair", "value"),
    [
        ("x=5", 5),
        ("x=true", True),
        ("x=null", None),
        ("x=[1, 2]", [1, 2]),
        ('x={"a": 1}', {"a": 1}),
        ("x=T1528", "T1528"),
        ('x="18.1"', "18.1"),
        ("x=18.1", 18.1),
        ("x=NaN", "NaN"),
        ("x=", ""),
        ("x=a=b", "a=b"),
    ],
)
def test_values_are_json_or_else_text(pair: str, value: object) -> None:
    assert _parameters([pair]) == {"x": value}


@pytest.mark.parametrize(
    "pairs",
    [["x"], ["=1"], ["x=1", "x=2"], [f"x={2**63}"], ['x="\\ud800"'], ["x=\udcff"], [f"x={'[' * 100_000}"]],
)
def test_what_is_no_value_is_a_usage_error(pairs: list[str]) -> None:
    with pytest.raises(UsageError, match=r"--param|UTF-8"):
        _parameters(pairs)


def test_the_text_comes_from_one_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.cypher"
    file.write_bytes(b"\xef\xbb\xbfRETURN 1 AS x")
    assert _statement("RETURN 1 AS x", None) == _statement(None, str(file)) == "RETURN 1 AS x"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"RETURN 2 AS x")))
    assert _statement("-", None) == "RETURN 2 AS x"
    for text, named in ((None, None), ("RETURN 1 AS x", str(file))):
        with pytest.raises(UsageError, match="TEXT"):
            _statement(text, named)


def test_a_text_that_is_not_utf_8_is_said(tmp_path: Path) -> None:
    file = tmp_path / "latin.cypher"
    file.write_bytes(b"RETURN '\xe9' AS x")
    with pytest.raises(UsageError, match="byte 8 is not UTF-8"):
        _statement(None, str(file))
    with pytest.raises(UsageError, match="not UTF-8"):
        _statement(os.fsdecode(b"RETURN '\xe9' AS x"), None)
    with pytest.raises(InputRejectedError):
        _statement(None, str(tmp_path / "absent.cypher"))


def test_what_is_refused_never_looks_for_a_server(
    real_sightline: Sightline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", "for-tests-only")
    assert real_sightline("cypher", "MATCH (n) DELETE n", *UNREACHABLE).code == 7
    assert real_sightline("cypher", "RETURN $a AS x", *UNREACHABLE).code == 2
    assert real_sightline("cypher", f"RETURN {'(' * 99}1{')' * 99} AS x", *UNREACHABLE).code == 8
    assert real_sightline("cypher", "RETURN 1 AS x", *UNREACHABLE).code == 4

"""Tools are commands: what they take, what they leave out, and words that no argument can break out of."""

from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cli.door.parameters import _of_function, parameters, schema_of, words
from cli.door.result import Window, window
from cli.door.tools import TOOLS
from graph.errors import UsageError

FILES = {"proof", "file", "save", "open_", "techniques"}
"""Parameters of commands that read or write a file, or start a program."""


@pytest.mark.parametrize("name", TOOLS)
def test_no_tool_reaches_a_file(name: str) -> None:
    tool = TOOLS[name]
    offered = parameters(tool)
    assert not FILES & offered.keys()
    assert all(each.kind is not Path for each in offered.values())


@pytest.mark.parametrize("name", TOOLS)
def test_a_schema_is_one_and_has_every_parameter(name: str) -> None:
    schema = schema_of(TOOLS[name])
    Draft202012Validator.check_schema(schema)
    assert (
        set(schema["properties"]) == set(TOOLS[name].takes) <= set(_of_function(TOOLS[name].place.function))
    )
    assert all(each["description"] for each in schema["properties"].values())


def test_words_are_those_of_the_command_line() -> None:
    assert words(TOOLS["coverage"], {"ids": ["T1528", "T1059"], "by": "platform", "all_sets": True}) == [
        *("coverage", "--by=platform", "--all-sets", "--", "T1528", "T1059")
    ]
    assert words(TOOLS["plan_telemetry"], {"sources": 2}) == ["plan", "telemetry", "--sources=2"]
    assert words(TOOLS["cypher"], {"text": "RETURN $x", "param": {"x": "18.1"}}) == [
        *("cypher", '--param=x="18.1"', "--", "RETURN $x")
    ]
    assert words(TOOLS["ask"], {"name": "a.b", "param": {"ids": ["x", "y"], "limit": 5}}) == [
        *("query", "--param=ids=x,y", "--param=limit=5", "--", "a.b")
    ]


@given(st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_no_text_becomes_an_option(text: str) -> None:
    found = words(TOOLS["show"], {"what": text, "release": text})
    assert found == ["show", f"--release={text}", "--", text]


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@given(
    st.sampled_from(sorted(TOOLS)),
    st.dictionaries(st.sampled_from(["ids", "what", "limit", "param", "x"]), VALUES),
)
def test_any_arguments_are_words_or_one_line(name: str, arguments: dict[str, Any]) -> None:
    found: list[str] = []
    with suppress(UsageError):
        _, others = window(arguments)
        found = words(TOOLS[name], others)
    assert all(isinstance(word, str) for word in found)


def test_a_window_is_numbers_in_range() -> None:
    assert window({"rows_from": 5, "rows_most": 7, "part": "claims", "what": "T1"}) == (
        Window(5, 7, "claims"),
        {"what": "T1"},
    )
    for wrong in ({"rows_most": 0}, {"rows_most": 1001}, {"rows_from": -1}, {"rows_from": True}, {"part": 3}):
        with pytest.raises(UsageError):
            window(wrong)


def test_kinds_of_parameters_are_plain() -> None:
    plain = {str, bool, int, float}
    for tool in TOOLS.values():
        assert all(each.kind in plain or issubclass(each.kind, Enum) for each in parameters(tool).values())

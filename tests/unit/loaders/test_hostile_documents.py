"""Every format that is one document, with any value at any place: it is read, or refused in one located line."""

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from docs.generate import ROOT
from graph.errors import InputRejectedError
from loaders.formats.attack.bundle import read_bundle
from loaders.formats.ctid.explorer import read_explorer
from loaders.formats.ctid.stack import read_stack_file
from loaders.reading.json_text import MAX_DEPTH, parse_json
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem
from tests.bundles import bundle, thing
from tests.unit.loaders.test_own_formats import ANNOTATIONS, DETECTIONS, ENVIRONMENT, READERS

Reader = Callable[[SourceFile], object]
STACK: dict[str, Any] = {
    "name": "Guard",
    "platform": "AWS",
    "ATT&CK version": 9.0,
    "last update": "05/21/2021",
    "references": ["https://guard.example"],
    "tags": ["Cloud"],
    "techniques": [
        {
            "id": "T1528",
            "technique-scores": [{"category": "Detect", "value": "Partial", "comments": "x"}],
            "sub-techniques-scores": [
                {
                    "sub-techniques": [{"id": "T1550.001"}],
                    "scores": [{"category": "Protect", "value": "Minimal"}],
                }
            ],
        }
    ],
}
FORMATS: dict[str, tuple[Reader, dict[str, Any]]] = {
    **{
        name: (READERS[name], doc)
        for doc in (DETECTIONS, ENVIRONMENT, ANNOTATIONS)
        for name in [doc["format"]]
    },
    "Mappings Explorer": (read_explorer, json.loads((ROOT / "docs/example/mapping.json").read_text("utf-8"))),
    "Security Stack": (read_stack_file, STACK),
    "STIX": (read_bundle, json.loads(bundle(thing("attack-pattern", "Steal", "T1528")))),
}
anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=8)
    | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def places(value: object, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield place
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for token, below in inside:
        yield from places(below, (*place, token))


def put(document: object, place: tuple[Any, ...], value: object) -> object:
    if not place:
        return value
    changed: Any = copy.deepcopy(document)
    holder = changed
    for token in place[:-1]:
        holder = holder[token]
    holder[place[-1]] = value
    return changed


def deep(levels: int) -> object:
    value: object = 1.5
    for _ in range(levels):
        value = [value]
    return value


def read_in_one_line(reader: Reader, data: bytes, name: str) -> str:
    """What was said about the document; "" when it was read."""
    try:
        read = reader(SourceFile(name, data, "0" * 64))
    except InputRejectedError as error:
        said = str(error)
    else:
        said = str(read) if isinstance(read, Problem) else ""
    assert "\n" not in said
    assert not said or said.startswith(name)
    return said


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=60)
@given(st.data())
def test_any_value_at_any_place(name: str, data: st.DataObject) -> None:
    reader, document = FORMATS[name]
    place = data.draw(st.sampled_from(list(places(document))))
    hostile = put(document, place, data.draw(anything))
    read_in_one_line(reader, json.dumps(hostile, default=repr).encode("utf-8", "surrogatepass"), "x.json")
    read_in_one_line(reader, yaml.safe_dump(hostile).encode("utf-8", "surrogatepass"), "x.yaml")


@pytest.mark.parametrize("name", FORMATS)
def test_a_key_that_breaks_lines(name: str) -> None:
    reader, document = FORMATS[name]
    for place in places(document):
        hostile = json.dumps(put(document, place, {"\n\u2028": None})).encode()
        assert len(read_in_one_line(reader, hostile, "x.json").splitlines()) < 2, place


@pytest.mark.parametrize("references", [True, 5, "text", {"a": 1}, [[]], [{"external_id": {}}], None])
def test_references_of_a_matrix_that_are_no_list(references: object) -> None:
    matrix = {"type": "x-mitre-matrix", "id": "x-mitre-matrix--1", "external_references": references}
    bundle = {"type": "bundle", "objects": [matrix]}
    read_in_one_line(FORMATS["STIX"][0], json.dumps(bundle).encode(), "x.json")


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("levels", [60, 70, 300, 900, 20_000])
def test_any_depth_at_any_place(name: str, levels: int) -> None:
    reader, document = FORMATS[name]
    for place in places(document):
        text = json.dumps(put(document, place, "HERE")).replace('"HERE"', "[" * levels + "1.5" + "]" * levels)
        said = read_in_one_line(reader, text.encode(), "x.json")
        if levels >= MAX_DEPTH:
            assert "too-deep: is nested deeper than 64 levels; flatten it" in said


def test_the_place_of_what_is_too_deep() -> None:
    text = '{"a[": "\\"[{", "b":\n  ' + "[" * 64 + "]" * 64 + "}"
    said = read_in_one_line(parse_json, text.encode(), "x.json")
    assert said == "x.json: line 2 column 66: too-deep: is nested deeper than 64 levels; flatten it"
    assert (
        read_in_one_line(
            parse_json, text.replace("[" * 64 + "]" * 64, "[" * 63 + "]" * 63).encode(), "x.json"
        )
        == ""
    )


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("value", [["a"], {"a": "b"}, [], {}, 1, 1.5, True, None, "", "no/1"])
def test_a_first_key_of_any_kind(name: str, value: object) -> None:
    reader, document = FORMATS[name]
    first = next(iter(document))
    data = json.dumps(put(document, (first,), value)).encode()
    for file in ("x.json", "x.yaml"):
        read_in_one_line(reader, data, file)

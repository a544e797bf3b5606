"""Our own formats: the models accept what the published schemas accept, and flaws are told with their place."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.errors import InputRejectedError
from graph.record import canonical, sha256_hex
from loaders.evidence.naming import name_of_file
from loaders.formats.annotations import read_annotations
from loaders.formats.detections import Detection, read_detections
from loaders.formats.environment import read_environment
from loaders.reading.one_file import SourceFile
from loaders.reading.sources import read_file

SCHEMAS = Path(__file__).parents[3] / "docs" / "formats"
READERS: dict[str, Callable[[SourceFile], object]] = {
    "native-detections/1": lambda source: read_detections(source, set_version="1")[1],
    "environment/1": read_environment,
    "attack-annotations/1": read_annotations,
}
STRICTER = {"impossible-date", "duplicate", "undefined-source", "reviewed-before-created"}

DETECTIONS: dict[str, Any] = {
    "format": "native-detections/1",
    "attack_domain": "enterprise-attack",
    "attack_version": "18.1",
    "generated": "2026-05-23",
    "sources": [
        {
            "key": "guard",
            "name": "Guard",
            "cloud": "aws",
            "kind": "threat-detection",
            "platforms": ["IaaS", "Identity Provider"],
            "url": "https://guard.example/docs",
        },
        {"key": "posture", "name": "Posture", "cloud": "multi"},
    ],
    "detections": [
        {
            "source": "guard",
            "finding": "Stealth:Token/Theft",
            "title": "Token used from elsewhere",
            "severity": "high",
            "status": "active",
            "last_verified": "2026-05-20",
            "techniques": [
                {
                    "id": "T1528",
                    "confidence": 0.7,
                    "basis": "tested",
                    "rationale": "seen",
                    "evidence": ["https://a.b"],
                },
                {"id": "T1550.001", "confidence": 1},
            ],
        },
        {"source": "posture", "count": 3, "techniques": [{"id": "T1528", "confidence": 0.25}]},
    ],
}
ENVIRONMENT: dict[str, Any] = {
    "format": "environment/1",
    "name": "cloud-soc",
    "platforms": ["IaaS", "SaaS"],
    "log_sources": [
        {"name": "azure:signinlogs", "status": "partial", "since": "2026-01-15", "note": "two tenants"},
        {"name": "AWS:CloudTrail"},
    ],
    "enabled": [
        {"select": {"set": ["sigmahq"], "status": ["stable", "test"]}, "since": "2026-02-01"},
        {
            "id": "abc",
            "enabled": False,
            "validated": {"state": "tested", "on": "2026-03-01", "note": "by hand"},
        },
    ],
    "placements": [{"select": {"source": ["posture"]}, "platforms": ["IaaS"]}],
}
ANNOTATIONS: dict[str, Any] = {
    "format": "attack-annotations/1",
    "attack_domain": "enterprise-attack",
    "attack_version": "18.1",
    "annotations": [
        {
            "id": "reading-1",
            "object": {"attack_id": "AN0496", "object_version": "1.0", "content_sha256": "0" * 64},
            "author": "team",
            "created": "2026-05-23",
            "reviewed": "2026-05-24",
            "status": "reviewed",
            "confidence": "medium",
            "executive_priority": {"level": "high", "text": "Matters."},
            "likely_telemetry": [
                "Logs",
                {"text": "Tokens", "refs": ["DC0002"], "log_source": "azure:signinlogs"},
            ],
            "limits": "Only the object's own fields.",
            "claims": [
                {"field": "tactics", "expect": ["credential-access"]},
                {"field": "groups", "expect": 0},
            ],
            "references": ["https://a.b/c"],
        }
    ],
}
DOCUMENTS = [DETECTIONS, ENVIRONMENT, ANNOTATIONS]


def as_file(document: object, name: str = "x.json") -> SourceFile:
    data = json.dumps(document).encode()
    return SourceFile(name, data, sha256_hex(data))


def schema_of(document: dict[str, Any]) -> dict[str, Any]:
    name = document["format"].replace("/", "-")
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    return schema


def refused(document: dict[str, Any], kind: str) -> InputRejectedError | None:
    try:
        READERS[kind](as_file(document))
    except InputRejectedError as error:
        return error
    return None


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: each["format"])
def test_whole_examples_are_accepted_by_schema_and_model(document: dict[str, Any]) -> None:
    jsonschema.validate(document, schema_of(document))
    assert refused(document, document["format"]) is None


def places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inside:
        yield from places(each, (*path, key))


ODD: list[object] = [
    *(
        None,
        True,
        0,
        1,
        -1,
        2.5,
        "",
        " ",
        "x",
        "T1528",
        "t1528",
        "T1059.0011",
        "18.1",
        "018.1",
        "2026-05-23",
        "2026-5-3",
    ),
    *(
        "https://a b",
        "http://a",
        "ftp://a",
        "posture",
        "high",
        "0" * 64,
        "DC0002",
        "a ",
        [],
        [[]],
        {},
        {"text": "a"},
    ),
    *(
        ["a", "a"],
        ["b"],
        {"set": ["a"]},
        {"id": "a", "select": {"set": ["x"]}},
        {"state": "tested", "on": "x"},
    ),
]


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_models_and_schemas_agree_on_changed_documents(data: st.DataObject) -> None:
    document = copy.deepcopy(data.draw(st.sampled_from(DOCUMENTS)))
    kind = document["format"]
    schema = schema_of(document)
    path = data.draw(st.sampled_from(list(places(document))))
    assume(path != ("format",))
    holder: Any = document
    for token in path[:-1]:
        holder = holder[token]
    change = data.draw(st.sampled_from(["remove", "add", "odd"]))
    if change == "remove":
        del holder[path[-1]]
    elif change == "add" and isinstance(holder, dict):
        holder["unknown"] = 1
    else:
        holder[path[-1]] = data.draw(st.sampled_from(ODD))
    valid = jsonschema.Draft202012Validator(schema).is_valid(document)
    error = refused(document, kind)
    if valid and error is not None:
        assert any(f"{code}: " in str(error) for code in STRICTER), (str(error), document)
    if not valid:
        assert error is not None, document
        assert re.match(r"x\.json: /[^\n]*: [a-z-]+: [^\n]+$", str(error)), str(error)


def changed(document: dict[str, Any], path: str, value: object) -> str:
    """The document as YAML with another value at a path such as `detections/0/source`; None removes it."""
    other = copy.deepcopy(document)
    holder: Any = other
    *parents, last = [int(token) if token.isdecimal() else token for token in path.split("/")]
    for token in parents:
        holder = holder[token]
    if value is None:
        del holder[last]
    else:
        holder[last] = value
    return yaml.safe_dump(other, sort_keys=False)


@pytest.mark.parametrize(
    ("document", "path", "value", "words"),
    [
        (
            DETECTIONS,
            "attack_version",
            18.1,
            "line 3: not-text: /attack_version: 18.1 is not text; put it in quotes",
        ),
        (
            DETECTIONS,
            "generated",
            "2026-02-30",
            "line 4: impossible-date: .*'2026-02-30' is not a day of the calendar",
        ),
        (
            DETECTIONS,
            "detections/0/last_verified",
            "05/23/2026",
            "line 23: wrong-form: .*write dates as 2026-05-23",
        ),
        (
            DETECTIONS,
            "detections/1/source",
            "postur",
            r"line \d+: undefined-source: .*did you mean 'posture'",
        ),
        (DETECTIONS, "detections/1/count", None, r"line \d+: finding-or-count: /detections/1"),
        (DETECTIONS, "detections/1/techniques", [], r"line \d+: empty: /detections/1/techniques"),
        (
            DETECTIONS,
            "detections/1/techniques/0/confidence",
            1.5,
            "out-of-range: .*1.5 is too large; write at most 1",
        ),
        (
            DETECTIONS,
            "detections/1/techniques/0/confidence",
            "0.5",
            "not-a-number: .*'0.5' is not a number; write it wi",
        ),
        (
            DETECTIONS,
            "detections/1/techniques/0/id",
            "t1528",
            "wrong-form: .*write techniques as T1528 or T1059.001",
        ),
        (
            DETECTIONS,
            "detections/1",
            DETECTIONS["detections"][0],
            "duplicate: /detections/1: .*is already at /detections/0",
        ),
        (
            DETECTIONS,
            "sources/1/key",
            "guard",
            "duplicate: /sources/1/key: this source is already at /sources/0/key",
        ),
        (
            DETECTIONS,
            "sources/0/cloud",
            "ibm",
            "unknown-word: /sources/0/cloud: 'ibm' is not a value of this key; write ",
        ),
        (
            DETECTIONS,
            "format",
            "environment/1",
            "line 1: other-format: .*load it with `sightline load environment`",
        ),
        (DETECTIONS, "format", "native-detections/2", "other-format: .*is not native-detections/1"),
        (DETECTIONS, "format", None, "line 1: missing-key: the key format is missing"),
        (
            DETECTIONS,
            "detections/0/findng",
            "x",
            r"line \d+: unknown-key: /detections/0/findng: the key 'findng'",
        ),
        (ENVIRONMENT, "enabled/0/select", {}, "empty: /enabled/0/select: selects everything"),
        (ENVIRONMENT, "enabled/0/id", "x", "id-or-select: /enabled/0: one of id and select"),
        (
            ENVIRONMENT,
            "log_sources/1/name",
            "Azure:SigninLogs ",
            "duplicate: .*this log source is already at /log_sources/0",
        ),
        (ENVIRONMENT, "log_sources", "all", "line 6: not-a-list: /log_sources: 'all' is not a list"),
        (ENVIRONMENT, "enabled/1/enabled", "no", "not-true-or-false: .*'no' is neither true nor false"),
        (
            ANNOTATIONS,
            "annotations/0/limits",
            None,
            "line 5: missing-key: /annotations/0: the key limits is missing",
        ),
        (
            ANNOTATIONS,
            "annotations/0/likely_telemetry/1/refs/0",
            "G0007",
            "wrong-form: .*cite a DC, M, T, DET or AN id",
        ),
        (ANNOTATIONS, "annotations/0/reviewed", "2026-05-01", "reviewed-before-created"),
        (ANNOTATIONS, "annotations/0/claims/1/expect", -1, "out-of-range: /annotations/0/claims/1/expect"),
    ],
)
def test_one_located_line(document: dict[str, Any], path: str, value: object, words: str) -> None:
    text = changed(document, path, value)
    with pytest.raises(InputRejectedError) as caught:
        READERS[document["format"]](SourceFile("x.yaml", text.encode(), ""))
    assert re.search(words, str(caught.value)), str(caught.value)
    assert str(caught.value).startswith("x.yaml: line ")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: [", "x.yaml: line 2 column 1: yaml-syntax"),
        ("", "x.yaml: line 1: empty"),
        ("- a", "x.yaml: line 1: not-a-mapping"),
        (
            "format: environment/1\nname: a\n---\nformat: environment/1\nname: b\n",
            "x.yaml: line 3: two-documents",
        ),
        ("format: environment/1\nname: a\nname: b\n", "x.yaml: line 3: duplicate-key"),
    ],
)
def test_what_is_no_document(text: str, words: str) -> None:
    with pytest.raises(InputRejectedError, match=f"^{words}"):
        read_environment(SourceFile("x.yaml", text.encode(), ""))


def test_several_flaws_are_counted() -> None:
    document = {**ENVIRONMENT, "name": "Not A Slug", "extra": 1}
    with pytest.raises(InputRejectedError, match=r"wrong-form: .*\(and 1 more\)"):
        read_environment(as_file(document))


class TestDetections:
    def test_set_and_items(self) -> None:
        found, checked = read_detections(as_file(DETECTIONS, "folder/Guard Findings.json"))
        assert (found.key, found.attack_version, found.kind) == (
            "guard-findings@2026-05-23",
            "18.1",
            "native-detections/1",
        )
        assert [record.data for record in found.records] == [canonical(DETECTIONS)]
        listed, unlisted = found.items
        assert isinstance(listed, Detection)
        assert (listed.id, listed.count, listed.platforms) == (
            "guard/Stealth:Token/Theft",
            1,
            ("IaaS", "Identity Provider"),
        )
        assert [(claim.attack_id, claim.confidence, claim.as_of) for claim in listed.claims] == [
            ("T1528", 0.7, "2026-05-20"),
            ("T1550.001", 1.0, "2026-05-20"),
        ]
        assert isinstance(unlisted, Detection)
        assert (unlisted.id, unlisted.title, unlisted.platforms) == (
            "posture/unlisted:T1528",
            "3 unlisted findings of Posture",
            (),
        )
        assert unlisted.claims[0].count == 3
        assert unlisted.claims[0].as_of == "2026-05-23"
        assert checked.lines("/detections/1") == "/detections/1"

    def test_yaml_keeps_the_bytes_of_the_file(self) -> None:
        data = b"# ours\n" + yaml.safe_dump(DETECTIONS).encode()
        found, checked = read_detections(SourceFile("x.yaml", data, sha256_hex(data)))
        assert found.records[0].data == data
        assert checked.record.sha256 == sha256_hex(data)

    def test_version_is_needed(self) -> None:
        document = {key: value for key, value in DETECTIONS.items() if key != "generated"}
        with pytest.raises(InputRejectedError, match=r"missing-version: .*--set-version"):
            read_detections(as_file(document))
        assert read_detections(as_file(document), set_name="a", set_version="2")[0].key == "a@2"

    @pytest.mark.parametrize(
        ("path", "name"),
        [("a/B c.yaml", "b-c"), ("x.zip!in/Prowler.json.gz", "prowler"), ("é_1.yml", "1"), ("a.b.c", "a")],
    )
    def test_name_of_file(self, path: str, name: str) -> None:
        assert name_of_file(path) == name

    def test_no_name(self) -> None:
        with pytest.raises(InputRejectedError, match="pass --set NAME"):
            name_of_file("-")


@pytest.mark.data
class TestPublishedExamples:
    """The files of the folder `formats` beside the data: written by others than these tests."""

    def test_good(self, data: Path) -> None:
        for path in sorted((data.parent / "formats" / "good").iterdir()):
            source = read_file(str(path))
            kind = yaml.safe_load(source.data)["format"]
            READERS[kind](source)

    def test_bad_without_a_graph(self, data: Path) -> None:
        needs_the_graph = {"33_id_mismatch.yaml", "35_release_not_loaded.yaml"}
        for path in sorted((data.parent / "formats" / "bad").iterdir()):
            if path.name in needs_the_graph:
                continue
            text = path.read_text("utf-8")
            kind = next((kind for kind in READERS if f"format: {kind}" in text), "native-detections/1")
            with pytest.raises(InputRejectedError, match=rf"{path.name}: line \d+( column \d+)?: [a-z-]+: "):
                READERS[kind](read_file(str(path)))

"""YAML is data: what becomes of every kind of scalar, and what is refused with which code and line."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.reading import yaml_text
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem, Severity
from loaders.reading.sources import read_tree
from loaders.reading.yaml_text import YamlDocument, documents


def read(data: bytes | str) -> list[YamlDocument | Problem]:
    return documents(SourceFile("x.yml", data if isinstance(data, bytes) else data.encode(), "0" * 64))


def value(text: str) -> object:
    (document,) = read(f"value: {text}\n")
    assert isinstance(document, YamlDocument), document
    return document.value["value"]


def problem(data: bytes | str) -> Problem:
    (found,) = read(data)
    assert isinstance(found, Problem), found
    return found


class TestScalars:
    @pytest.mark.parametrize(
        "text",
        [
            *(
                "no",
                "yes",
                "on",
                "off",
                "y",
                "NO",
                "1:30",
                "190:20:30",
                "012",
                "0o17",
                "0x1F",
                "0b1",
                "1_000",
            ),
            *(
                "2026-05-23",
                "2026-13-45",
                "2026-05-23T10:00:00Z",
                "05/23/2026",
                ".inf",
                "-.INF",
                ".nan",
                "1e999",
            ),
            *(
                "=",
                "<",
                "+",
                "-1-",
                ".",
                "1e",
                "00.5",
                "1.2.3",
                "tRue",
                "nUll",
                "9223372036854775808",
                "9" * 5000,
            ),
        ],
    )
    def test_stays_text(self, text: str) -> None:
        assert value(text) == text

    @pytest.mark.parametrize(
        ("text", "meant"),
        [
            *(("true", True), ("True", True), ("FALSE", False), ("null", None), ("~", None), ("", None)),
            *(
                ("0", 0),
                ("-7", -7),
                ("+12", 12),
                ("9223372036854775807", 2**63 - 1),
                ("-9223372036854775808", -(2**63)),
            ),
            *(
                ("18.1", 18.1),
                ("-0.5", -0.5),
                (".5", 0.5),
                ("1.", 1.0),
                ("1e3", 1000.0),
                ("6.02E-3", 0.00602),
            ),
            *(("'18.1'", "18.1"), ('"true"', "true"), ('""', ""), ("!!str 012", "012"), ("!!int '12'", 12)),
            *(("! 12", "12"), ("!!float 1", 1), ("!!null ''", None), ("!!bool 'true'", True)),
            *(
                ("!!seq [1]", [1]),
                ("!!map {a: b}", {"a": "b"}),
                ("|\n  a\n  b\n", "a\nb\n"),
                (">\n  a\n  b\n", "a b\n"),
            ),
            *(('"\\e]52;c;x\\a"', "\x1b]52;c;x\x07"), ('"\\0"', "\0"), ('"a\\/b"', "a/b"), ("🦊", "🦊")),
        ],
    )
    def test_is_meant(self, text: str, meant: object) -> None:
        found = value(text)
        assert found == meant
        assert type(found) is type(meant)

    def test_keys_are_text_as_written(self) -> None:
        (document,) = read("{1: a, no: b, null: c, 012: d, 2026-05-23: e, '': f}")
        assert isinstance(document, YamlDocument)
        assert list(document.value) == ["1", "no", "null", "012", "2026-05-23", ""]


class TestAliases:
    def test_alias_and_merge(self) -> None:
        (document,) = read(
            "base: &base {a: 1, b: 2}\nother: &other {b: 3, c: 4}\nkey: &key name\n"
            "mine: {<<: [*base, *other], a: 9}\nyours: {<<: *other, *key : x}\nquoted: {'<<': plain}\n"
        )
        assert isinstance(document, YamlDocument)
        assert document.value["mine"] == {"a": 9, "b": 2, "c": 4}
        assert document.value["yours"] == {"b": 3, "c": 4, "name": "x"}
        assert document.value["quoted"] == {"<<": "plain"}

    def test_bomb(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
        found = problem("\n".join(lines))
        assert (found.code, found.pointer) == ("alias-bomb", "line 4")

    def test_merge_flood(self) -> None:
        base = ", ".join(f"k{n}: {n}" for n in range(2000))
        flood = ", ".join(["*base"] * 2000)
        assert problem(f"base: &base {{{base}}}\nflood: {{<<: [{flood}]}}\n").code == "alias-bomb"

    def test_nesting_through_aliases(self) -> None:
        lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 80))]
        assert problem("\n".join(lines)).code == "too-deep"

    @pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a {b: {c: *a}}", "&a {x: *a}", "a: *none"])
    def test_alias_to_itself_or_nothing(self, text: str) -> None:
        assert problem(text).code == "alias"


class TestRefused:
    @pytest.mark.parametrize(
        ("data", "code", "pointer"),
        [
            ("a: 1\nb: 2\na: 3\n", "duplicate-key", "line 3"),
            ("a: {b: 1, 'b': 2}\n", "duplicate-key", "line 1"),
            ("{<<: {a: 1}, <<: {b: 1}}", "duplicate-key", "line 1"),
            ("{1: a, '1': b}", "duplicate-key", "line 1"),
            ("{k: &k a, *k : 1, *k : 2}", "duplicate-key", "line 1"),
            ("a: " + "[" * 1000, "too-deep", "line 1"),
            ("[" * 100_000, "too-deep", "line 1"),
            ("- " * 100_000, "too-deep", "line 1"),
            ("a:\n\tb: 1\n", "yaml-syntax", "line 2 column 1"),
            ("a: 1\nb: [1, 2\nc: 3\n", "yaml-syntax", "line 3 column 2"),
            ("a: !!python/object/apply:os.system [ls]\n", "tag", "line 1"),
            ("a: !!python/name:os.system x\n", "tag", "line 1"),
            ("a: !include secret.yml\n", "tag", "line 1"),
            ("a: !!timestamp 2026-05-23\n", "tag", "line 1"),
            ("a: !!int twelve\n", "tag", "line 1"),
            ("!!set {a}", "tag", "line 1"),
            ("{!!int 1: a}", "tag", "line 1"),
            ("a: 1\n? [x]\n: 2\n", "key-not-text", "line 2"),
            ("{k: &k [a], *k : 1}", "key-not-text", "line 1"),
            ("?\n: 1\n", "key-not-text", "line 1"),
            ("<<: text", "merge", "line 1"),
            ("<<: [{a: 1}, text]", "merge", "line 1"),
            ("a: b\n...\nc: d\n", "yaml-syntax", "line 3 column 1"),
            ('a: "\\ud800"', "yaml-syntax", "line 1 column 7"),
            ("just text", "not-a-mapping", "line 1"),
            ("- a\n- b\n", "not-a-mapping", "line 1"),
            ("", "empty", "line 1"),
            ("# only a comment\n", "empty", "line 1"),
            ("---\n---\n", "empty", "line 1"),
            ("a: 1\nb: \x00\n", "control-character", "line 2"),
            ("a: \x1b[31m\n", "control-character", "line 1"),
            ("a: 1\nb: é\n".encode("latin-1"), "not-utf-8", "line 2"),
            ("a: 1".encode("utf-16"), "not-utf-8", "line 1"),
            ("a: 1".encode("utf-16-le"), "control-character", "line 1"),
            (b"a: \xed\xa0\x80", "not-utf-8", "line 1"),
        ],
    )
    def test_with_code_and_line(self, data: bytes | str, code: str, pointer: str) -> None:
        found = problem(data)
        assert (found.code, found.pointer) == (code, pointer)
        assert "\n" not in str(found)
        assert found.severity in {Severity.SKIPPED, Severity.FATAL}

    def test_too_large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(yaml_text, "MAX_BYTES", 10)
        assert problem("a: 12345678").code == "too-large"

    def test_two_documents_by_an_odd_line_break(self) -> None:
        assert problem("a: 1\r---\rb: 2\r").code == "two-documents"


class TestDocuments:
    def test_each_with_its_own_bytes_and_line(self) -> None:
        data = b"# head\na: 1\n---\nb: 2\n---\n\n--- # third\nc: [\n---\nd:\n  - x\n  - y\n"
        first, second, third, fourth = read(data)
        assert isinstance(first, YamlDocument)
        assert (first.value, first.raw, first.line) == ({"a": 1}, b"# head\na: 1\n", 1)
        assert isinstance(second, YamlDocument)
        assert (second.value, second.raw, second.line) == ({"b": 2}, b"---\nb: 2\n", 3)
        assert isinstance(third, Problem)
        assert (third.pointer, third.code) == ("line 9 column 1", "yaml-syntax")
        assert isinstance(fourth, YamlDocument)
        assert [fourth.locate(pointer) for pointer in ("", "/d", "/d/1", "/d/7", "/e")] == [
            10,
            11,
            12,
            11,
            10,
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "a: 1\n",
            "---\na: 1\n",
            "%YAML 1.2\n# c\n---\na: 1\n...\n",
            "\ufeffa: 1",
            "a: 1\n---\n",
            "---\n---\na: 1",
        ],
    )
    def test_the_only_one_has_the_bytes_of_the_file(self, text: str) -> None:
        (document,) = read(text)
        assert isinstance(document, YamlDocument)
        assert (document.value, document.raw) == ({"a": 1}, text.encode())
        assert document.locate("/a") == text[: text.index("a:")].count("\n") + 1

    def test_marks_inside_text_are_no_documents(self) -> None:
        (document,) = read("a: |\n  ---\n  x\nb: ---x\n")
        assert isinstance(document, YamlDocument)
        assert document.value == {"a": "---\nx\n", "b": "---x"}

    def test_locate_unescapes(self) -> None:
        (document,) = read("a/b:\n  c~d:\n    e: 1\n")
        assert isinstance(document, YamlDocument)
        assert document.locate("/a~1b/c~0d/e") == 3

    def test_an_anchor_that_is_given_twice_can_be_located(self) -> None:
        (document,) = read("a: &x 1\nb: &x\n  c: 2\nd: *x\n")
        assert isinstance(document, YamlDocument)
        assert [document.locate(pointer) for pointer in ("/a", "/b/c", "/d", "/d/c")] == [1, 3, 4, 4]

    def test_a_key_that_is_an_alias_can_be_located(self) -> None:
        (document,) = read("a: &x name\n*x : 1\nb:\n  *x : 2\n  '': 3\n")
        assert isinstance(document, YamlDocument)
        assert [document.locate(pointer) for pointer in ("/name", "/b/name", "/b/")] == [2, 4, 5]

    def test_places_are_read_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A parse for each problem made a file of 95 kB take a minute."""
        passes: list[bytes] = []
        events = yaml_text._events

        def counted(raw: bytes) -> Iterator[yaml.Event]:
            passes.append(raw)
            return events(raw)

        monkeypatch.setattr(yaml_text, "_events", counted)
        (document,) = read("a:\n" + "- x\n" * 50)
        assert isinstance(document, YamlDocument)
        assert [document.locate(f"/a/{n}") for n in range(50)] == list(range(2, 52))
        assert len(passes) == 2


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
plain_data = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
mappings = st.dictionaries(texts, plain_data, max_size=4)


def as_yaml(data: object) -> str:
    """JSON text with what YAML does not print written in YAML's own escapes."""
    text = json.dumps(data, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text)


@given(mappings)
def test_json_is_read_as_json(data: dict[str, object]) -> None:
    (document,) = read(as_yaml(data))
    assert isinstance(document, YamlDocument)
    assert json.dumps(document.value) == json.dumps(data)


@given(mappings)
def test_a_place_is_the_one_of_yamls_own_nodes(data: dict[str, object]) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=False)
    for document in read(text):
        if isinstance(document, YamlDocument):
            nodes = dict(placed(yaml.compose(text, Loader=yaml.CSafeLoader), ""))
            assert {pointer: document.locate(pointer) for pointer in nodes} == nodes


def placed(node: yaml.Node | None, pointer: str) -> Iterator[tuple[str, int]]:
    """JSON pointer and line of a node and of all below it."""
    assert node is not None
    yield pointer, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        inside = [(key.value, value) for key, value in node.value]
    else:
        inside = list(enumerate(node.value)) if isinstance(node, yaml.SequenceNode) else []
    for token, below in inside:
        yield from placed(below, f"{pointer}/{str(token).replace('~', '~0').replace('/', '~1')}")


@given(st.lists(mappings, min_size=2, max_size=4))
def test_raws_of_several_documents_join_to_the_file(data: list[dict[str, object]]) -> None:
    file = "".join(f"---\n{as_yaml(each)}\n" for each in data)
    found = [each for each in read(file) if isinstance(each, YamlDocument)]
    assert [each.value for each in found] == data
    assert b"".join(each.raw for each in found) == file.encode()


yaml_like = st.text(st.sampled_from("ab:-[]{},&*!|>'\"#%@` \n\t<?0.~"), max_size=40)


@settings(max_examples=300)
@given(st.binary(max_size=60) | yaml_like.map(str.encode))
def test_any_bytes_end_in_documents_or_problems(data: bytes) -> None:
    found = read(data)
    assert found
    for each in found:
        if isinstance(each, YamlDocument):
            assert 1 <= each.locate("/a/0") <= data.count(b"\n") + 1
        else:
            assert "\n" not in str(each)


@pytest.mark.data
def test_every_rule_of_the_sigma_release_is_read(data: Path) -> None:
    archive = next((data / "sigma").glob("*.zip"))
    found = [each for file in read_tree(str(archive), (".yml",)) for each in documents(_file(file))]
    assert [each for each in found if isinstance(each, Problem)] == []
    assert len(found) == 3748


def _file(entry: SourceFile | Problem) -> SourceFile:
    assert isinstance(entry, SourceFile)
    return entry

"""YAML as data: documents with their own bytes and lines, and a problem for each that is not plain data.

Reads what YAML 1.2 and JSON have in common, with libyaml's parser: mappings with text keys, sequences, text,
true and false, null, and decimal numbers that fit 64 bits. Everything else that YAML 1.1 would turn into
something (`no`, `1:30`, `012`, `0x1F`, `2026-05-23`, `.inf`) stays the text that was written. Events are read
one by one, so that depth, aliases and merge keys are bounded before anything grows.
"""

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Final, NamedTuple

import yaml

from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem, Severity

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_DEPTH: Final = 64
# Without aliases a document has fewer nodes than bytes; this many more are left to honest aliases.
_ALIASED_NODES: Final = 10_000

# `---` at the start of a line begins a document wherever it stands (YAML 1.2.2, rule c-forbidden).
_MARKER = re.compile(rb"^---(?=[ \t\r\n]|\Z)", re.MULTILINE)
_PREAMBLE = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*(?:#[^\n]*)?\r?\n|%[^\n]*\n)*\Z")
# YAML 1.2.2, rule c-printable, negated.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BYTE_ORDER_MARK = "\ufeff"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,18})")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_INT64 = range(-(2**63), 2**63)
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MAY_BE_NUMBER = frozenset("+-.0123456789")
_CORE = "tag:yaml.org,2002:"
_COLLECTION_TAGS = frozenset({None, "!", f"{_CORE}map", f"{_CORE}seq"})
_TEXT_TAGS = frozenset({"!", f"{_CORE}str"})
_RESOLVED_TAGS: Final[dict[str, tuple[type, ...]]] = {
    f"{_CORE}int": (int,),
    f"{_CORE}float": (int, float),
    f"{_CORE}bool": (bool,),
    f"{_CORE}null": (type(None),),
}


@dataclass(frozen=True)
class YamlDocument:
    """One document of a YAML file.

    Attributes:
        value: its mapping; values are text, int, float, bool, None, lists and mappings with text keys.
        raw: its own bytes: of the whole file if it is the only document, else from its `---` to the next.
        line: the line of the file at which `raw` begins, from 1.
    """

    value: dict[str, object]
    raw: bytes
    line: int

    def locate(self, pointer: str) -> int:
        """Return the line of the file at which the value at a JSON pointer is, or its nearest parent."""
        while pointer not in self._lines and pointer:
            pointer = pointer.rpartition("/")[0]
        return self._lines.get(pointer, 1) - 1 + self.line

    def spans(self) -> "dict[str, Span]":
        """Return JSON pointer -> where in the text of `raw` a value without parts is written.

        What is written elsewhere (an alias), or with an anchor or a tag, is left out.
        """
        mark = len(_BYTE_ORDER_MARK) if self.raw.startswith(_BYTE_ORDER_MARK.encode()) else 0
        return {
            pointer: Span(event.start_mark.index + mark, event.end_mark.index + mark)
            for pointer, event in _placed(self.raw)
            if isinstance(event, yaml.ScalarEvent) and event.anchor is None and event.tag is None
            if event.start_mark and event.end_mark
        }

    @cached_property
    def _lines(self) -> dict[str, int]:
        """JSON pointer of every value -> its line in `raw`; read once, when the first problem needs a place."""
        return _lines(self.raw)


class Span(NamedTuple):
    """From which character of a text to before which one, quotes included."""

    start: int
    end: int


def documents(source: SourceFile) -> list[YamlDocument | Problem]:
    """Read every document of `source`, in order; a flawed one is a problem and the others are still read.

    Empty documents are passed over, unless there is no other.
    """
    flaw = _unreadable(source.data)
    if flaw:
        return [flaw.problem(source.path, Severity.FATAL)]
    read = [_document(source.path, raw, line) for raw, line in _parts(source.data)]
    found = [document for document in read if document is not None]
    if not found:
        return [_FlawError("empty", "is empty; write a mapping", 1).problem(source.path, Severity.FATAL)]
    if len(found) == 1 and isinstance(found[0], YamlDocument):
        return [YamlDocument(found[0].value, source.data, 1)]
    return found


# Text and its parts ---------------------------------------------------------------------------------------


def _unreadable(data: bytes) -> "_FlawError | None":
    """Return why `data` is not UTF-8 text of printable characters, if it is not."""
    if len(data) > MAX_BYTES:
        return _FlawError("too-large", f"has more than {MAX_BYTES:,} bytes; split it, or give it as JSON", 1)
    if data.startswith(_UTF_16):
        return _FlawError("not-utf-8", "is UTF-16 text; save it as UTF-8", 1)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        message = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        return _FlawError("not-utf-8", message, data.count(b"\n", 0, error.start) + 1)
    unprintable = _UNPRINTABLE.search(text)
    if unprintable is None:
        return None
    message = (
        f"the character U+{ord(unprintable[0]):04X} is not allowed; remove it or write it escaped in quotes"
    )
    return _FlawError("control-character", message, text.count("\n", 0, unprintable.start()) + 1)


def _parts(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Cut `data` before each document; the parts joined are `data`."""
    starts = [marker.start() for marker in _MARKER.finditer(data)]
    if starts and _PREAMBLE.match(data, 0, starts[0]):
        del starts[0]
    line = 1
    for start, end in zip([0, *starts], [*starts, len(data)], strict=True):
        yield data[start:end], line
        line += data.count(b"\n", start, end)


def _document(path: str, raw: bytes, line: int) -> YamlDocument | Problem | None:
    try:
        value = _value(raw)
    except yaml.MarkedYAMLError as error:
        flaw = _syntax(error)
    except _FlawError as error:
        flaw = error
    else:
        if value is None:
            return None
        if isinstance(value, dict):
            return YamlDocument(value, raw, line)
        flaw = _FlawError("not-a-mapping", "has no mapping at the top; begin with `key: value`", 1)
    return flaw.problem(path, Severity.SKIPPED, line - 1, sha256(raw).hexdigest())


def _syntax(error: yaml.MarkedYAMLError) -> "_FlawError":
    mark = error.problem_mark or error.context_mark
    words = " ".join(part for part in (error.problem, error.context) if part)
    return _FlawError(
        "yaml-syntax", f"{words}; fix the YAML", mark.line + 1 if mark else 1, mark.column + 1 if mark else 0
    )


class _FlawError(Exception):
    """What is wrong with a document, and at which of its lines."""

    def __init__(self, code: str, message: str, line: int, column: int = 0) -> None:
        self.code, self.message, self.line, self.column = code, message, line, column
        super().__init__(message)

    def problem(
        self, path: str, severity: Severity, lines_before: int = 0, digest: str | None = None
    ) -> Problem:
        column = f" column {self.column}" if self.column else ""
        return Problem(
            path, f"line {self.line + lines_before}{column}", self.code, self.message, severity, digest
        )


# Events to values -----------------------------------------------------------------------------------------


def _value(raw: bytes) -> object:
    """Build the value of the only document in `raw`; None if it is empty."""
    builder = _Builder(len(raw) + _ALIASED_NODES)
    for event in _events(raw):
        builder.take(event)
    return builder.root


def _events(raw: bytes) -> Iterator[yaml.Event]:
    loader = yaml.CBaseLoader(raw)
    try:
        while (event := loader.get_event()) is not None:
            yield event
    finally:
        loader.dispose()


class _Anchored(NamedTuple):
    """A finished value that an alias may name: how many nodes it has, and how deep it goes."""

    value: object
    nodes: int
    depth: int


class _Collection:
    """A mapping or sequence that is still being read."""

    __slots__ = ("anchor", "depth", "key", "merged", "merges", "nodes", "value")

    def __init__(self, value: "dict[str, object] | list[object]", anchor: str | None) -> None:
        self.value, self.anchor = value, anchor
        self.nodes, self.depth = 1, 1
        self.key: str | None = None
        self.merges = False  # whether the key that waits for its value is a merge key
        self.merged: list[dict[str, object]] | None = None


class _Builder:
    """Takes libyaml's events one by one and keeps to the bounds; `root` is the value after the last one."""

    def __init__(self, max_nodes: int) -> None:
        self.root: object = None
        self._max_nodes = max_nodes
        self._documents = 0
        self._open: list[_Collection] = []
        self._anchors: dict[str, _Anchored | None] = {}
        self._take: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: self._mapping_start,
            yaml.SequenceStartEvent: self._sequence_start,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document_start,
        }

    def take(self, event: yaml.Event) -> None:
        handler = self._take.get(type(event))
        if handler:
            handler(event)

    def _document_start(self, event: yaml.Event) -> None:
        self._documents += 1
        if self._documents > 1:
            raise _flaw("two-documents", "a second document begins without `---`; write one", event)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if self._wants_key():
            self._key(self._open[-1], event)
            return
        value = _scalar_value(event)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(value, 1, 0)
        self._put(value, 1, 0, event)

    def _key(self, mapping: _Collection, event: yaml.ScalarEvent) -> None:
        """Take the text of a key as it is written: `1:`, `no:` and `null:` are text too."""
        key = event.value
        if not key and not event.style:
            raise _flaw("key-not-text", "a key is empty; write a text", event)
        if event.tag is not None and event.tag not in _TEXT_TAGS:
            raise _flaw("tag", f"the tag {event.tag} is not allowed; remove it", event)
        if event.anchor is not None:
            self._anchors[event.anchor] = _Anchored(key, 1, 0)
        mapping.merges = key == "<<" and not event.style
        self._name(mapping, key, event)

    def _name(self, mapping: _Collection, key: str, event: yaml.Event) -> None:
        if key in mapping.value or (mapping.merges and mapping.merged is not None):
            raise _flaw("duplicate-key", f"the key {key!r} appears twice in one mapping; remove one", event)
        mapping.key = key

    def _mapping_start(self, event: yaml.MappingStartEvent) -> None:
        self._start({}, event)

    def _sequence_start(self, event: yaml.SequenceStartEvent) -> None:
        self._start([], event)

    def _start(self, value: "dict[str, object] | list[object]", event: yaml.CollectionStartEvent) -> None:
        if event.tag not in _COLLECTION_TAGS:
            raise _flaw("tag", f"the tag {event.tag} is not allowed; remove it", event)
        if self._wants_key():
            raise _flaw("key-not-text", "a key is a mapping or list; write a text", event)
        if len(self._open) >= MAX_DEPTH:
            raise _flaw("too-deep", f"is nested deeper than {MAX_DEPTH} levels; flatten it", event)
        if event.anchor is not None:
            self._anchors[event.anchor] = None  # open: an alias to it would never end
        self._open.append(_Collection(value, event.anchor))

    def _end(self, event: yaml.Event) -> None:
        done = self._open.pop()
        if isinstance(done.value, dict):
            for merged in done.merged or ():
                _add_absent(done.value, merged)
        if done.anchor is not None:
            self._anchors[done.anchor] = _Anchored(done.value, done.nodes, done.depth)
        self._put(done.value, done.nodes, done.depth, event)

    def _alias(self, event: yaml.AliasEvent) -> None:
        if event.anchor not in self._anchors:
            raise _flaw("alias", f"the alias *{event.anchor} names nothing before it; define it first", event)
        named = self._anchors[event.anchor]
        if named is None:
            raise _flaw("alias", f"the alias *{event.anchor} is inside what it names; write it out", event)
        if self._wants_key():
            if not isinstance(named.value, str):
                raise _flaw(
                    "key-not-text", "a key is an alias to something that is not text; write a text", event
                )
            self._name(self._open[-1], named.value, event)
            return
        if len(self._open) + named.depth > MAX_DEPTH:
            raise _flaw("too-deep", f"its aliases nest deeper than {MAX_DEPTH} levels; flatten it", event)
        self._put(named.value, named.nodes, named.depth, event)

    def _wants_key(self) -> bool:
        return bool(self._open) and type(self._open[-1].value) is dict and self._open[-1].key is None

    def _put(self, value: object, nodes: int, depth: int, event: yaml.Event) -> None:
        """Hand a finished value to what holds it."""
        if not self._open:
            self.root = value
            return
        holder = self._open[-1]
        holder.nodes += nodes
        if holder.nodes > self._max_nodes:
            raise _flaw("alias-bomb", "its aliases make it larger than its text; write it out", event)
        holder.depth = max(holder.depth, depth + 1)
        if isinstance(holder.value, list):
            holder.value.append(value)
            return
        key, holder.key = holder.key, None
        if holder.merges:
            holder.merged, holder.merges = _mappings(value, event), False
        elif key is not None:
            holder.value[key] = value


def _add_absent(mapping: dict[str, object], merged: dict[str, object]) -> None:
    for key, value in merged.items():
        mapping.setdefault(key, value)


def _mappings(value: object, event: yaml.Event) -> list[dict[str, object]]:
    """Take the value of a merge key: a mapping or a list of them, the first of which wins."""
    listed = value if isinstance(value, list) else [value]
    mappings = [each for each in listed if isinstance(each, dict)]
    if len(mappings) < len(listed):
        raise _flaw("merge", "only mappings can be merged with `<<`; quote the key if it is text", event)
    return mappings


def _scalar_value(event: yaml.ScalarEvent) -> object:
    tag = event.tag
    if tag is None:
        return event.value if event.style else _plain_value(event.value)
    if tag in _TEXT_TAGS:
        return event.value
    kinds = _RESOLVED_TAGS.get(tag)
    if kinds is None:
        raise _flaw("tag", f"the tag {tag} is not allowed; remove it", event)
    value = _plain_value(event.value)
    if type(value) not in kinds:
        raise _flaw("tag", f"{event.value[:40]!r} does not fit its tag {tag}; remove the tag", event)
    return value


def _plain_value(text: str) -> object:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _MAY_BE_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        integer = int(text)
        return integer if integer in _INT64 else text
    if _FLOAT.fullmatch(text):
        number = float(text)
        return number if math.isfinite(number) else text
    return text


def _flaw(code: str, message: str, event: yaml.Event) -> _FlawError:
    return _FlawError(code, message, _line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


# Events to places -----------------------------------------------------------------------------------------


class _Holder:
    """A mapping or sequence whose parts are being placed."""

    __slots__ = ("count", "is_mapping", "key", "pointer")

    def __init__(self, pointer: str, *, is_mapping: bool) -> None:
        self.pointer, self.is_mapping = pointer, is_mapping
        self.key: str | None = None
        self.count = 0

    def wants_key(self) -> bool:
        return self.is_mapping and self.key is None

    def place(self) -> str:
        """Return the pointer of the next part."""
        token = str(self.count) if self.key is None else self.key.replace("~", "~0").replace("/", "~1")
        self.key, self.count = None, self.count + 1
        return f"{self.pointer}/{token}"


def _lines(raw: bytes) -> dict[str, int]:
    """Return JSON pointer -> line of every value of the only document in `raw`, which is known to be sound."""
    return {pointer: _line(event) for pointer, event in _placed(raw)}


def _placed(raw: bytes) -> Iterator[tuple[str, yaml.NodeEvent]]:
    """Yield the JSON pointer of every value of the only document in `raw`, which is known to be sound.

    What an alias or a merge key brings in is written elsewhere: only the alias itself is placed.
    """
    holders: list[_Holder] = []
    texts: dict[str | None, str] = {}
    for event in _events(raw):
        if isinstance(event, yaml.CollectionEndEvent):
            holders.pop()
        if not isinstance(event, yaml.NodeEvent):
            continue
        if isinstance(event, yaml.ScalarEvent):
            texts[event.anchor] = event.value
        if holders and holders[-1].wants_key():
            holders[-1].key = texts.get(event.anchor, "")  # its own, or what the alias names
            continue
        pointer = holders[-1].place() if holders else ""
        yield pointer, event
        if isinstance(event, yaml.CollectionStartEvent):
            holders.append(_Holder(pointer, is_mapping=isinstance(event, yaml.MappingStartEvent)))

"""JSON (RFC 8259) read without losing anything silently.

The standard parser takes the last of two equal keys, NaN and Infinity, and a lone surrogate; orjson turns
integers beyond 64 bits into floats. Here each of them ends in one located problem.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NoReturn, cast

from graph.errors import InputRejectedError
from graph.record import LARGEST_EXACT_INTEGER, Json
from loaders.reading.one_file import SourceFile

MAX_NUMBER_DIGITS = 400
"""Longer numerals are refused before they are converted: the conversion takes quadratic time."""

MAX_DEPTH = 64
"""As in YAML. What follows (orjson, pydantic, RFC 8785) has limits of its own, and says them less clearly."""

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class RepeatedKey:
    """A key that appears twice in one object.

    Attributes:
        inside: the object, by identity.
        key: which key.
        same: whether its values are equal, so that nothing is lost.
    """

    inside: Mapping[str, Json]
    key: str
    same: bool


@dataclass(frozen=True, slots=True)
class JsonText:
    """A parsed JSON text.

    Attributes:
        value: what it holds.
        plain: whether `graph.record.canonical_plain` may write any part of it (ASCII keys, no float, no large
            integer).
        repeated: keys that appear twice, where the caller allows it; `value` has the last of their values.
    """

    value: Json
    plain: bool
    repeated: tuple[RepeatedKey, ...] = ()


class _DuplicateKeyError(ValueError):
    pass


class _Observer:
    """Sees each object and number while the parser runs, which costs less than a second walk."""

    def __init__(self, *, repeated_keys: bool) -> None:
        self._allowed = repeated_keys
        self.repeated: list[RepeatedKey] = []
        self.keys: set[str] = set()
        self.unusual_number = False

    def pairs(self, pairs: list[tuple[str, Json]]) -> dict[str, Json]:
        value = dict(pairs)
        if len(value) != len(pairs):
            key = _first_repeated(key for key, _ in pairs)
            if not self._allowed:
                raise _DuplicateKeyError(repr(key))
            self.repeated.append(RepeatedKey(value, key, _all_same(pairs)))
        self.keys.update(value)
        return value

    def integer(self, text: str) -> int:
        if len(text) > MAX_NUMBER_DIGITS:
            raise ValueError(f"a number of {len(text)} digits")
        number = int(text)
        if abs(number) > LARGEST_EXACT_INTEGER:
            raise ValueError(f"the integer {text[:40]} is beyond 2**53 and has no exact form in JSON")
        return number

    def float(self, text: str) -> float:
        self.unusual_number = True
        number = float(text[: MAX_NUMBER_DIGITS + 1])
        if number in (float("inf"), float("-inf")) or len(text) > MAX_NUMBER_DIGITS:
            raise ValueError(f"the number {text[:40]} is too large")
        return number

    def constant(self, text: str) -> NoReturn:
        raise ValueError(f"{text} is not JSON")


def _all_same(pairs: list[tuple[str, Json]]) -> bool:
    """Tell whether equal keys have equal values; 1 and true are different."""
    first: dict[str, str] = {}
    return all(
        first.setdefault(key, written) == written
        for key, each in pairs
        for written in (json.dumps(each, sort_keys=True),)
    )


def parse_json(source: SourceFile, *, repeated_keys: bool = False) -> JsonText:
    """Return what the file holds.

    Args:
        source: the file.
        repeated_keys: whether a key that appears twice is the caller's to report; else it refuses the file.

    Raises:
        InputRejectedError: it is not one JSON text in UTF-8, or holds a duplicate key, NaN, Infinity, a lone
            surrogate, a number that is too large, or is nested too deeply; the message says where.
    """
    text = _decoded(source)
    observer = _Observer(repeated_keys=repeated_keys)
    try:
        value = json.loads(
            text,
            object_pairs_hook=observer.pairs,
            parse_int=observer.integer,
            parse_float=observer.float,
            parse_constant=observer.constant,
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise _rejected(source, f"{place}: not JSON: {error.msg}") from error
    except _DuplicateKeyError as error:
        raise _rejected(source, f"duplicate-key: the key {error} appears twice in one object") from error
    except RecursionError as error:
        raise _too_deep(source, text) from error
    except ValueError as error:
        raise _rejected(source, str(error)) from error
    if _is_deep(value):
        raise _too_deep(source, text)
    if "\\ud" in text or "\\uD" in text:
        _refuse_lone_surrogates(source, value)
    plain = not observer.unusual_number and all(map(str.isascii, observer.keys))
    return JsonText(cast("Json", value), plain, tuple(observer.repeated))


def _decoded(source: SourceFile) -> str:
    if source.data.startswith(_BOM):
        raise _rejected(source, "starts with a byte-order mark", "save it as UTF-8 without one")
    try:
        return source.data.decode()
    except UnicodeDecodeError as error:
        raise _rejected(source, f"byte {error.start}: not UTF-8", "save it as UTF-8") from error


def _rejected(source: SourceFile, what: str, todo: str = "give a valid JSON file") -> InputRejectedError:
    return InputRejectedError(what, where=source.path, todo=todo)


def _is_deep(value: object) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            part
            for each in level
            if isinstance(each, dict | list)
            for part in (each.values() if isinstance(each, dict) else each)
            if isinstance(part, dict | list)
        ]
        if not level:
            return False
    return True


def _too_deep(source: SourceFile, text: str) -> InputRejectedError:
    """Return the error with the place of the first bracket that is too deep."""
    depth = 0
    for token in _TOKENS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(token[0], 0)
        if depth > MAX_DEPTH:
            break
    line = text.count("\n", 0, token.start()) + 1
    column = token.start() - text.rfind("\n", 0, token.start())
    what = f"line {line} column {column}: too-deep: is nested deeper than {MAX_DEPTH} levels"
    return _rejected(source, what, "flatten it")


def _first_repeated(keys: Iterable[str]) -> str:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    raise AssertionError("no key is repeated")


def _refuse_lone_surrogates(source: SourceFile, value: object) -> None:
    for text in _texts(value):
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise _rejected(source, f"a lone surrogate in {text[:40]!a}") from error


def _texts(value: object) -> Iterator[str]:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, Mapping):
            waiting.extend(each)
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)

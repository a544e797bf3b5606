"""Files of our own formats: one document, YAML or JSON, checked by a model, every flaw at its place.

The formats and their JSON Schemas are described in docs/formats.md; the models say the same in Python.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args

import orjson
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from graph.errors import InputRejectedError
from graph.record import canonical
from graph.spelling import nearest
from loaders.reading.json_text import parse_json
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem, Severity
from loaders.reading.record import Record
from loaders.reading.yaml_text import YamlDocument, documents

M = TypeVar("M", bound=BaseModel)
_SHOWN = 40


class Part(BaseModel):
    """A mapping of one of our formats: no key that is not declared, no value of another kind, never changed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


def written(pattern: str, hint: str) -> AfterValidator:
    """Return the check that a text has the form of `pattern`; `hint` says how to write it."""
    form = re.compile(pattern, re.ASCII)

    def check(text: str) -> str:
        if not form.fullmatch(text):
            raise PydanticCustomError(
                "wrong-form", "{text} is not in the form expected; {hint}", _told(text, hint)
            )
        return text

    return AfterValidator(check)


def _real_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        hint = "write a day that exists"
        raise PydanticCustomError(
            "impossible-date", "{text} is not a day of the calendar; {hint}", _told(text, hint)
        ) from None
    return text


def _told(text: str, hint: str) -> dict[str, Any]:
    return {"text": repr(text[:_SHOWN]), "hint": hint}


Text = Annotated[str, StringConstraints(min_length=1)]
Day = Annotated[
    str, written(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "write dates as 2026-05-23"), AfterValidator(_real_day)
]
Url = Annotated[str, written(r"https?://\S+", "write an address that begins with https://")]
AttackDomain = Literal["enterprise-attack", "mobile-attack", "ics-attack"]
AttackVersion = Annotated[str, written(r"[0-9]{1,2}\.[0-9]", 'write a release as "18.1", in quotes')]
Slug = Annotated[str, written(r"[a-z0-9][a-z0-9-]*", "use lower-case letters, digits and hyphens")]


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong, or odd, at one place of a document.

    Attributes:
        pointer: JSON pointer (RFC 6901).
        code: stable code.
        message: what is wrong; what to do.
    """

    pointer: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Checked(Generic[M]):
    """A document that its model accepts.

    Attributes:
        path: the file, as the user named it.
        file_sha256: of the file.
        value: the document.
        record: its bytes: RFC 8785 form of JSON, the file's own of YAML.
        lines: the place of a JSON pointer in the file, for messages: `line 6`, or the pointer itself in JSON.
    """

    path: str
    file_sha256: str
    value: M
    record: Record
    lines: Callable[[str], str]

    def problem(self, flaw: Flaw, severity: Severity = Severity.NOTE) -> Problem:
        """Return `flaw` as a problem of this file."""
        return Problem(
            self.path, self.lines(flaw.pointer), flaw.code, flaw.message, severity, self.record.sha256
        )

    def refuse(self, flaws: Iterable[Flaw]) -> None:
        """Raise InputRejectedError for the first of `flaws`, if there is one."""
        listed = list(flaws)
        if listed:
            raise _rejected(self.path, self.lines, listed)


def read_checked(source: SourceFile, model: type[M]) -> Checked[M]:
    """Read the only document of `source` and check it.

    A name that ends in .json, or a first character `{`, makes it JSON; everything else is YAML.

    Raises:
        InputRejectedError: it is not one document of that format; the line says where and what to do.
    """
    value, record, lines = _read_json(source) if _is_json(source) else _read_yaml(source)
    wrong = _wrong_format(value, model)
    flaws = [wrong] if wrong else list(_nulls(value))
    if flaws:
        raise _rejected(source.path, lines, flaws)
    try:
        checked = model.model_validate_json(orjson.dumps(value), strict=True)
    except ValidationError as error:
        flaws = [_flaw(each, value) for each in error.errors(include_url=False) if not _follows(each)]
        raise _rejected(source.path, lines, flaws) from None
    return Checked(source.path, source.sha256, checked, record, lines)


def repeated(keys: Iterable[tuple[str, object]], what: str) -> Iterable[Flaw]:
    """Yield a flaw for each (pointer, key) whose key was seen before."""
    first: dict[object, str] = {}
    for pointer, key in keys:
        if key in first:
            yield Flaw(pointer, "duplicate", f"{what} is already at {first[key]}; merge the two")
        first.setdefault(key, pointer)


def _is_json(source: SourceFile) -> bool:
    name = source.path.lower().removesuffix(".gz")
    return name.endswith(".json") or source.data.lstrip()[:1] == b"{"


def _read_json(source: SourceFile) -> tuple[object, Record, Callable[[str], str]]:
    value = parse_json(source).value
    return value, Record(canonical(value), "application/json"), lambda pointer: pointer or "/"


def _read_yaml(source: SourceFile) -> tuple[object, Record, Callable[[str], str]]:
    found = documents(source)
    for each in found:
        if not isinstance(each, YamlDocument):
            raise InputRejectedError(f"{each.code}: {each.message}", where=f"{each.path}: {each.pointer}")
    document = found[0]
    if len(found) > 1 or not isinstance(document, YamlDocument):
        where = f"{source.path}: line {getattr(found[1], 'line', 1)}"
        raise InputRejectedError(
            "two-documents: contains several documents", where=where, todo="write one per file"
        )
    return document.value, Record(document.raw, "application/yaml"), lambda at: f"line {document.locate(at)}"


def _rejected(path: str, lines: Callable[[str], str], flaws: Sequence[Flaw]) -> InputRejectedError:
    first = flaws[0]
    more = f" (and {len(flaws) - 1} more)" if len(flaws) > 1 else ""
    place = lines(first.pointer)
    at = f"{first.pointer}: " if first.pointer and place != first.pointer else ""
    return InputRejectedError(f"{first.code}: {at}{first.message}{more}", where=f"{path}: {place}")


# What a model says, in our words --------------------------------------------------------------------------

_COMMANDS = {
    "native-detections/1": "sightline load detections",
    "environment/1": "sightline load environment",
    "attack-annotations/1": "sightline load annotations",
}
_TOLD = {
    "string_type": ("not-text", "{input} is not text; put it in quotes"),
    "float_type": ("not-a-number", "{input} is not a number; write it without quotes"),
    "int_type": ("not-a-whole-number", "{input} is not a whole number; write one, without quotes"),
    "int_from_float": ("not-a-whole-number", "{input} is not a whole number; write one"),
    "bool_type": ("not-true-or-false", "{input} is neither true nor false; write one of them"),
    "tuple_type": ("not-a-list", "{input} is not a list; write one"),
    "model_type": ("not-a-mapping", "{input} is not a mapping; write one"),
    "string_too_short": ("empty", "is empty; write something or leave the key out"),
    "too_short": ("empty", "is empty; write at least one entry"),
    "greater_than_equal": ("out-of-range", "{input} is too small; write at least {ge}"),
    "less_than_equal": ("out-of-range", "{input} is too large; write at most {le}"),
    "literal_error": ("unknown-word", "{input} is not a value of this key; write {expected}"),
}


def _wrong_format(value: object, model: type[BaseModel]) -> Flaw | None:
    """Report which format the document has, if it is another one: its other keys need no report then."""
    stated = value.get("format") if isinstance(value, Mapping) else None
    (expected,) = get_args(model.model_fields["format"].annotation)
    if stated == expected:
        return None
    if isinstance(stated, str) and stated in _COMMANDS:
        return Flaw("/format", "other-format", f"this is {stated}; load it with `{_COMMANDS[stated]}`")
    if stated is None:
        return Flaw("", "missing-key", f"the key format is missing; add `format: {expected}` if it is that")
    return Flaw("/format", "other-format", f"{_shown(stated)} is not {expected}; write that if it is one")


def _follows(error: ErrorDetails) -> bool:
    """Tell whether this only repeats that an entry was refused: the list was left too short by that."""
    return error["type"] == "too_short" and bool(error["input"])


def _flaw(error: ErrorDetails, value: object) -> Flaw:
    pointer = _pointer(error["loc"], value)
    kind = error["type"]
    if kind == "missing":
        return Flaw(pointer, "missing-key", f"the key {error['loc'][-1]} is missing; add it")
    if kind == "extra_forbidden":
        return Flaw(
            pointer, "unknown-key", f"the key {error['loc'][-1]!r} is not known; remove it or correct it"
        )
    if kind in _TOLD:
        code, words = _TOLD[kind]
        return Flaw(pointer, code, words.format(input=_shown(error["input"]), **error.get("ctx", {})))
    return Flaw(pointer, kind.replace("_", "-"), error["msg"])


def _shown(value: object) -> str:
    text = repr(value) if not isinstance(value, Mapping | list) else orjson.dumps(value).decode()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _pointer(place: tuple[int | str, ...], value: object) -> str:
    """Turn a model's place into a JSON pointer: what names no part of the value is a name of the model."""
    pointer = ""
    for token in place:
        inside = _inside(value)
        if token in inside:
            value = inside[token]
            pointer += _step(token)
    return pointer


def _inside(value: object) -> Mapping[int | str, object]:
    if isinstance(value, Mapping):
        return value
    return dict(enumerate(value)) if isinstance(value, list) else {}


def _step(token: int | str) -> str:
    return f"/{str(token).replace('~', '~0').replace('/', '~1')}"


def _nulls(value: object) -> Iterator[Flaw]:
    """Yield a flaw for each null: none of our formats has one, and a model would take it for an absent key."""
    waiting = [("", value)]
    while waiting:
        pointer, each = waiting.pop()
        if each is None:
            yield Flaw(pointer, "null", "there is no value; write one or leave the key out")
        waiting.extend((pointer + _step(token), inner) for token, inner in _inside(each).items())


def meant(word: str, known: Iterable[str]) -> str:
    """Return ` (did you mean 'x'?)` where a known word is close, else nothing."""
    close = nearest(word, known, most=1)
    return f" (did you mean {close[0]!r}?)" if close else ""

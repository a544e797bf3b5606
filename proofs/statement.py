"""The proof document: an in-toto Statement v1 in RFC 8785 form, read strictly.

The form is that of in-toto/attestation, spec/v1 (statement, resource descriptor, digest set); docs/proof.md states
the predicate. Whatever is unknown, missing, repeated or left over is refused: a document that is not understood whole
is not verified.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NotRequired, TypedDict, cast

import orjson

from graph.errors import IntegrityError

STATEMENT = "https://in-toto.io/Statement/v1"
COVERAGE_PATH = "urn:sightline:coverage-path:v1"

_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}", re.ASCII)
_SHOWN = 40


class Subject(TypedDict):
    """What the proof is about: a record that paths begin with, and how many of them with how many hops."""

    name: str
    digest: dict[str, str]
    annotations: "SubjectNotes"


class SubjectNotes(TypedDict):
    """How many paths begin with a subject, and how many hops these have together."""

    hops: int
    paths: int


class SourceNotes(TypedDict):
    """What this predicate adds to a resource descriptor."""

    content_root: str
    domain: NotRequired[str]
    fetched_on: NotRequired[str]
    kind: str
    published: NotRequired[str]
    records: int


class Source(TypedDict):
    """A release, a set or a table: an in-toto ResourceDescriptor."""

    name: str
    digest: NotRequired[dict[str, str]]
    uri: NotRequired[str]
    downloadLocation: NotRequired[str]
    annotations: SourceNotes


class Inclusion(TypedDict):
    """That a record is a leaf of a source's tree: `source` is the content root."""

    audit_path: list[str]
    leaf_index: int
    source: str
    tree_size: int


class RecordEntry(TypedDict):
    """A record, once, whatever number of hops need it."""

    inclusion: list[Inclusion]
    license: NotRequired[str]
    media: str
    sha256: str
    text: str


class Node(TypedDict):
    """A stop of a path; of `record` and `source` one is there, or neither for a log source."""

    attack_id: str | None
    id: str | None
    name: str | None
    node: str
    record: str | None
    source: str | None


class Origin(TypedDict):
    """Where the fact is in the file that was read; stated, not checked."""

    file: str
    place: str


class Hop(TypedDict):
    """The step from the node before to the node after.

    `at` is a JSON pointer (RFC 6901) into the record that states the fact, `line` its line there where
    that is YAML or TOML.
    """

    at: str
    direction: str
    kind: str
    line: int | None
    origin: Origin | None
    record: str | None
    relationship: str
    via: str


class ProofPath(TypedDict):
    """Nodes and hops in turn, a node first and last."""

    hops: list[Hop]
    nodes: list[Node]


class Tool(TypedDict):
    """Who wrote the document."""

    name: str
    version: str


class Predicate(TypedDict):
    """What the proof states."""

    created: str
    limits: list[str]
    paths: list[ProofPath]
    records: list[RecordEntry]
    sources: list[Source]
    tool: Tool


class Statement(TypedDict):
    """The document."""

    _type: str
    subject: list[Subject]
    predicateType: str
    predicate: Predicate


class MalformedError(IntegrityError):
    """The document is not a proof in the form of docs/proof.md; `where` is the place in it."""


def read_statement(data: bytes) -> Statement:
    """Return the proof that `data` is, to the byte.

    Raises:
        MalformedError: it is not JSON in RFC 8785 form, or not of the form that docs/proof.md states.
    """
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise MalformedError(f"not JSON: {error.msg}", todo="give a proof") from error
    shape(value, _STATEMENT, "")
    if orjson.dumps(value, option=orjson.OPT_SORT_KEYS) != data:
        what = "not in RFC 8785 form (white space, order, a repeated key or trailing bytes)"
        raise MalformedError(what, todo="verify the file as it was written")
    return cast("Statement", value)


PAYLOADS = re.compile(r"application/vnd\.in-toto(\.[a-z0-9-]+)?\+json", re.ASCII)


def read_envelope(data: bytes) -> tuple[bytes, int] | None:
    """Return the payload of a DSSE envelope and how many signatures it has; None for anything else.

    Raises:
        MalformedError: it is an envelope of another payload, or its payload is not base64.
    """
    if b'"predicateType"' in data or b'"payloadType"' not in data:
        return None
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(value, dict) or "payloadType" not in value:
        return None
    shape(value, _ENVELOPE, "")
    for name in value:
        if data.count(f'"{name}"'.encode()) > 1:
            raise MalformedError(f"the field {name} appears twice", where="/", todo="give an envelope")
    from base64 import b64decode

    try:
        return b64decode(value["payload"], validate=True), len(value["signatures"])
    except ValueError as error:
        raise MalformedError(
            "the payload is not base64", where="/payload", todo="give an envelope"
        ) from error


def write_statement(statement: Statement) -> bytes:
    """Return the document in RFC 8785 form: texts and small whole numbers under ASCII keys only."""
    return orjson.dumps(statement, option=orjson.OPT_SORT_KEYS)


# The form, as data -----------------------------------------------------------------------------------------


class Form:
    """What may stand at one place: a text, a whole number, an object, a list; optionally null."""

    __slots__ = ("each", "fields", "kind", "only", "optional", "pattern", "required")

    def __init__(
        self,
        kind: type,
        *,
        only: Sequence[str] = (),
        pattern: "re.Pattern[str] | None" = None,
        fields: "Mapping[str, Form] | None" = None,
        required: Sequence[str] | None = None,
        each: "Form | None" = None,
        optional: bool = False,
    ) -> None:
        self.kind, self.only, self.pattern, self.each = kind, only, pattern, each
        self.fields = fields or {}
        self.required = frozenset(self.fields if required is None else required)
        self.optional = optional


def shape(value: object, form: Form, place: str) -> None:
    """Compare `value` with `form`.

    Raises:
        MalformedError: at the first place where it differs.
    """
    if value is None and form.optional:
        return
    if type(value) is not form.kind:
        raise MalformedError(f"{_told(value)} is not {_NAMES[form.kind]}", where=place or "/")
    if isinstance(value, str):
        _text(value, form, place)
    elif isinstance(value, int) and value < 0:
        raise MalformedError(f"{value} is negative", where=place)
    elif isinstance(value, dict):
        _fields(value, form, place)
    elif isinstance(value, list) and form.each is not None:
        for index, each in enumerate(value):
            shape(each, form.each, f"{place}/{index}")


def _text(value: str, form: Form, place: str) -> None:
    if form.only and value not in form.only:
        raise MalformedError(f"{_told(value)} is not {' or '.join(form.only)}", where=place)
    if form.pattern is not None and not form.pattern.fullmatch(value):
        raise MalformedError(f"{_told(value)} is not of the form {form.pattern.pattern}", where=place)


def _fields(value: dict[str, object], form: Form, place: str) -> None:
    for name in value:
        if name not in form.fields:
            raise MalformedError(f"the field {_told(name)} is not known", where=place or "/")
    for name in sorted(form.required):
        if name not in value:
            raise MalformedError(f"the field {name} is missing", where=place or "/")
    for name, each in value.items():
        shape(each, form.fields[name], f"{place}/{name}")


def _told(value: object) -> str:
    shown = repr(value) if isinstance(value, str | int | float | bool | None) else type(value).__name__
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."


_NAMES: dict[type, str] = {str: "text", int: "a whole number", dict: "an object", list: "a list"}

_TEXT = Form(str)
_OPTIONAL_TEXT = Form(str, optional=True)
_DIGEST = Form(str, pattern=_HEX)
_COUNT = Form(int)


def _object(required: Mapping[str, Form], optional: Mapping[str, Form] | None = None) -> Form:
    return Form(dict, fields={**required, **(optional or {})}, required=tuple(required))


def _list(each: Form) -> Form:
    return Form(list, each=each)


_SUBJECT = _object(
    {
        "annotations": _object({"hops": _COUNT, "paths": _COUNT}),
        "digest": _object({"sha256": _DIGEST}),
        "name": _TEXT,
    }
)
_SOURCE = _object(
    {
        "name": _TEXT,
        "annotations": _object(
            {"content_root": _DIGEST, "kind": _TEXT, "records": _COUNT},
            {"domain": _TEXT, "fetched_on": _TEXT, "published": _TEXT},
        ),
    },
    {
        "digest": _object({}, {"sha256": _DIGEST, "gitCommit": Form(str, pattern=_COMMIT)}),
        "uri": _TEXT,
        "downloadLocation": _TEXT,
    },
)
_RECORD = _object(
    {
        "inclusion": _list(
            _object(
                {"audit_path": _list(_DIGEST), "leaf_index": _COUNT, "source": _DIGEST, "tree_size": _COUNT}
            )
        ),
        "media": Form(str, only=("application/json", "application/yaml", "application/toml")),
        "sha256": _DIGEST,
        "text": _TEXT,
    },
    {"license": _TEXT},
)
_OPTIONAL_DIGEST = Form(str, pattern=_HEX, optional=True)
_NODE = _object(
    {
        "attack_id": _OPTIONAL_TEXT,
        "id": _OPTIONAL_TEXT,
        "name": _OPTIONAL_TEXT,
        "node": _TEXT,
        "record": _OPTIONAL_DIGEST,
        "source": _OPTIONAL_DIGEST,
    }
)
_HOP = _object(
    {
        "at": _TEXT,
        "direction": Form(str, only=("in", "out")),
        "kind": Form(str, only=("computed", "recorded")),
        "line": Form(int, optional=True),
        "origin": Form(dict, fields={"file": _TEXT, "place": _TEXT}, optional=True),
        "record": _OPTIONAL_DIGEST,
        "relationship": _TEXT,
        "via": _TEXT,
    }
)
_PREDICATE = _object(
    {
        "created": _TEXT,
        "limits": _list(_TEXT),
        "paths": _list(_object({"hops": _list(_HOP), "nodes": _list(_NODE)})),
        "records": _list(_RECORD),
        "sources": _list(_SOURCE),
        "tool": _object({"name": _TEXT, "version": _TEXT}),
    }
)
_ENVELOPE = _object(
    {
        "payload": _TEXT,
        "payloadType": Form(str, pattern=PAYLOADS),
        "signatures": _list(Form(dict, fields={"keyid": _TEXT, "sig": _TEXT}, required=("sig",))),
    }
)
_STATEMENT = _object(
    {
        "_type": Form(str, only=(STATEMENT,)),
        "predicate": _PREDICATE,
        "predicateType": Form(str, only=(COVERAGE_PATH,)),
        "subject": _list(_SUBJECT),
    }
)

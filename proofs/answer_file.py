"""Answer files: an answer with the question, the parameters and what was loaded, under one digest.

The digest is the SHA-256 of the RFC 8785 form of {"answer": ..., "rows": ...}: the same data and question give the
same one on every machine. docs/proof.md specifies the file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any, cast

from graph.errors import InputRejectedError
from graph.record import Json, canonical, sha256_hex
from proofs.report import INTACT, REFUSED, Check, RefusedError, Report, Stated

if TYPE_CHECKING:
    from queries.ask import AskedQuestion
    from queries.questions.releases.roots import LoadedRoot

SCOPE = ("release", "environment", "platforms", "of")
"""Fields of the envelope that say what the rows are about, and that the digest leaves out."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What an answer rests on.

    Attributes:
        command: the words of the command, such as `plan telemetry`.
        parameters: its arguments and options by name, those left out not among them; `release` and `environment` are
            those that answered.
        questions: what was asked.
        loaded: all that the rows can depend on.
    """

    command: str
    parameters: Mapping[str, Json]
    questions: Iterable["AskedQuestion"]
    loaded: Sequence["LoadedRoot"]


def sealed(
    scope: Mapping[str, Json], rows: Json, basis: Basis, *, written: bytes | None = None
) -> dict[str, Json]:
    """Return the answer file.

    Args:
        scope: release, environment, platforms and denominator.
        rows: as `--format json` writes them, read again: texts, numbers, lists and objects only.
        basis: what the rows rest on.
        written: the RFC 8785 form of the rows, where it is known already.

    Raises:
        ValueError: a value has no RFC 8785 form.
    """
    answer = answer_of(
        basis, cast("str | None", scope.get("release")), cast("str | None", scope.get("environment"))
    )
    return {
        **{name: scope.get(name) for name in SCOPE},
        "rows": rows,
        "answer": answer,
        "digest": digest(answer, rows) if written is None else digest_of_written(answer, written),
        "about": {"created": _now(), "tool": f"sightline {own_version()}"},
    }


def digest(answer: Json, rows: Json) -> str:
    """Return the digest of an answer, 64 hex digits.

    Raises:
        ValueError: a value has no RFC 8785 form.
    """
    return sha256_hex(canonical({"answer": answer, "rows": rows}))


def digest_of_written(answer: Json, rows: bytes) -> str:
    """Return the digest of an answer whose rows are in RFC 8785 form: `answer` sorts before `rows`.

    Raises:
        ValueError: a value has no RFC 8785 form.
    """
    return sha256_hex(b'{"answer":' + canonical(answer) + b',"rows":' + rows + b"}")


def answer_of(basis: Basis, release: str | None, environment: str | None) -> dict[str, Json]:
    """Return what was asked of what: the part of the file that the digest covers beside the rows."""
    domain = release.partition("@")[0] if release else None
    return {
        "command": basis.command,
        "parameters": dict(basis.parameters),
        "questions": [question_of(each) for each in sorted(basis.questions)],
        "loaded": _loaded(basis.loaded, domain, environment, every=bool(basis.parameters.get("all_sets"))),
    }


def question_of(asked: "AskedQuestion") -> dict[str, Json]:
    """Return a question as answer files name it."""
    return {"name": asked.name, "revision": asked.revision, "text_sha256": asked.text_sha256}


def _loaded(
    roots: Sequence["LoadedRoot"], domain: str | None, environment: str | None, *, every: bool
) -> dict[str, Json]:
    """Return what the rows can depend on: releases of the domain, sets in use, annotations, the environment."""

    def of(kind: str) -> list["LoadedRoot"]:
        return [root for root in roots if root.kind == kind]

    releases = [root for root in of("release") if domain in (None, root.domain)]
    sets = [root for root in of("set") if root.in_use or every]
    environments = [root for root in of("environment") if environment in (None, root.key)]
    return {
        "releases": [_root(root) for root in releases],
        "sets": [{**_root(root), "tables_root": root.tables} for root in sets],
        "environments": [_root(root) for root in environments],
        "annotations": [_root(root) for root in of("annotations")],
    }


def _root(root: "LoadedRoot") -> dict[str, Json]:
    return {"key": root.key, "content_root": root.content_root}


@cache
def own_version() -> str:
    """Return the version of this Sightline; its metadata is read once."""
    try:
        return version("sightline-attack")
    except PackageNotFoundError:
        return "unknown"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


# Reading and checking ---------------------------------------------------------------------------------------

FIELDS = (*SCOPE, "rows", "answer", "digest", "about")
ABOUT = ("created", "tool")
_ANSWER = ("command", "parameters", "questions", "loaded")
_LOADED = ("releases", "sets", "environments", "annotations")


def read_answer(data: bytes, *, about: Sequence[str] = ABOUT) -> dict[str, Any]:
    """Return the answer file that `data` is; `about` are the fields of what it states about itself.

    Raises:
        RefusedError: it is not JSON, repeats a key, or is not of the form that docs/proof.md states.
    """
    from loaders.reading.json_text import parse_json
    from loaders.reading.one_file import SourceFile

    try:
        value = parse_json(SourceFile("answer file", data, "")).value
    except InputRejectedError as error:
        raise RefusedError(f"neither a proof nor an answer file: {error.what}") from error
    if not isinstance(value, dict) or set(value) != set(FIELDS):
        raise RefusedError(f"neither a proof nor an answer file: its fields are not {', '.join(FIELDS)}")
    _has(value["answer"], _ANSWER, "/answer")
    _has(value["answer"]["loaded"], _LOADED, "/answer/loaded")
    _has(value["about"], about, "/about")
    return cast("dict[str, Any]", value)


def _has(value: object, names: Sequence[str], where: str) -> None:
    if not isinstance(value, dict) or set(value) != set(names):
        raise RefusedError(f"its fields are not {', '.join(names)}", where)


def verify_answer(data: bytes) -> Report:
    """Compare the digest of an answer file with its question, parameters, what was loaded, and rows."""
    try:
        file = read_answer(data)
        checks = tuple(intact(file))
    except RefusedError as refused:
        return Report(REFUSED, (refused.check,))
    return Report(INTACT, checks, tuple(stated_in(file)))


def intact(file: Mapping[str, Any]) -> Iterator[Check]:
    """Yield the checks of an answer file's digest.

    Raises:
        RefusedError: the digest is not the one that the file states.
    """
    yield Check("the document has the form of an answer file", holds=True)
    try:
        found = digest(file["answer"], file["rows"])
    except ValueError as error:
        raise RefusedError(str(error)) from error
    if found != file["digest"]:
        raise RefusedError(
            f"the digest over the answer and its rows is {found}, not the one stated", "/digest"
        )
    yield Check(f"the digest over the answer and its rows is {found}", holds=True)


def stated_in(file: Mapping[str, Any]) -> Iterator[Stated]:
    """Yield what an answer file says that its digest does not cover, and what was loaded for it."""
    for name in ABOUT:
        yield Stated(name, str(file["about"][name]))
    for name in SCOPE:
        if file[name] not in (None, []):
            yield Stated(name, ", ".join(file[name]) if isinstance(file[name], list) else str(file[name]))
    for kind in _LOADED:
        for each in file["answer"]["loaded"][kind]:
            yield Stated(f"loaded: {each['key']}", f"content root {each['content_root']}")

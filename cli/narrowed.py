"""What a person narrows an answer to, read from the options that say so."""

from collections.abc import Iterator
from pathlib import Path

import orjson

from graph.errors import InputRejectedError
from graph.identifiers import official, technique
from queries.answers.narrowing import Narrowing

LARGEST = 32 * 1024 * 1024
"""Bytes of a list of techniques that are read."""


def narrowing(
    tactic: str | None, platform: str | None, used_by: str | None, techniques: Path | None
) -> Narrowing:
    """Return what the four options narrow an answer to.

    Raises:
        InputRejectedError: the list of techniques cannot be read, or has something else in it.
    """
    user = official(used_by) or used_by if used_by else None
    listed = frozenset(_techniques(techniques)) if techniques else None
    return Narrowing(tactic, platform, user, listed)


def _techniques(path: Path) -> Iterator[str]:
    """Yield the identifiers of a file: one on a line, or those of a Navigator layer that are enabled."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise InputRejectedError(f"cannot be read: {error.strerror}", where=str(path)) from error
    if len(data) > LARGEST:
        raise InputRejectedError(
            f"has more than {LARGEST >> 20} MiB", where=str(path), todo="pass a shorter list"
        )
    text = data.decode("utf-8-sig", "replace")
    words = _of_layer(path, data) if text.lstrip()[:1] in {"{", "["} else _of_lines(text)
    for place, word in words:
        attack_id = technique(word)
        if attack_id is None:
            raise InputRejectedError(
                "not a technique id", where=f"{path} {place}", todo="give one such as T1059.001 a line"
            )
        yield attack_id


def _of_lines(text: str) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        word = line.partition("#")[0].strip()
        if word:
            yield f"line {number}", word


def _of_layer(path: Path, data: bytes) -> Iterator[tuple[str, str]]:
    try:
        layers = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise InputRejectedError(f"not JSON: {error.msg}", where=str(path)) from error
    for layer in layers if isinstance(layers, list) else [layers]:
        listed = layer.get("techniques") if isinstance(layer, dict) else None
        if not isinstance(listed, list):
            raise InputRejectedError("not a Navigator layer: no techniques", where=str(path))
        for number, each in enumerate(listed):
            if isinstance(each, dict) and each.get("enabled", True):
                yield f"/techniques/{number}", str(each.get("techniqueID"))

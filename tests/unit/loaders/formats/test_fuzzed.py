"""Damaged files of the formats: each is taken or reported in our words, never with an error of Python's own.

The seeds are the examples of tests/formats; 500 variants of each format here, 10,000 in `make torture`.
"""

import random
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

import pytest

from graph.errors import SightlineError
from loaders.formats import FORMATS, Source, Takes
from loaders.reading.problems import Problem
from tests.formats.example import Example, written

TREES = [word for word, entry in FORMATS.items() if entry.load().takes is Takes.TREE]
MANY, MORE = 500, 10_000

_PIECES = (
    b"", b"\x00", b"\xff\xfe", b"\xf0\x9f\x98\x80", b"\r", b"\t", b"'", b'"', b"[", b"]", b"{", b"}", b":", b"- ",
    b"= ", b"null", b"~", b"1e999", b"-1", b"true", b"2026-13-45", b"[[a]]", b"[a.b.c]", b"*a", b"&a", b"<<: ",
    b"!!python/x ", b"---\n", b"T1528", b"t1528.", b" AND ", b"[" * 200, b"a." * 300, b"9" * 5000, b"x" * 600,
    b"\\ud800", b"\xe2\x80\xae",
)  # fmt: skip


def variants(seeds: Sequence[bytes], chance: random.Random) -> Iterator[bytes]:
    """Yield damaged texts without end: cut, joined, doubled, with lines swapped and odd pieces put in."""
    while True:
        data = chance.choice(seeds)
        for _ in range(chance.randint(1, 4)):
            data = chance.choice((_replaced, _cut, _swapped, _doubled, _without_line))(data, chance)
        yield data


def _replaced(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + chance.choice(_PIECES) + data[start + chance.randrange(8) :]


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.3 else data


def _swapped(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    chance.shuffle(lines)
    return b"".join(lines) if chance.random() < 0.2 else data


def _doubled(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = chance.randrange(len(lines) + 1)
    return b"".join((*lines[:at], *lines[at : at + 3], *lines[at:]))


def _without_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    return b"".join(line for line in lines if chance.random() > 0.1)


def takes_or_reports(word: str, number: int, folder: Path) -> None:
    """Read `number` damaged variants of a format's example, each as the only file."""
    example = cast("Example", import_module(f"tests.formats.{word.replace('-', '_')}").EXAMPLE)
    seeds = [each if isinstance(each, bytes) else each.encode() for each in example.first.values()]
    suffix = Path(next(iter(example.first))).suffix
    damaged = variants(seeds, random.Random(f"{word} {number}"))  # noqa: S311
    form = FORMATS[word].load()
    for _ in range(number):
        paths = written(folder, {f"damaged{suffix}": next(damaged)})
        try:
            for found in form.read(Source(paths), example.naming):
                assert isinstance(found, Problem) or found.items >= found.stored
        except SightlineError as error:
            assert "\n" not in str(error)  # noqa: PT017


@pytest.mark.parametrize("word", TREES)
def test_damaged_files_are_taken_or_reported(word: str, tmp_path: Path) -> None:
    takes_or_reports(word, MANY, tmp_path)


@pytest.mark.torture
@pytest.mark.parametrize("word", TREES)
def test_many_damaged_files_are_taken_or_reported(word: str, tmp_path: Path) -> None:
    takes_or_reports(word, MORE, tmp_path)

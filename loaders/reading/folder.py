"""The files of a folder, in the order of their paths; nothing outside it is read."""

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from loaders.reading.one_file import (
    EntryError,
    Limits,
    SourceFile,
    file_bytes_of,
    shown,
    too_many,
    unpacked,
)
from loaders.reading.problems import Problem


def folder_entries(root: str, suffixes: tuple[str, ...], limits: Limits) -> Iterator[SourceFile | Problem]:
    """Yield the wanted files under `root`, in the order of their paths, or what is wrong with each."""
    found, problems = _listed(root, limits)
    yield from problems
    wanted = [entry for entry in found if entry.name.lower().endswith(suffixes)]
    real_root = os.path.realpath(root)
    for entry in sorted(wanted, key=lambda entry: Path(entry.path).parts):
        try:
            if entry.is_symlink():
                _stay_inside(entry.path, real_root)
            packed = file_bytes_of(entry.path, limits)
            data = unpacked(entry.path, packed, limits)
        except EntryError as error:
            yield error.problem(entry.path)
        else:
            yield SourceFile(shown(entry.path), data, sha256(data).hexdigest())


def _listed(root: str, limits: Limits) -> tuple[list["os.DirEntry[str]"], list[Problem]]:
    """Every file under `root`, and the folders that could not be listed or are links.

    A stack of our own, since paths may be deeper than Python's.
    """
    files: list[os.DirEntry[str]] = []
    problems: list[Problem] = []
    folders = [root]
    seen = 0
    while folders:
        here = folders.pop()
        try:
            entries = _names(here, limits.entries - seen)
        except OSError as error:
            problems.append(
                EntryError("unreadable", f"cannot be listed ({error.strerror})", "").problem(here)
            )
            continue
        seen += len(entries)
        if seen > limits.entries:
            raise too_many(root, limits)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            elif entry.is_symlink() and Path(entry.path).is_dir():
                problems.append(_folder_link(entry.path))
            else:
                files.append(entry)
    return files, problems


def _names(folder: str, at_most: int) -> list["os.DirEntry[str]"]:
    """List the entries of `folder`, or one more than `at_most` of them."""
    names: list[os.DirEntry[str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            names.append(entry)
            if len(names) > at_most:
                break
    return names


def _folder_link(path: str) -> Problem:
    return EntryError(
        "link", "is a link to a folder, which is not followed", "name that folder itself"
    ).problem(path)


def _stay_inside(path: str, real_root: str) -> None:
    if not Path(os.path.realpath(path)).is_relative_to(real_root):
        raise EntryError("link", "is a link out of the folder", "name the file that it points to itself")

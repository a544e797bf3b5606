"""Folders that a command writes: whole or not at all."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from cli.files import unwritten
from graph.errors import UsageError

MARK = ".sightline-site"
"""A file in every folder that was written so: only such a folder, or an empty one, is replaced."""


def refuse_others(folder: Path) -> None:
    """Refuse a folder that has something else in it, before anything is made.

    Raises:
        UsageError: it is a file, or a folder that was not written by this command.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UsageError("is not a folder", where=str(folder), todo="name a folder")
    if any(folder.iterdir()) and not (folder / MARK).exists():
        raise UsageError("has other files in it", where=str(folder), todo="name a new or an empty folder")


def put_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write the files into a folder beside `folder`, swap the two, and return how many files there are.

    What was in `folder` before stays until the new one is whole; if anything fails, it stays.

    Raises:
        UsageError: it has other files in it, or nothing can be written there.
        LimitExceededError: the disk is full.
    """
    refuse_others(folder)
    fresh = folder.with_name(f"{folder.name}.{os.getpid()}.new")
    try:
        fresh.mkdir(parents=True)
        number = _written(fresh, files)
        _swap(folder, fresh)
    except OSError as error:
        raise unwritten(folder, error) from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return number


def _written(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    made, number = {folder}, 0
    (folder / MARK).write_bytes(b"")
    for path, content in files:
        place = folder / path
        if place.parent not in made:
            place.parent.mkdir(parents=True, exist_ok=True)
            made.add(place.parent)
        place.write_bytes(content)
        number += 1
    os.sync()  # thousands of files: one at a time would take longer than making them
    return number


def _swap(folder: Path, fresh: Path) -> None:
    """Put the new folder in the place of the old one, which is put back if that fails."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = folder.with_name(f"{folder.name}.{os.getpid()}.old")
    folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)

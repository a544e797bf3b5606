"""The real releases, rules and mappings that tests read, and what happens where they are not there.

Without a file the test that asks for it is skipped with a message, and fails where `CI` is true.
"""

import os
from pathlib import Path, PosixPath
from typing import NoReturn, Self

import pytest

from tools.data_folder import data_folder


class RealFile(PosixPath):
    """A path in the real data; one that leads to nothing skips the test."""

    def __truediv__(self, name: str | os.PathLike[str]) -> Self:
        """Return the path below."""
        path = super().__truediv__(name)
        if not path.exists():
            _missing(path)
        return path


def real_data() -> RealFile:
    """Return the folder of the real data."""
    folder = data_folder()
    if not folder.is_dir():
        _missing(folder)
    return RealFile(folder)


def _missing(path: Path) -> NoReturn:
    message = f"no real data at {path}: run `make data`, or set SIGHTLINE_DATA to the folder"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)

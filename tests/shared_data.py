"""The real releases, rules and mappings that tests read: `../shared/data`, or `$SIGHTLINE_DATA`."""

import os
from pathlib import Path

import pytest

_BESIDE = Path(__file__).parents[1] / ".." / "shared" / "data"


def shared_data(*parts: str) -> Path:
    """Return a path in the real data; without it the test is skipped, and fails where `CI` is true."""
    path = Path(os.environ.get("SIGHTLINE_DATA", _BESIDE)).joinpath(*parts)
    if not path.exists():
        message = f"no real data at {path}; set SIGHTLINE_DATA"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return path

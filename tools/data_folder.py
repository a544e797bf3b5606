"""Where the real releases, rules and mappings are that tests and benchmarks read."""

import os
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
FETCHED = CHECKOUT / ".data"
"""Where `make data` puts them."""


def data_folder() -> Path:
    """Return `$SIGHTLINE_DATA`, else `../shared/data` beside the checkout, else `.data` in it; it may not exist."""
    named = os.environ.get("SIGHTLINE_DATA")
    beside = CHECKOUT.parent / "shared" / "data"
    return Path(named) if named else beside if beside.is_dir() else FETCHED

"""Where the real releases, rules and mappings are."""

import gzip
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def data() -> Path:
    """Return the folder; SystemExit if there is none."""
    named = os.environ.get("SIGHTLINE_DATA")
    folder = Path(named) if named else Path(__file__).parents[2] / "shared" / "data"
    if not folder.is_dir():
        raise SystemExit(f"no real data at {folder}: set SIGHTLINE_DATA to the folder")
    return folder


def release(key: str) -> str:
    """Return the path of a bundle, such as that of `enterprise-attack-18.1`."""
    return str(data() / "attack" / f"{key}.json.gz")


@contextmanager
def unpacked(key: str) -> Iterator[str]:
    """Yield the path of a bundle as a plain file, which a peer and we can both read."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "bundle.json"
        with gzip.open(release(key)) as packed, plain.open("wb") as target:
            shutil.copyfileobj(packed, target)
        yield str(plain)

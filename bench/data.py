"""Where the real releases, rules and mappings are."""

import gzip
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.data_folder import data_folder


def data() -> Path:
    """Return the folder; SystemExit if there is none."""
    folder = data_folder()
    if not folder.is_dir():
        raise SystemExit(f"no real data at {folder}: run `make data`, or set SIGHTLINE_DATA")
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

"""Bring the real data that tests read, as far as it is published; `make data`.

`tools/data.csv` lists each file: its path in the folder, its content root, and how `sightline fetch` gets it. A file
that is there is checked; one that is not is fetched, checked and written under its path. What no command fetches is
named; the tests that read it are skipped, and fail where `CI` is true.
"""

import csv
import gzip
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from graph.errors import SightlineError
from graph.record import merkle_root
from loaders.fetch.attack import fetch_attack
from loaders.fetch.ctid import fetch_ctid
from loaders.fetch.sigma import fetch_sigma
from loaders.formats.attack.bundle import read_bundle
from loaders.formats.ctid.collection import read_ctid
from loaders.formats.sigma.collection import read_sigma
from loaders.reading.sources import read_file
from tools.data_folder import FETCHED

TABLE = Path(__file__).with_name("data.csv")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of the real data.

    Attributes:
        path: in the folder, such as `attack/ics-attack-18.1.json.gz`.
        content_root: Merkle root of its records, in hex; "" where it has none.
        fetch: what is fetched by which command, `attack ics-attack@18.1`; "" where no command gets it.
    """

    path: str
    content_root: str
    fetch: str

    @property
    def kind(self) -> str:
        """The first folder of its path: `attack`, `ctid` or `sigma`."""
        return self.path.partition("/")[0]


def wanted() -> list[Wanted]:
    """Return the lines of the table."""
    with TABLE.open(newline="", encoding="utf-8") as lines:
        return [Wanted(**row) for row in csv.DictReader(lines)]


def root_of(kind: str, path: Path) -> str:
    """Return the content root of a file, as loading it would."""
    if kind == "attack":
        return read_bundle(read_file(str(path))).content_root
    if kind == "sigma":
        evidence = read_sigma(str(path), name="sigmahq", version="any").evidence
    else:
        (evidence,) = read_ctid([str(path)]).sets
    return merkle_root(record.data for record in evidence.records)


Fetch = Callable[[str, Path, str | None], str]
FETCHERS: Mapping[str, Fetch] = {
    "attack": lambda what, to, mirror: fetch_attack([what], folder=to, base_url=mirror)[0].path,
    "sigma": lambda what, to, mirror: fetch_sigma(what, folder=to, base_url=mirror).path,
    "ctid": lambda what, to, mirror: fetch_ctid([what], folder=to, base_url=mirror)[0].path,
}


def bring(each: Wanted, folder: Path, mirror: str | None = None) -> str:
    """Return what became of one file, in a word or a sentence; it is in `folder` whole and checked, or not at all."""
    path = folder / each.path
    if path.exists():
        return "checked" if _is_right(each, path) else "is there with other content; remove it"
    if not each.fetch:
        return "is not published as one file; copy it there"
    kind, _, what = each.fetch.partition(" ")
    with tempfile.TemporaryDirectory() as place:
        try:
            found = Path(FETCHERS[kind](what, Path(place), mirror))
        except SightlineError as error:
            return f"not fetched: {error}"
        if not _is_right(each, found):
            return "not kept: what is published now has other content"
        _write(path, found.read_bytes())
    return "fetched"


def _is_right(each: Wanted, path: Path) -> bool:
    return not each.content_root or root_of(each.kind, path) == each.content_root


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress(data, mtime=0) if path.suffix == ".gz" else data
    partial = path.with_name(f"{path.name}.partial")
    partial.write_bytes(packed)
    partial.replace(path)


def report(folder: Path, mirror: str | None = None) -> Iterator[str]:
    """Yield a line for each file of the table."""
    for each in wanted():
        yield f"{each.path}: {bring(each, folder, mirror)}"


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FETCHED
    for line in report(target):
        print(line, flush=True)
    print(f"the data is in {target}; tests read it from there, or from $SIGHTLINE_DATA")

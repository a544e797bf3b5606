"""One page against `coverage T1528`, and a site against `stix2.MemoryStore` reading the bundle.

Goals: a page in at most three times a cold `coverage T1528`; the site of 19.1 with the Sigma release and all CTID
files, without rule pages, in at most 12 times the wall time of the store, with at most 400 MB in the client. The
server is warm.
"""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.commands import PEERS, SIGHTLINE
from bench.data import data, release, unpacked
from bench.pairs import alternate, run

STORE = "import sys, stix2; stix2.MemoryStore().load_from_file(sys.argv[1])"


def lines(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the figures, one line each."""
    mappings = [str(path) for path in sorted((data() / "ctid").glob("*.json"))]
    run([*SIGHTLINE, "load", "attack", release("enterprise-attack-19.1")], environment)
    run([*SIGHTLINE, "load", "sigma", str(next((data() / "sigma").glob("*.zip")))], environment)
    run([*SIGHTLINE, "load", "ctid", *mappings, str(data() / "ctid" / "security-stack")], environment)
    with tempfile.TemporaryDirectory() as folder:
        yield from _page(environment, Path(folder))
        yield from _site(environment, Path(folder))


def _page(environment: Mapping[str, str], folder: Path) -> Iterator[str]:
    page = [*SIGHTLINE, "export", "page", "T1528", "-o", str(folder / "T1528.html")]
    pair = alternate(
        "page of T1528", page, [*SIGHTLINE, "coverage", "T1528"], runs=7, environment=environment
    )
    yield f"{pair.name} / coverage T1528: wall {pair.ratio('wall'):.2f} (goal 3.00)"


def _site(environment: Mapping[str, str], folder: Path) -> Iterator[str]:
    with unpacked("enterprise-attack-19.1") as plain:
        site = [*SIGHTLINE, "export", "site", str(folder / "site"), "-q"]
        pair = alternate("site of 19.1", site, [PEERS, "-c", STORE, plain], runs=2, environment=environment)
    pages = [path.stat().st_size for path in (folder / "site").rglob("*.html")]
    yield f"{pair.name} / stix2.MemoryStore: wall {pair.ratio('wall'):.1f} (goal 12.0)"
    yield (
        f"  {len(pages):,} pages, {pair.median('wall'):.0f} s wall, {pair.median('cpu'):.0f} s client CPU, "
        f"{max(each.peak for each in pair.ours):.0f} MB (goal 400)"
    )
    start = (folder / "site" / "index.html").stat().st_size
    yield f"  start page {start / 1000:.0f} KB (goal 300), largest page {max(pages) / 1000:.0f} KB (goal 400)"

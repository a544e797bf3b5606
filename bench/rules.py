"""`load sigma` against pySigma reading the same rules, and how the cost grows with ten times as many.

Goal: reading takes at most a third of the time of pySigma's `SigmaCollection.load_ruleset`; resolving ten times as
many rules takes about ten times as long. Client CPU is compared, which other work on the machine disturbs least.
"""

import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

from bench.commands import OURS, PEERS, cpu_seconds
from bench.data import data, release
from bench.server import target_of
from graph.errors import LimitExceededError
from graph.holding.publish import remove
from graph.holding.sets import EVIDENCE
from graph.server.connection import Graph, connect
from loaders.evidence.rows import set_loadable
from loaders.formats import Source
from loaders.formats.sigma.collection import SigmaSet, read_sigma
from loaders.formats.sigma.rows import sigma_rows
from loaders.loading import load, load_source
from loaders.tables.aliases import Aliases

FACTORS = (1, 3, 10)
OUR_READING = (
    """
from loaders.evidence.rows import set_loadable
from loaders.formats import Source
from loaders.formats.sigma.collection import read_sigma
from loaders.formats.sigma.rows import sigma_rows
from loaders.tables.aliases import Aliases
""",
    "sigma_rows(read_sigma(sys.argv[1]), Aliases())",
)
PEER_READING = (
    "from sigma.collection import SigmaCollection",
    "SigmaCollection.load_ruleset([sys.argv[1]])",
)


def reading(archive: Path) -> Iterator[str]:
    """Yield the figures of reading the rules, ours and pySigma's."""
    with tempfile.TemporaryDirectory() as folder:
        with ZipFile(archive) as packed:
            packed.extractall(folder)  # our own copy of a published release
        ours = cpu_seconds(OURS, *OUR_READING, str(archive))
        peer = cpu_seconds(PEERS, *PEER_READING, folder)
    yield f"read rules / pySigma load_ruleset: CPU {ours / peer:.2f} (goal 0.33)"
    yield f"  ours {ours:.2f} s, peer {peer:.2f} s"


def growth(graph: Graph, archive: Path) -> Iterator[str]:
    """Yield the figures of loading 1, 3 and 10 times the rules, and the slope between them, after an uncounted load.

    Ten times the rules in one transaction may need more than the 0.7 GiB that a heap of 1 GiB leaves for it; then
    the refusal is the figure.
    """
    read = read_sigma(str(archive))
    seconds: dict[int, float] = {}
    _load_seconds(graph, multiplied(read, 1))
    for factor in FACTORS:
        try:
            seconds[factor] = _load_seconds(graph, multiplied(read, factor))
        except LimitExceededError as error:
            yield f"load {factor} x {len(read.rules)} rules: {error}"
        else:
            yield f"load {factor} x {len(read.rules)} rules: {seconds[factor]:.2f} s"
    first, last = min(seconds), max(seconds)
    if last > first:
        slope = (seconds[last] - seconds[first]) / (last - first)
        yield f"  slope {slope:.2f} s for each {len(read.rules)} rules more"


def multiplied(read: SigmaSet, factor: int) -> SigmaSet:
    """Return the set with each rule `factor` times, under other ids and with the same tags."""
    rules = tuple(
        replace(rule, id=f"{rule.id}-{copy}") if copy else rule
        for copy in range(factor)
        for rule in read.rules
    )
    pieces = len(rules)
    evidence = replace(read.evidence, version=f"times-{factor}", items=rules, pieces=pieces, stored=pieces)
    return replace(read, evidence=evidence, rules=rules)


def _load_seconds(graph: Graph, read: SigmaSet) -> float:
    loadable = set_loadable(read.evidence, sigma_rows(read, Aliases()))
    started = time.perf_counter()
    report = load(graph, loadable)
    taken = time.perf_counter() - started
    remove(graph, EVIDENCE, report.key)
    return taken


def lines(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the figures, one line each."""
    archive = data() / "sigma" / "sigma-rules-r2026-04-01.zip"
    yield from reading(archive)
    with connect(target_of(environment)) as graph:
        for key in ("enterprise-attack-17.1", "enterprise-attack-18.1"):
            load_source(graph, "attack", Source((release(key),)))
        yield from growth(graph, archive)

"""Proofs: checking one, anchoring it in the publisher's file, and tracing all evidence of a technique into one.

Goals: `verify` of ten hops at most 1.5 times `import orjson, typer` and under 60 MB; `--against` 19.1 at most four
times the parse of that file by `json.load`; `trace T1528 --proof` at most ten cold `coverage T1528`.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.commands import OURS, SIGHTLINE
from bench.data import data, release, unpacked
from bench.pairs import Pair, alternate, run

IMPORT = [OURS, "-c", "import orjson, typer"]
PARSE = [OURS, "-c", "import json, sys; json.load(open(sys.argv[1], encoding='utf-8'))"]
NEWEST = "enterprise-attack-19.1"
HOPS = 10


def lines(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the figures, one line each."""
    run([*SIGHTLINE, "load", "attack", release(NEWEST), "--release", "19.1"], environment)
    run(
        [*SIGHTLINE, "load", "sigma", str(data() / "sigma" / "sigma-rules-r2026-04-01.zip")],
        environment,
    )
    with tempfile.TemporaryDirectory() as folder:
        yield from _verifying(environment, Path(folder))
        yield from _tracing(environment, Path(folder))


def _verifying(environment: Mapping[str, str], folder: Path) -> Iterator[str]:
    """Yield the figures of a proof of guidance (JSON records) and of one of a rule (YAML too), some ten hops each."""
    guidance, rules = folder / "guidance.json", folder / "rules.json"
    run([*SIGHTLINE, "trace", "AN0496", "--proof", str(guidance)], environment)
    run([*SIGHTLINE, "trace", _rule(environment, folder), "--proof", str(rules)], environment)
    for proof in (guidance, rules):
        pair = alternate(proof.stem, [*SIGHTLINE, "verify", str(proof)], IMPORT, runs=15)
        yield (
            f"verify {proof.stem}, {_hops(proof)} hops / import orjson, typer: wall {pair.ratio('wall'):.2f} "
            f"(goal 1.50), peak {pair.median('peak'):.0f} MB (goal 60)"
        )
    with unpacked(NEWEST) as plain:
        against = [*SIGHTLINE, "verify", str(guidance), "--against", plain]
        pair = alternate("verify --against", against, [*PARSE, plain], runs=5)
    yield f"verify --against 19.1 / json.load: wall {pair.ratio('wall'):.2f} (goal 4.00)"


def _tracing(environment: Mapping[str, str], folder: Path) -> Iterator[str]:
    trace = [*SIGHTLINE, "trace", "T1528", "--proof", str(folder / "all.json")]
    pair: Pair = alternate(
        "trace --proof", trace, [*SIGHTLINE, "coverage", "T1528"], runs=7, environment=environment
    )
    yield f"trace T1528 --proof / coverage T1528: wall {pair.ratio('wall'):.2f} (goal 10.00)"


def _rule(environment: Mapping[str, str], folder: Path) -> str:
    """Return the id of the first rule that claims T1528."""
    kept = folder / "evidence.json"
    run([*SIGHTLINE, "coverage", "T1528", "--evidence", "--save", str(kept)], environment)
    rows = json.loads(kept.read_bytes())["rows"]
    return next(str(row["id"]) for row in rows if row["kind"] == "rule")


def _hops(proof: Path) -> int:
    paths = json.loads(proof.read_bytes())["predicate"]["paths"]
    return sum(len(path["hops"]) for path in paths)

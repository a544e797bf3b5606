"""A cold `sightline` process against `import neo4j`, and against mitreattack-python answering from the file.

Goals: at most 2.2 times the import (the next goal is 1.6), and at most 1/15 of mitreattack-python.
"""

from collections.abc import Iterator, Mapping

from bench.commands import OURS, PEERS, SIGHTLINE
from bench.data import release, unpacked
from bench.pairs import alternate, run

IMPORT = [OURS, "-c", "import neo4j"]
PEER = (
    "import sys; from mitreattack.stix20 import MitreAttackData; "
    "data = MitreAttackData(sys.argv[1]); "
    "technique = data.get_object_by_attack_id('T1528', 'attack-pattern'); "
    "print(data.get_mitigations_mitigating_technique(technique.id))"
)


def lines(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the figures, one line each."""
    run([*SIGHTLINE, "load", "attack", release("enterprise-attack-18.1")], environment)
    for words in (["coverage", "T1528"], ["related", "T1528"]):
        pair = alternate(" ".join(words), [*SIGHTLINE, *words], IMPORT, runs=15, environment=environment)
        yield f"{pair.name} / import neo4j: wall {pair.ratio('wall'):.2f} (goal 2.20, next 1.60)"
        yield f"  ours {pair.median('wall') * 1000:.0f} ms, import {pair.median('wall', peer=True) * 1000:.0f} ms"
    yield from _against_the_file(environment)


def _against_the_file(environment: Mapping[str, str]) -> Iterator[str]:
    with unpacked("enterprise-attack-18.1") as plain:
        for words in (["coverage", "T1528"], ["related", "T1528"]):
            ours, peer = [*SIGHTLINE, *words], [PEERS, "-c", PEER, plain]
            pair = alternate(" ".join(words), ours, peer, runs=3, environment=environment)
            yield f"{pair.name} / mitreattack-python: wall 1/{1 / pair.ratio('wall'):.0f} (goal 1/15)"

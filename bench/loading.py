"""`load attack` of enterprise 18.1 against `stix2.MemoryStore` reading the same file.

Goals: wall time at most the peer's, client CPU at most a quarter of it, client memory under 400 MB, with a
server heap of 1 GiB. The server is warm (17.1 is loaded, and 18.1 was before), and the load counts as done when
records, indexes and SUCCEEDS are committed and full text is refreshed.
"""

from collections.abc import Iterator, Mapping

from bench.commands import PEERS, SIGHTLINE
from bench.data import release, unpacked
from bench.pairs import alternate, run

PEER = "import sys, stix2; stix2.MemoryStore().load_from_file(sys.argv[1])"


def lines(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the figures, one line each."""
    file = release("enterprise-attack-18.1")
    run([*SIGHTLINE, "load", "attack", release("enterprise-attack-17.1")], environment)
    run([*SIGHTLINE, "load", "attack", file], environment)

    def take_out() -> None:
        run([*SIGHTLINE, "remove", "release", "enterprise-attack@18.1", "--yes"], environment)

    with unpacked("enterprise-attack-18.1") as plain:
        pair = alternate(
            "load attack 18.1 / stix2.MemoryStore",
            [*SIGHTLINE, "load", "attack", "-q", plain],
            [PEERS, "-c", PEER, plain],
            environment=environment,
            between=take_out,
        )
    yield f"{pair.name}: wall {pair.ratio('wall'):.2f} (goal 1.00), client CPU {pair.ratio('cpu'):.2f} (goal 0.25)"
    ours = f"{pair.median('wall'):.2f} s wall, {pair.median('cpu'):.2f} s CPU"
    yield f"  ours {ours}, {pair.median('peak'):.0f} MB (goal 400)"
    yield f"  peer {pair.median('wall', peer=True):.2f} s wall, {pair.median('cpu', peer=True):.2f} s CPU"

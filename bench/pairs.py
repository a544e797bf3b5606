"""Whole processes, timed in turn with a peer: A B A B ..., so that a slow minute of the machine hits both."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

MEGABYTE = 1024
COMPILED = {"PYTHONDONTWRITEBYTECODE": ""}
"""Lets the uncounted first run keep our compiled modules, as an installer does those of the peers' packages."""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process.

    Attributes:
        wall: seconds from start to end.
        cpu: seconds of user and system time of the process and its children.
        peak: resident memory at its largest, in megabytes.
    """

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two commands on the same input in the same run.

    Attributes:
        name: what is compared.
        ours: runs of our command.
        peers: runs of the peer, each after one of ours.
    """

    name: str
    ours: Sequence[Run]
    peers: Sequence[Run]

    def ratio(self, figure: str) -> float:
        """Return the median of the pairwise ratios ours / peer of `wall` or `cpu`."""
        pairs = zip(self.ours, self.peers, strict=True)
        return statistics.median(
            float(getattr(our, figure)) / float(getattr(peer, figure)) for our, peer in pairs
        )

    def median(self, figure: str, *, peer: bool = False) -> float:
        """Return the median of one side's figure."""
        return statistics.median(float(getattr(run, figure)) for run in (self.peers if peer else self.ours))


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end, its output thrown away.

    Raises:
        RuntimeError: it failed; a failed command has no time.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        list(command),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **(environment or {}), **COMPILED},
    )
    assert process.stderr is not None
    with process.stderr as stderr:
        said = stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(
            f"{' '.join(command)} ended with {process.returncode}: {said.decode(errors='replace')}"
        )
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MEGABYTE)


def alternate(
    name: str,
    ours: Sequence[str],
    peer: Sequence[str],
    *,
    runs: int = 5,
    environment: Mapping[str, str] | None = None,
    between: Callable[[], None] = lambda: None,
) -> Pair:
    """Run both in turn, after one uncounted round; `between` puts the input back before each of ours."""
    counted: list[tuple[Run, Run]] = []
    for _ in range(runs + 1):
        between()
        counted.append((run(ours, environment), run(peer, environment)))
    return Pair(name, [each for each, _ in counted[1:]], [each for _, each in counted[1:]])

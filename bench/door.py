"""`sightline mcp` against cold commands that ask the same: one call, and from the start to the first answer.

Goals: a call costs at most a quarter of a cold command, start to first answer at most three of them.
"""

import statistics
import time
from collections.abc import Iterator, Mapping
from typing import Any

import anyio
from mcp import StdioServerParameters
from mcp.client import Client

from bench.commands import DOOR, SIGHTLINE
from bench.data import release
from bench.pairs import COMPILED, run

CALLS, STARTS = 30, 5
ASKED: Mapping[str, dict[str, Any]] = {
    "coverage": {"ids": ["T1528"]},
    "related": {"ids": ["T1528"]},
    "show": {"what": "T1528"},
}


def lines(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the figures, one line each."""
    run([*SIGHTLINE, "load", "attack", release("enterprise-attack-18.1")], environment)
    cold = {name: _cold([*SIGHTLINE, name, "T1528"], environment) for name in ASKED}
    starts, calls = anyio.run(_through_the_door, environment)
    for name, seconds in calls.items():
        yield f"mcp {name} T1528 / cold command: wall {seconds / cold[name]:.2f} (goal 0.25)"
    yield f"mcp start to first answer / cold coverage T1528: wall {starts / cold['coverage']:.2f} (goal 3.00)"


def _cold(command: list[str], environment: Mapping[str, str]) -> float:
    """Return the median of the wall seconds of a command."""
    return statistics.median(run(command, environment).wall for _ in range(STARTS))


async def _through_the_door(environment: Mapping[str, str]) -> tuple[float, dict[str, float]]:
    """Return the median seconds to a first answer, and those of a call of each tool."""
    server = StdioServerParameters(command=DOOR, args=["-m", "cli", "mcp"], env={**environment, **COMPILED})
    starts: list[float] = []
    for _ in range(STARTS):
        started = time.perf_counter()
        async with Client(server) as door:
            await door.call_tool("coverage", ASKED["coverage"])
            starts.append(time.perf_counter() - started)
    async with Client(server) as door:
        calls = {name: await _median(door, name) for name in ASKED}
    return statistics.median(starts), calls


async def _median(door: Client, name: str) -> float:
    seconds: list[float] = []
    for _ in range(CALLS):
        started = time.perf_counter()
        await door.call_tool(name, ASKED[name])
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)

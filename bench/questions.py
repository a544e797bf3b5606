"""Every built-in question on a full graph, warm: how long the server takes, and what the slowest five touch.

Goals: each under 300 ms on the server, `related T1528 --method all` under 150 ms in all, all pairs of a release
under 5 s. The graph holds five enterprise and two ICS releases, the Sigma release and all CTID files. Times are
the server's own (`result_consumed_after`), hits are those of `PROFILE`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import neo4j

from bench.data import data, release
from bench.server import target_of
from graph.server.connection import Graph, connect
from loaders.formats import Source
from loaders.loading import load_source
from queries.catalog import CATALOG, AnyQuestion

RELEASES = (
    *(f"enterprise-attack-{number}" for number in ("15.1", "16.1", "17.1", "18.0", "18.1")),
    *("ics-attack-17.1", "ics-attack-18.1"),
)
WARM_UP, COUNTED, SLOWEST, GOAL = 2, 5, 5, 300
ALL_PAIRS = "related.every-pair"
RELATED = ("structural", "telemetry", "actor", "mitigation", "evidence")


@dataclass(frozen=True, slots=True)
class Cost:
    """What a question costs the server: median milliseconds, and hits of the database in the plan."""

    name: str
    milliseconds: int
    hits: int


def lines(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield the figures, one line each."""
    target = target_of(environment)
    with connect(target) as graph:
        fill(graph)
    auth = (target.username, target.password)
    with neo4j.GraphDatabase.driver(target.uri, auth=auth, notifications_min_severity="OFF") as driver:
        costs = sorted(
            (_cost(driver, each) for _, each in CATALOG.items()), key=lambda cost: -cost.milliseconds
        )
    all_pairs = next(cost for cost in costs if cost.name == ALL_PAIRS)
    costs.remove(all_pairs)
    over = [cost.name for cost in costs if cost.milliseconds > GOAL]
    yield f"{len(costs)} built-in questions, warm: {len(over)} over {GOAL} ms {' '.join(over)}"
    for cost in costs[:SLOWEST]:
        yield f"  {cost.name}: {cost.milliseconds} ms, {cost.hits} database hits"
    together = sum(
        cost.milliseconds for cost in costs if cost.name in {f"related.{each}" for each in RELATED}
    )
    yield f"{ALL_PAIRS}: {all_pairs.milliseconds} ms (goal 5,000)"
    yield f"related T1528, all methods: {together} ms on the server (goal 150)"


def fill(graph: Graph) -> None:
    """Load all that the goals name."""
    for key in RELEASES:
        load_source(graph, "attack", Source((release(key),)))
    load_source(graph, "sigma", Source((str(data() / "sigma" / "sigma-rules-r2026-04-01.zip"),)))
    load_source(graph, "ctid", Source((str(data() / "ctid"),)))


def _cost(driver: neo4j.Driver, question: AnyQuestion) -> Cost:
    given = driver.execute_query(f"RETURN {question.file.example} AS given").records[0]["given"]
    times = [_milliseconds(driver, question.file.statement, given) for _ in range(WARM_UP + COUNTED)]
    return Cost(
        question.name, sorted(times[WARM_UP:])[COUNTED // 2], _hits(driver, question.file.statement, given)
    )


def _milliseconds(driver: neo4j.Driver, cypher: str, given: dict[str, Any]) -> int:
    summary = driver.execute_query(cypher, given, routing_="r").summary
    return int(summary.result_available_after or 0) + int(summary.result_consumed_after or 0)


def _hits(driver: neo4j.Driver, cypher: str, given: dict[str, Any]) -> int:
    profile = driver.execute_query(f"PROFILE {cypher}", given, routing_="r").summary.profile
    waiting, hits = [profile or {}], 0
    while waiting:
        plan = waiting.pop()
        hits += int(plan.get("dbHits", 0))
        waiting += plan.get("children", [])
    return hits

"""What a log source of an environment carries, of some techniques only."""

from pathlib import Path

from graph.server.connection import Graph
from queries.ask import ask
from queries.questions.coverage.environment import ENVIRONMENT_BY_LOG_SOURCE, TechniquesHere
from tests.integration.queries.small_sets import (
    guidance,
    load_release,
    load_rules,
    load_soc,
    rule,
    technique,
)

SECURITY = "WinEventLog:Security"
SOC = f"""platforms: [Windows]
log_sources:
  - {{name: "{SECURITY}", status: collected}}
enabled:
  - {{select: {{set: [rules]}}}}
"""


def test_a_log_source_is_told_for_the_techniques_that_count(graph: Graph, tmp_path: Path) -> None:
    one, two = technique("T1001", "Windows"), technique("T1002", "Windows")
    seen = [*guidance(one, "Windows", SECURITY), *guidance(two, "Windows", SECURITY, number=2)]
    release = load_release(graph, "18.1", one, two, *seen)
    load_rules(
        graph, tmp_path, rule("a", "windows//security", "t1001"), rule("b", "windows//security", "t1002")
    )
    load_soc(graph, SOC)

    def carried(techniques: tuple[str, ...] | None) -> list[tuple[int, int, int, int, int]]:
        rows = ask(graph, ENVIRONMENT_BY_LOG_SOURCE, TechniquesHere(release, "soc", techniques))
        return [
            (row.rules, row.rules_alone, row.techniques, row.analytics, row.visible)
            for row in rows
            if row.log_source == SECURITY
        ]

    assert carried(None) == [(2, 2, 2, 2, 2)]
    assert carried(("T1001",)) == [(1, 1, 1, 1, 1)]
    assert carried(()) == [(0, 0, 0, 0, 0)]

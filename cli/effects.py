"""What the entries of an environment take effect on, told in one table after it was loaded."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cli.answer import Rows, only, rows_of
from queries.answers.choice import newest_of_domains
from queries.ask import ask
from queries.params import InEnvironment
from queries.questions.coverage.environment import ENVIRONMENT_ENTRIES, EnvironmentEntry

if TYPE_CHECKING:
    from graph.server.connection import Graph
    from loaders.report import LoadReport

COLUMNS = ("kind", "entry", "status", "rules", "analytics", "techniques", "evidence", "as_read")
SPARE = ("as_read",)


def entries_of(graph: "Graph", environment: str) -> list[EnvironmentEntry]:
    """Return the entries of a loaded environment with what each concerns in the newest release; [] without one."""
    found = newest_of_domains(graph, None, None)[:1]
    return [row for key in found for row in ask(graph, ENVIRONMENT_ENTRIES, InEnvironment(key, environment))]


def with_entries(answer: Rows, report: "LoadReport", entries: Sequence[EnvironmentEntry]) -> Rows:
    """Return the answer of a load with a table of the entries for people, below it what became of the file."""
    listed = rows_of(EnvironmentEntry, entries, spare=SPARE)
    total = (
        f"{report.key}: {report.outcome}, {report.stored} of {report.items} entries stored; "
        "an entry with zeros takes no effect"
    )
    return replace(answer, table=replace(only(listed, COLUMNS), total=total))

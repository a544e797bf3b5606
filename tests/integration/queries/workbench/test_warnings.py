"""No query of the Browser's guide warns on a database that lacks what other domains, rules and environments bring.

The Browser shows a warning beside the answer, and a person takes it for a fault of the query.
"""

import re
from collections.abc import Iterator
from html import unescape

import neo4j
import pytest

from graph.server.connection import connect
from loaders import sample
from loaders.reading.sources import read_file
from queries.catalog import CATALOG
from queries.workbench.guide import guide
from queries.workbench.pictures import PICTURES
from tests.conftest import private_server
from tests.loads import load_attack

pytestmark = pytest.mark.integration

_BLOCK = re.compile(r"<pre [^>]*>(.*?)</pre>", re.DOTALL)
_PARAMETER = re.compile(r":param (\w+) => (.+);")
_QUIET = ("00", "02")
"""Classes of a GQL status that are no warnings: it succeeded, and there is no data."""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[neo4j.Session]:
    """One release of the sample, which is of enterprise, on a new server: it knows every name it ever had."""
    with private_server(tmp_path_factory.mktemp("guide")) as target:
        with connect(target, patience=20) as graph:
            load_attack(graph, read_file(str(next(sample.releases()))))
        with (
            neo4j.GraphDatabase.driver(target.uri, auth=(target.username, target.password)) as driver,
            driver.session() as opened,
        ):
            yield opened


def asked(session: neo4j.Session, statement: str, given: dict[str, object]) -> tuple[object, list[str]]:
    """The first value of the answer, and what the server warns of."""
    result = session.run(statement, given)
    first = result.peek()
    statuses = result.consume().gql_status_objects
    warnings = [each.status_description for each in statuses if each.gql_status[:2] not in _QUIET]
    return first[0] if first else None, warnings


def test_the_server_warns_of_unknown_names(session: neo4j.Session) -> None:
    _, warnings = asked(session, "MATCH (n:Nothing)-[:NOWHERE]->() RETURN n.nobody", {})
    assert len(warnings) == 3


def test_no_query_of_the_guide_warns(session: neo4j.Session) -> None:
    given: dict[str, object] = {}
    warned: list[tuple[str, str]] = []
    queries = 0
    for block in map(unescape, _BLOCK.findall(guide())):
        parameters = _PARAMETER.findall(block)
        for name, expression in parameters:
            given[name], warnings = asked(session, f"RETURN {expression}", given)
            warned += [(f":param {name}", each) for each in warnings]
        if not parameters:
            queries += 1
            _, warnings = asked(session, block, given)
            warned += [(block.splitlines()[0], each) for each in warnings]
    assert queries >= len(CATALOG) + len(PICTURES)
    assert warned == []

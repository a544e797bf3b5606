"""Parameters as typed on a command line become checked fields, or one line that names the allowed ones."""

import subprocess
import sys

import pytest

from graph.errors import UsageError
from queries.parameters import describe, parameters
from queries.questions.lookup.questions import SEARCH, SearchText
from queries.questions.releases.questions import CHANGED_OBJECTS, LOADED, TwoReleasesOfTypes


def test_texts_become_fields_of_their_types() -> None:
    assert parameters(SEARCH, {"release": "r", "text": "a b", "limit": "7"}) == SearchText("r", "a b", 7)


def test_a_default_may_be_left_out() -> None:
    assert parameters(SEARCH, {"release": "r", "text": "a"}) == SearchText("r", "a", 25)


def test_commas_separate_a_list() -> None:
    given = parameters(CHANGED_OBJECTS, {"before": "a", "after": "b", "types": "Technique, Analytic"})
    assert given == TwoReleasesOfTypes("a", "b", ("Technique", "Analytic"))


@pytest.mark.parametrize(
    ("texts", "problem"),
    [
        ({"release": "r"}, "missing text"),
        ({"release": "r", "text": "a", "colour": "red"}, "no parameter colour"),
        ({"release": "r", "text": "a", "limit": "many"}, "limit: "),
    ],
)
def test_a_wrong_parameter_names_the_allowed_ones(texts: dict[str, str], problem: str) -> None:
    with pytest.raises(UsageError, match="it takes release") as raised:
        parameters(SEARCH, texts)
    assert problem in str(raised.value)
    assert "\n" not in str(raised.value)


def test_parameters_in_words() -> None:
    assert (
        describe(SEARCH)
        == "release (str), text (str), limit (int, 25 when left out), written (str,  when left out)"
    )
    assert describe(LOADED) == "no parameters"


def test_asking_imports_nothing_heavy() -> None:
    code = (
        "import sys, queries.ask, queries.catalog\nlist(queries.catalog.CATALOG)\n"
        "print([m for m in ('pydantic', 'rich', 'requests', 'yaml', 'neo4j') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_integer_that_neo4j_cannot_hold_is_refused() -> None:
    with pytest.raises(UsageError, match="limit is not a valid Neo4j value"):
        parameters(SEARCH, {"release": "r", "text": "token", "limit": "99999999999999999999"})

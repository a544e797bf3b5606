"""A link types into the Browser exactly what `--literal` prints, with the parameters that were given."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.ask import values
from queries.catalog import CATALOG
from queries.params import OfObject
from queries.questions.lookup.questions import DETECTION_CHAIN
from queries.workbench.links import cypher_of, link

BROWSER = "http://127.0.0.1:7474/browser/"


def test_a_link_carries_the_question_with_its_parameters() -> None:
    made = link(BROWSER, DETECTION_CHAIN, values(OfObject("enterprise-attack@18.1", "AN0496")))
    text = unquote(made.removeprefix(f"{BROWSER}?cmd=edit&arg="))
    assert text == DETECTION_CHAIN.literal("{release: 'enterprise-attack@18.1', attack_id: 'AN0496'}")


@given(st.text())
def test_a_link_has_no_character_that_cuts_it(text: str) -> None:
    arg = link(BROWSER, DETECTION_CHAIN, values(OfObject("r", text))).partition("&arg=")[2]
    assert not set("&#") & set(unquote(arg))


def test_a_statement_that_needs_a_cut_character_has_its_escape() -> None:
    question = CATALOG["missing.live-touches-dead"]
    text = unquote(link(BROWSER, question, values(question.params("r"))))
    assert "!REVOKED_BY\\u0026!SUCCEEDS" in text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (3, "3"),
        (0.5, "0.5"),
        ("it's \\", r"'it\'s \\'"),
        ("a&b#c\n\x00", "'a&b#c\\u000A\\u0000'"),
        (("a", "b"), "['a', 'b']"),
        ({"release": "x", "limit": 5}, "{release: 'x', limit: 5}"),
        ("\U0001f480\u202e", "'\U0001f480\\u202E'"),
    ],
)
def test_values_are_cypher_literals(value: object, written: str) -> None:
    assert cypher_of(value) == written


def test_what_has_no_literal_is_refused() -> None:
    with pytest.raises(TypeError):
        cypher_of(object())

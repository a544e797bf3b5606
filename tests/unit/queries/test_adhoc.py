"""What the guard of own Cypher takes, and that no server hears of what it refuses."""

import re
import string
from pathlib import Path
from typing import cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cli.commands.cypher import MEBIBYTES, ROWS, SECONDS
from graph.errors import LimitExceededError, NotAReadError, SightlineError, UsageError
from graph.server.connection import Graph
from queries.adhoc.allowed import PROCEDURES, STARTS
from queries.adhoc.guard import DEEPEST, LONGEST, PAGE, parameters_of
from queries.adhoc.lexer import Kind, resolved, tokens
from queries.adhoc.reading import Limits, check, read
from queries.adhoc.values import fits
from queries.catalog import CATALOG
from tests.adhoc_cypher import GIVEN, PASSING, REFUSED


class Unreachable:
    """A graph that nothing may reach."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"the server was asked: {name}")


def verdict(text: str) -> type[SightlineError] | None:
    try:
        parameters_of(text)
    except SightlineError as error:
        return type(error)
    return None


def test_the_lists_are_long_enough() -> None:
    assert len(set(REFUSED)) >= 60
    assert len(set(PASSING)) >= 60


@pytest.mark.parametrize("text", REFUSED)
def test_a_refused_text_never_reaches_the_server(text: str) -> None:
    with pytest.raises(NotAReadError) as raised:
        read(cast(Graph, Unreachable()), text, {}, Limits())
    assert raised.value.exit_code == 7
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("text", PASSING)
def test_a_reading_text_passes_the_guard(text: str) -> None:
    assert parameters_of(text) <= GIVEN.keys()


@pytest.mark.parametrize("name", CATALOG)
def test_the_canned_questions_pass_as_own_cypher(name: str) -> None:
    question = CATALOG[name]
    assert parameters_of(question.file.statement) == question.file.placeholders
    assert parameters_of(question.literal()) == set()


CONTENT = st.text() | st.sampled_from(REFUSED) | st.text(alphabet="'\"`\\/*un0;DELETE \n")
READING = "MATCH (n) WHERE n.x = {} RETURN n"
WRITING = "MATCH (n) WHERE n.x = {} DELETE n"


def without_escapes(text: str) -> str:
    """Backslashes are the one thing that is resolved before comments and names are told apart."""
    return text.replace("\\", "")


@given(CONTENT, st.sampled_from("'\""))
def test_what_a_string_holds_never_changes_the_verdict(content: str, quote: str) -> None:
    inside = content.replace("\\", "\\\\").replace(quote, f"\\{quote}")
    assert verdict(READING.format(f"{quote}{inside}{quote}")) is None
    assert verdict(WRITING.format(f"{quote}{inside}{quote}")) is NotAReadError


@given(CONTENT)
def test_what_backticks_hold_never_changes_the_verdict(content: str) -> None:
    name = f"`{without_escapes(content).replace('`', '``')}`"
    assert verdict(READING.format(f"n.{name}")) is None
    assert verdict(WRITING.format(f"n.{name}")) is NotAReadError


@given(CONTENT)
def test_what_a_comment_holds_never_changes_the_verdict(content: str) -> None:
    plain = without_escapes(content)
    line = f"1 // {plain.translate({10: None, 13: None})}\n"
    block = f"1 /* {plain.replace('*/', '')} ".replace("*/", "") + "*/"
    for comment in (line, block):
        assert verdict(READING.format(comment)) is None
        assert verdict(WRITING.format(comment)) is NotAReadError


@given(st.sampled_from(REFUSED + PASSING), st.data())
def test_escaping_a_character_never_changes_the_verdict(text: str, data: st.DataObject) -> None:
    places = [
        at for at, each in enumerate(text) if each in string.ascii_letters and text[at - 1 : at] != "\\"
    ]
    places = [at for at in places if "\\u" not in text[max(at - 6, 0) : at + 1]]
    if places:
        at = data.draw(st.sampled_from(places))
        escaped = f"{text[:at]}\\u{ord(text[at]):04x}{text[at + 1 :]}"
        assert verdict(escaped) == verdict(text)


@given(st.text(max_size=300) | st.text(alphabet="'\"`\\/*u0043;CALL(){}.$: \n", max_size=300))
@example("\\u")
@example("")
@example("CALL db.")
@example("MATCH (n) CALL db.labels.")
def test_any_text_gets_a_verdict(text: str) -> None:
    assert verdict(text) in {None, NotAReadError, UsageError, LimitExceededError}


def test_tokens_know_their_places() -> None:
    found = list(tokens("MATCH\n  (`a``b`) // c\nRETURN 'x'"))
    assert [(token.kind, token.text, token.place) for token in found] == [
        (Kind.WORD, "MATCH", "line 1, column 1"),
        (Kind.SIGN, "(", "line 2, column 3"),
        (Kind.NAME, "a`b", "line 2, column 4"),
        (Kind.SIGN, ")", "line 2, column 10"),
        (Kind.WORD, "RETURN", "line 3, column 1"),
        (Kind.TEXT, "'x'", "line 3, column 8"),
    ]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\\u0041", "A"),
        ("\\\\u0041", "\\\\u0041"),
        ("\\\\\\u0041", "\\\\A"),
        ("\\u005cu0041", "\\u0041"),
        ("\\u00", "\\u00"),
    ],
)
def test_escapes_are_resolved_once_and_by_pairs(written: str, meant: str) -> None:
    assert resolved(written) == meant


@pytest.mark.parametrize("text", ["", "  // nothing\n", ";"])
def test_no_statement_is_a_usage_error(text: str) -> None:
    with pytest.raises(UsageError, match="no Cypher"):
        parameters_of(text)


@pytest.mark.parametrize(
    "text",
    [
        f"RETURN '{'a' * LONGEST}' AS x",
        f"RETURN {'(' * (DEEPEST + 1)}1{')' * (DEEPEST + 1)} AS x",
        f"RETURN {'NOT ' * (DEEPEST + 1)}true AS x",
        f"RETURN {'-' * (DEEPEST + 1)}1 AS x",
    ],
)
def test_long_and_deep_texts_are_over_a_limit(text: str) -> None:
    with pytest.raises(LimitExceededError) as raised:
        parameters_of(text)
    assert raised.value.exit_code == 8


def test_parameters_are_those_of_the_text() -> None:
    assert parameters_of("RETURN $a + $`b c` + $1 + '$no' /* $no */ AS x") == {"a", "b c", "1"}
    check("RETURN $a AS x", {"a": 1})
    with pytest.raises(UsageError, match=r"\$a has no value; add --param a=VALUE"):
        check("RETURN $a AS x", {})
    with pytest.raises(UsageError, match=r"does not use \$b"):
        check("RETURN $a AS x", {"a": 1, "b": 2})


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        (2**63 - 1, True),
        (2**63, False),
        ([{"a": -(2**63) - 1}], False),
        ("\ud800", False),
        ({"a": [1.5, None, True, "b"]}, True),
    ],
)
def test_values_must_fit_into_bolt(value: object, is_one: bool) -> None:  # noqa: FBT001
    assert fits(value) is is_one


def test_the_page_lists_what_is_allowed() -> None:
    page = (Path(__file__).parents[3] / PAGE).read_text("utf-8")
    allowed = page.split("## What is allowed")[1].split("Not allowed")[0]
    listed = set(re.findall(r"`(db\.[\w.]+)`", allowed))
    assert listed == PROCEDURES
    assert {word for word in STARTS if f"`{word}" not in allowed} == set()
    limits = Limits()
    assert f"| `--max-rows N` | rows | {limits.rows} |" in page
    assert f"as JSON | {limits.bytes // 2**20} |" in page
    assert f"again for running | {limits.seconds:g} |" in page
    assert f"{LONGEST:,} characters and {DEEPEST} brackets" in page


def test_the_options_begin_with_the_limits() -> None:
    assert Limits(ROWS, MEBIBYTES * 2**20, SECONDS) == Limits()

"""Replaying an answer: what can be told without a database."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.replay import ASKS, OUTSIDE, _parameters, words_of
from graph.record import Json, canonical
from proofs.replay import compared_rows, known_questions, wanted
from proofs.report import RefusedError
from queries.catalog import CATALOG

OWN = CATALOG["coverage.evidence"].file


def asked(**changes: object) -> dict[str, Any]:
    question = {"name": "coverage.evidence", "revision": OWN.revision, "text_sha256": OWN.sha256, **changes}
    return {"answer": {"questions": [question]}}


def test_the_questions_of_this_version_are_known() -> None:
    assert known_questions(asked()).holds
    assert known_questions(asked(name="adhoc", revision=0, text_sha256="ab" * 32)).holds


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"revision": OWN.revision + 1}, f"was given by revision {OWN.revision + 1} of coverage.evidence"),
        ({"revision": None}, "was given by revision None of coverage.evidence"),
        ({"text_sha256": "ab" * 32}, "of coverage.evidence has another text"),
        ({"name": "coverage.nothing"}, "has no question coverage.nothing"),
        ({"name": ["a"]}, "has no question"),
    ],
)
def test_a_question_that_is_lacking_is_named(changes: dict[str, object], said: str) -> None:
    with pytest.raises(RefusedError) as refused:
        known_questions(asked(**changes))
    assert said in refused.value.check.what
    assert refused.value.check.where == "/answer/questions/0"


# Words -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "parameters", "words"),
    [
        ("coverage", {"ids": ["T1528"], "release": "enterprise-attack@18.1"},
         ["coverage", "--release=enterprise-attack@18.1", "--", "T1528"]),
        ("trace", {"what": "T1528", "all_sets": True}, ["trace", "--all-sets", "--", "T1528"]),
        ("query", {"name": "lookup.raw", "param": ["release=a", "attack_id=T1528"], "release": "a"},
         ["query", "--param=release=a", "--param=attack_id=T1528", "--", "lookup.raw"]),
        ("plan telemetry", {"gain": 5}, ["plan", "telemetry", "--gain=5", "--"]),
        ("plan upgrade", {"newer": "19.1", "older": "18.1", "of_set": "a"},
         ["plan", "upgrade", "--from=18.1", "--set=a", "--", "19.1"]),
        ("sets", {"release": "a", "environment": None}, ["sets", "--"]),
        ("search", {"text": ["--help"]}, ["search", "--", "--help"]),
    ],
)  # fmt: skip
def test_parameters_are_words_again(command: str, parameters: dict[str, Json], words: list[str]) -> None:
    assert words_of(command, parameters) == words


@pytest.mark.parametrize(
    ("command", "parameters"),
    [
        *(
            (each, {})
            for each in ("up", "down", "load attack", "remove set", "fetch sigma", "export page", "verify")
        ),
        *((each, {}) for each in ("demo", "--version", "coverage --help", "", None, 5, ["coverage"])),
        ("show", {"what": "T1528", "open_": True}),
        ("trace", {"what": "T1528", "proof": "/etc/passwd"}),
        ("trace", {"what": "T1528", "cypher": True}),
        ("plan upgrade", {"newer": "19.1", "patch": "/etc/passwd"}),
        ("plan upgrade", {"newer": "19.1", "write": "/etc"}),
        ("cypher", {"file": "/etc/passwd"}),
        ("cypher", {"text": "-"}),
        ("coverage", {"ids": ["T1528"], "unknown": 1}),
        ("coverage", {"ids": ["T1528"], "save": "/etc/passwd"}),
        ("coverage", {"ids": ["T1528"], "uri": "bolt://example.org"}),
        ("coverage", ["T1528"]),
    ],
)
def test_an_answer_file_makes_nothing_happen(command: object, parameters: object) -> None:
    with pytest.raises(RefusedError):
        words_of(command, parameters)


def test_what_is_refused_are_parameters_of_commands() -> None:
    """A name that no command has any more would protect nothing."""
    asked = [each for command in ASKS for each in _parameters(command)]
    assert {each.name for each in asked} >= OUTSIDE
    paths = [each for each in asked if "Path" in str(each.type_descriptor.annotation)]
    assert {each.name for each in paths} == {"proof", "techniques", "patch", "write"} <= OUTSIDE


# Rows ------------------------------------------------------------------------------------------------------

values: st.SearchStrategy[Json] = st.none() | st.booleans() | st.integers(-9, 9) | st.text("abT", max_size=3)
rows = st.lists(st.dictionaries(st.sampled_from("abc"), values), max_size=4)


@given(rows, rows)
def test_rows_are_the_same_or_the_first_that_differs_is_named(one: list[Json], other: list[Json]) -> None:
    if canonical(one) == canonical(other):
        assert compared_rows(one, other).holds
        return
    with pytest.raises(RefusedError) as refused:
        compared_rows(one, other)
    pairs = [(one[at : at + 1], other[at : at + 1]) for at in range(max(len(one), len(other)))]
    first = next(at for at, (left, right) in enumerate(pairs) if canonical(left) != canonical(right))
    assert refused.value.check.where.startswith(f"/rows/{first}")


def test_the_field_that_differs_is_told() -> None:
    with pytest.raises(RefusedError) as refused:
        compared_rows([{"id": "a", "n": 1}], [{"id": "a", "n": 2}])
    assert refused.value.check.what == "row 1 differs in n: the answer has 1, asked again it is 2"
    with pytest.raises(RefusedError, match="differs in n"):
        compared_rows({"n": True}, {"n": 1})


def test_fields_of_the_load_are_not_compared() -> None:
    assert compared_rows([{"set": "a", "loaded_at": "x"}], [{"set": "a", "loaded_at": "y"}]).holds


@pytest.mark.parametrize("entry", [{}, {"key": "a"}, {"key": 1, "content_root": "b"}, "a", None])
def test_a_basis_of_another_form_is_refused(entry: object) -> None:
    loaded = {"releases": [entry], "sets": [], "environments": [], "annotations": []}
    with pytest.raises(RefusedError):
        wanted({"answer": {"loaded": loaded}})

"""What an annotation claims, against what is there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.answers.conflicts import conflicts, holds
from queries.answers.kinds import kind
from queries.ask import Answer
from queries.catalog import AnyQuestion
from queries.questions.evidence.questions import ANNOTATION_CLAIMS, PRODUCTS
from queries.questions.lookup.questions import SURROUNDINGS, Surrounding
from tests.unit.queries.test_run import Given


def tactic(shortname: str, attack_id: str) -> Surrounding:
    return Surrounding("r", "AN0496", "tactics", attack_id, shortname)


CREDENTIALS, DISCOVERY = tactic("credential-access", "TA0006"), tactic("discovery", "TA0007")


@pytest.mark.parametrize(
    ("expected", "there", "true"),
    [
        (["credential-access"], [CREDENTIALS], True),
        (["TA0006"], [CREDENTIALS], True),
        (["ta0006", "Discovery"], [CREDENTIALS, DISCOVERY], True),
        (["credential-access"], [CREDENTIALS, DISCOVERY], False),
        (["credential-access", "discovery"], [CREDENTIALS], False),
        ([], [CREDENTIALS], False),
        ([], [], True),
        (0, [], True),
        (0, [CREDENTIALS], False),
        (2, [CREDENTIALS, DISCOVERY], True),
    ],
)
def test_a_claim_holds_when_it_names_exactly_what_is_there(
    expected: int | list[str], there: list[Surrounding], *, true: bool
) -> None:
    assert holds(expected, there) is true


@given(st.lists(st.sampled_from([CREDENTIALS, DISCOVERY]), unique=True))
def test_what_is_there_always_holds(there: list[Surrounding]) -> None:
    assert holds([str(each.name) for each in there], there)
    assert holds([str(each.id) for each in there], there)
    assert holds(len(there), there)
    assert not holds(len(there) + 1, there)


TAGS: list[AnyQuestion] = [
    kind(f"rule-tactic-{each}").question for each in ("mismatch", "moved", "renamed", "unknown")
]


class Answers:
    """A graph with one annotation that says `no relationships` of an analytic with one, and one product conflict."""

    def table(self, cypher: str, parameters: object = None, *, timeout: float = 0.0) -> Answer:
        del parameters, timeout
        claims = ['{"field": "relationships", "expect": 0}', '{"field": "tactics", "expect": ["discovery"]}']
        around: list[object] = ["r", "AN0496", "relationships", "DET0174", "HAS_ANALYTIC"]
        tactics: list[object] = ["r", "AN0496", "tactics", "TA0007", "discovery"]
        rows: dict[str, list[list[object]]] = {
            ANNOTATION_CLAIMS.file.statement: [["r", "take-1", "team", None, "AN0496", "x", claims]],
            SURROUNDINGS.file.statement: [around, tactics],
            PRODUCTS.file.statement: [
                [
                    "r",
                    "unsupported",
                    "T1528",
                    "x",
                    "Macie",
                    "dcv@1",
                    "AWS Macie",
                    1,
                    "f",
                    "/0",
                    "ctid@2",
                    ["M"],
                    [],
                ]
            ],
            **{question.file.statement: [] for question in TAGS},
        }
        asked: list[AnyQuestion] = [ANNOTATION_CLAIMS, SURROUNDINGS, PRODUCTS, *TAGS]
        columns = {question.file.statement: question.columns for question in asked}
        return Given(list(columns[cypher]), rows[cypher])


def test_only_the_false_claim_is_a_contradiction_and_both_sides_are_shown() -> None:
    false, unsupported = conflicts(Answers(), release="r")
    assert (false.kind, false.contradiction, false.says) == ("annotation-false", True, "relationships: 0")
    assert false.other_says == "relationships: DET0174"
    assert (unsupported.kind, unsupported.contradiction) == ("unsupported", False)
    assert (unsupported.one, unsupported.other) == ("AWS Macie in dcv@1", "M in ctid@2")


def test_one_identifier_alone() -> None:
    assert [each.kind for each in conflicts(Answers(), release="r", attack_id="T1528")] == ["unsupported"]

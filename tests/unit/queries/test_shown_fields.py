"""What `show` gathers has a field for every column of the question that it takes them from."""

from dataclasses import fields

from queries.answers.show.evidence import ShownEvidence, ShownSet
from queries.questions.lookup.questions import EVIDENCE
from queries.questions.releases.questions import SETS


def test_evidence_is_shown_whole() -> None:
    assert set(EVIDENCE.columns) <= {field.name for field in fields(ShownEvidence)}


def test_a_set_is_shown_whole() -> None:
    assert set(SETS.columns) - {"set"} <= {field.name for field in fields(ShownSet)}

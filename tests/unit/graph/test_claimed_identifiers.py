"""The forms of identifiers that evidence states, and what each of them is taken for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identifiers import claimed, claimed_technique, named_object, technique, technique_within


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("t1528", "T1528"),
        (" T1059.001 ", "T1059.001"),
        ("acme-t0001", "ACME-T0001"),
        ("DS0005", "DS0005"),
        ("T152", None),
        ("T1528.1", None),
        ("T1528 and more", None),
        ("ſ0677", None),
        ("T１528", None),
    ],
)
def test_what_evidence_claims(written: str, found: str | None) -> None:
    assert claimed(written) == found


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("t1528", "T1528"),
        ("acme-t0001.002", "ACME-T0001.002"),
        ("attack-t1528", None),
        ("mitre-t1528", None),
        ("technique-t1528", None),
        ("ta0006", None),
        ("g0016", None),
    ],
)
def test_a_technique_of_attack_or_of_an_organization(written: str, found: str | None) -> None:
    assert claimed_technique(written) == found


def test_other_objects() -> None:
    assert [named_object(each) for each in ("g0016", "ta0006", "an0496", "t1528", "x0001")] == [
        *("G0016", "TA0006", "AN0496", None, None)
    ]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("mitre.t1003/001", "T1003.001"),
        ("t1070_006", "T1070.006"),
        ("see T1003, T1004", "T1003"),
        ("aml.t0043", None),
        ("xt1003", None),
        ("t10031", None),
    ],
)
def test_a_technique_within_a_text(written: str, found: str | None) -> None:
    assert technique_within(written) == found


@given(st.from_regex(r"\A[tT][0-9]{4}(\.[0-9]{3})?\Z"))
def test_a_techniques_id_is_one_everywhere(written: str) -> None:
    upper = written.upper()
    assert technique(written) == claimed(written) == claimed_technique(written) == upper
    assert technique_within(f"see {written}!") == upper


@given(st.text())
def test_what_is_found_is_in_upper_case_and_found_again(written: str) -> None:
    for form in (claimed, claimed_technique, named_object, technique_within):
        found = form(written)
        assert found is None or form(found) == found == found.upper()

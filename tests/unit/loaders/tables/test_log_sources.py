"""Names of log sources: the packed table, folding, and what users add."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import InputRejectedError
from loaders.tables import rows
from loaders.tables.log_sources import ATTACK_TABLE, LABEL_TABLE, canonical_name, fold, packed_names

ATTACK_ROWS = rows.packed(ATTACK_TABLE)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("azure:signin", "azure:signinlogs"),
        ("azure:SigninLogs", "azure:signinlogs"),
        ("Microsoft Entra ID Audit Logs", "azure:audit"),
        ("networkconfig ", "networkconfig"),
        ("  NSM:FLOW\t", "NSM:Flow"),
        ("Okta:SystemLog", "saas:okta"),
        ("AWS CloudTrail", "AWS:CloudTrail"),
        ("Entra ID Protection", "sigma:azure//riskdetection"),
        ("a log of  my own", "a log of my own"),
    ],
)
def test_a_name_leads_to_its_canonical_one(written: str, canonical: str) -> None:
    assert canonical_name(written) == canonical


def test_every_canonical_name_is_one_of_the_raw_names_and_stands_for_itself() -> None:
    raw = {row.cells["name"] for row in ATTACK_ROWS}
    for row in ATTACK_ROWS:
        assert row.cells["canonical"] in raw
        assert canonical_name(row.cells["canonical"]) == row.cells["canonical"]
    assert (len(raw), len({row.cells["canonical"] for row in ATTACK_ROWS})) == (344, 292)


def test_names_that_fold_to_one_have_one_canonical_name() -> None:
    for row in rows.packed(ATTACK_TABLE) + rows.packed(LABEL_TABLE):
        assert canonical_name(row.cells["name"]) == row.cells["canonical"], row


def test_the_reason_of_a_row_is_true() -> None:
    for row in ATTACK_ROWS:
        name, canonical, reason = row.cells["name"], row.cells["canonical"], row.cells["reason"]
        assert (reason == "same") == (name == canonical), row
        if reason == "case":
            assert fold(name) == fold(canonical), row
        if reason == "whitespace":
            assert "".join(name.split()) == "".join(canonical.split()), row


@given(st.text())
def test_folding_is_stable_and_ignores_normal_form_case_and_space(name: str) -> None:
    folded = fold(name)
    assert fold(folded) == folded
    assert fold(f" {unicodedata.normalize('NFD', name)}\t") == folded
    assert fold(canonical_name(name)) == fold(canonical_name(folded))


def test_a_users_row_wins_and_may_lead_through_the_packed_table() -> None:
    names = packed_names().extended([("Corp SIEM sign-ins", "azure:signin"), ("saas:okta", "Okta corp")])
    assert names.canonical("corp siem  SIGN-INS") == "azure:signinlogs"
    assert names.canonical("saas:okta") == "Okta corp"
    assert names.knows("azure:audit")
    assert not names.knows("a log of my own")
    assert canonical_name("saas:okta") == "saas:okta"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"name,canonical\na,b,c\n", "x.csv: line 2: 3 cells under 2 columns"),
        (b"name,canonical\na,\xff\n", "x.csv: line 2: not UTF-8"),
        (b'name,canonical\n"a"b,c\n', "x.csv: line 2: not a CSV row"),
    ],
)
def test_a_bad_table_is_rejected_with_its_line(data: bytes, message: str) -> None:
    with pytest.raises(InputRejectedError) as caught:
        list(rows.rows(data, "x.csv"))
    assert str(caught.value).startswith(message)

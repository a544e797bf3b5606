"""What platforms are called over the releases."""

import pytest

from loaders.tables.platforms import (
    PLATFORM_TABLE,
    known_as,
    names_elsewhere,
    names_in,
    names_in_time,
    renamed,
    stated,
)
from loaders.tables.rows import packed

E = "enterprise-attack"
NUMBERS = [(6, 3), (8, 2), (9, 0), (10, 1), (12, 1), (15, 1), (16, 1), (17, 1), (18, 1), (19, 1)]


def test_blanks_repetitions_and_the_word_none_are_no_platforms() -> None:
    assert stated([" Data Historian", "Windows", "Windows ", "None", ""]) == ["Data Historian", "Windows"]


@pytest.mark.parametrize(
    ("platforms", "watched", "names"),
    [
        (("Identity Provider",), ("azure",), {"Identity Provider", "Azure AD"}),
        (("Identity Provider",), ("okta",), {"Identity Provider"}),
        (("Office Suite",), ("m365",), {"Office Suite", "Office 365"}),
        (("Office Suite", "SaaS"), ("GCP",), {"Office Suite", "SaaS", "Google Workspace"}),
        (("IaaS",), ("aws",), {"IaaS", "AWS"}),
        (("Network Devices",), (), {"Network Devices", "Network"}),
        (("Azure AD",), (), {"Azure AD", "Identity Provider"}),
        (("Windows", "Our Own"), ("windows",), {"Windows", "Our Own"}),
    ],
)
def test_names_of_evidence(platforms: tuple[str, ...], watched: tuple[str, ...], names: set[str]) -> None:
    assert set(names_in_time(platforms, watched)) == names


def test_an_environment_runs_whatever_its_platform_is_called() -> None:
    assert set(known_as("Office Suite")) == {"Office Suite", "Office 365", "Google Workspace"}
    assert set(known_as("Azure AD")) == {"Azure AD", "Identity Provider"}
    assert known_as("Our Own") == ("Our Own",)


@pytest.mark.parametrize("number", NUMBERS)
def test_no_release_has_a_name_and_what_it_became(number: tuple[int, int]) -> None:
    """So that a list of all names of a platform means one thing in each release."""
    elsewhere = set(names_elsewhere(E, number))
    for row in packed(PLATFORM_TABLE):
        if row.cells["became"]:
            assert {row.cells["name"], row.cells["became"]} & elsewhere


def test_what_other_names_are_in_a_release() -> None:
    here = dict(zip(names_elsewhere(E, (18, 1)), renamed(E, (18, 1)), strict=True))
    assert here == {
        **dict.fromkeys(("AWS", "Azure", "GCP"), "IaaS"),
        "Azure AD": "Identity Provider",
        **dict.fromkeys(("Office 365", "Google Workspace"), "Office Suite"),
        "Network": "Network Devices",
    }
    before = dict(zip(names_elsewhere(E, (15, 1)), renamed(E, (15, 1)), strict=True))
    assert (before["Identity Provider"], before["Office Suite"], before["ESXi"]) == ("Azure AD", "", "")


def test_other_domains_have_no_names_of_other_releases() -> None:
    assert names_elsewhere("ics-attack", (18, 1)) == names_elsewhere("mobile-attack", (18, 1)) == []
    assert names_in("mobile-attack", (18, 1), "Android") == ["Android"]
    assert names_in(E, (16, 1), "ESXi") == []


def test_each_row_has_its_source() -> None:
    assert all(row.cells["source"] for row in packed(PLATFORM_TABLE))

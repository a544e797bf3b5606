"""Identifiers and releases as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identifiers import bare, is_own, label_of, official, release_parts, technique


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("https://attack.mitre.org/techniques/T1059/001/", "T1059.001"),
        ("http://attack.mitre.org/versions/v18/techniques/T1059/001", "T1059.001"),
        ("attack.mitre.org/techniques/T1059", "T1059"),
        ("https://attack.mitre.org/groups/G0016/?x=1", "G0016"),
        ("https://attack.mitre.org/detectionstrategies/DET0001#AN0002", "AN0002"),
        ("T1059/001", "T1059.001"),
        (" t1528 ", "T1528"),
        ("attack.t1059.001", "T1059.001"),
        ("attack.T1059_001", "T1059.001"),
        ("mitre.t1003", "T1003"),
        ("attack.g0007", "G0007"),
        ("acme-t0001.001", "ACME-T0001.001"),
        ("attack.acme-t0001", "ACME-T0001"),
    ],
)
def test_links_tags_and_slashes_are_understood(written: str, meant: str) -> None:
    assert official(written) == meant


@pytest.mark.parametrize(
    "written",
    [
        "9b2cc4c4-2ad4-416d-8e8e-ee6aa6f5035a",
        "attack.credential-access",
        "https://attack.mitre.org/",
        "https://example.org/techniques/T1059/",
        "attack-t1059",
        "T105",
        "",
    ],
)
def test_everything_else_is_no_identifier(written: str) -> None:
    assert official(written) is None


def test_a_technique_is_told_from_other_objects_in_every_form() -> None:
    assert technique("https://attack.mitre.org/techniques/T1059/001/") == "T1059.001"
    assert technique("https://attack.mitre.org/groups/G0016/") is None
    assert (label_of("ACME-T0001"), is_own("ACME-T0001"), is_own("T1528")) == ("Technique", True, False)


@given(st.integers(0, 9999), st.one_of(st.none(), st.integers(0, 999)), st.sampled_from(["T", "ACME-T"]))
def test_every_form_of_an_id_means_the_same(number: int, sub: int | None, letters: str) -> None:
    attack_id = f"{letters}{number:04}" + ("" if sub is None else f".{sub:03}")
    slashed = attack_id.replace(".", "/")
    for form in (
        attack_id.lower(),
        slashed,
        f"attack.{attack_id.lower()}",
        f"https://attack.mitre.org/techniques/{slashed}/",
    ):
        assert technique(form) == attack_id


@given(st.text())
def test_what_is_meant_is_meant_again(text: str) -> None:
    assert official(text) == official(bare(text))


@pytest.mark.parametrize(
    ("written", "domain", "version"),
    [
        ("v18.1", "", "18.1"),
        ("Enterprise-Attack@18.1", "enterprise-attack", "18.1"),
        ("ICS@V17.1", "ics-attack", "17.1"),
        ("mobile-attack@11.2-beta", "mobile-attack", "11.2-beta"),
        ("18", "", "18"),
        ("", "", ""),
    ],
)
def test_releases_are_read_as_they_are_written(written: str, domain: str, version: str) -> None:
    assert release_parts(written) == (domain, version)

"""The records that every kind of evidence is read into."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.holding.sets import version_order
from loaders.evidence.model import Category, Claim, Evidence, EvidenceSet, Origin, SetLabel
from loaders.reading.record import Record

ORIGIN = Origin("rules.zip!a.yml", "line 12", "ab" * 32)


def test_an_origin_reads_as_one_place() -> None:
    assert str(ORIGIN) == f"rules.zip!a.yml#line 12 sha256:{'ab' * 32}"
    assert str(Origin("a.yml", "", "cd" * 32)) == f"a.yml sha256:{'cd' * 32}"


def test_a_record_is_hashed_over_its_own_bytes() -> None:
    assert Record(b"title: x\n", "application/yaml").sha256 == hashlib.sha256(b"title: x\n").hexdigest()


def test_the_same_rule_in_two_releases_has_two_keys() -> None:
    claim = Claim(attack_id="T1528", category=Category.DETECT, origin=ORIGIN)
    rule = Evidence(id="1b2c", title="A rule", sha256=ORIGIN.sha256, path="a.yml", claims=(claim,))
    old, new = (
        EvidenceSet(
            label=SetLabel.RULES,
            name="sigmahq",
            version=version,
            kind="sigma",
            source_name="rules.zip",
            pieces=1,
            stored=1,
        )
        for version in ("r2026-03-01", "r2026-04-01")
    )
    assert old.evidence_key(rule) == "sigmahq@r2026-03-01/1b2c"
    assert new.evidence_key(rule) == "sigmahq@r2026-04-01/1b2c"


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("9.0", "10.0"),
        ("8.2", "9.0"),
        ("r2026-03-01", "r2026-04-01"),
        ("r2025-12-31", "r2026-01-01"),
        ("12.11.2023", "07.18.2025"),
        ("09.21.2021", "12.12.2024"),
        ("rev4", "rev5"),
        ("rev5-attack-9.0", "rev5-attack-16.1"),
    ],
)
def test_versions_sort_as_they_were_published(older: str, newer: str) -> None:
    assert version_order(older) < version_order(newer)


@given(
    st.lists(st.integers(0, 10**9), min_size=1, max_size=4),
    st.lists(st.integers(0, 10**9), min_size=1, max_size=4),
)
def test_dotted_numbers_sort_by_value(one: list[int], other: list[int]) -> None:
    size = min(len(one), len(other))
    one, other = one[:size], other[:size]
    texts = [version_order("v" + ".".join(map(str, numbers))) for numbers in (one, other)]
    if not any(1000 <= n <= 9999 for n in (*one, *other)):  # three parts with a year are a date
        assert (texts[0] < texts[1]) == (one < other)

"""Canonical form against rfc8785, Merkle root against the recursive definition."""

import hashlib

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from graph import record

PLAIN_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
ASCII_KEY = st.text(st.characters(max_codepoint=127))
INTEGER = st.integers(-(2**53) + 1, 2**53 - 1)
PLAIN = st.recursive(
    st.none() | st.booleans() | INTEGER | PLAIN_TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(ASCII_KEY, inner),
)
ANY = st.recursive(
    st.none() | st.booleans() | INTEGER | PLAIN_TEXT | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(PLAIN_TEXT, inner),
)


@given(PLAIN)
def test_the_fast_form_is_the_rfc_form(value: record.Json) -> None:
    assert record.canonical_plain(value) == rfc8785.dumps(value)


@given(ANY)
def test_every_value_gets_the_rfc_form(value: record.Json) -> None:
    assert record.canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [{"a": float("nan")}, {"a": 2**60}, {"é": "\ud800"}, {"a": "\ud800"}])
def test_what_has_no_form_is_said_so(value: record.Json) -> None:
    with pytest.raises(ValueError, match="no RFC 8785 form"):
        record.canonical(value)


def recursive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + recursive_root(leaves[:split]) + recursive_root(leaves[split:])).digest()


@given(st.lists(st.binary()))
def test_the_root_is_that_of_the_recursive_definition(records: list[bytes]) -> None:
    leaves = sorted({hashlib.sha256(b"\x00" + each).digest() for each in records})
    assert record.merkle_root(records) == recursive_root(leaves).hex()


@given(st.lists(st.binary(), min_size=1), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_change_the_root(records: list[bytes], random: object) -> None:
    shuffled = records + records[:1]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert record.merkle_root(shuffled) == record.merkle_root(records)


@given(st.sets(st.binary(), min_size=1), st.data())
def test_one_changed_byte_changes_the_root(records: set[bytes], data: st.DataObject) -> None:
    victim = data.draw(st.sampled_from(sorted(records)))
    changed = victim + b"x"
    others = records - {victim}
    if changed not in others:
        assert record.merkle_root(others | {changed}) != record.merkle_root(records)


def test_known_roots_of_rfc_6962() -> None:
    assert record.merkle_root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert record.merkle_root([b""]) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"

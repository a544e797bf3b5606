"""Canonical form against rfc8785, Merkle root against the recursive definition."""

import hashlib

import pytest
import rfc8785
from hypothesis import given, settings
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


FLOAT = st.floats(allow_nan=False, allow_infinity=False)
SIZED = st.builds(lambda digits, power: digits * 10.0**power, st.floats(-10, 10), st.integers(-25, 25))


@settings(max_examples=3000)
@given(FLOAT | SIZED | st.integers(-(10**17), 10**17).map(float))
def test_a_float_of_any_size_gets_the_rfc_form(value: float) -> None:
    assert record.canonical([value]) == rfc8785.dumps([value])


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


@given(st.lists(st.binary(), min_size=1, unique=True))
def test_every_record_has_a_path_to_the_root(records: list[bytes]) -> None:
    leaves = [record.leaf_hash(each) for each in records]
    tree = record.MerkleTree(leaves)
    assert tree.root == record.merkle_root(records)
    assert tree.size == len(records)
    for leaf in leaves:
        index = tree.index(leaf)
        assert record.root_by_path(leaf, index, tree.size, tree.path(index)) == tree.root


@given(st.lists(st.binary(), min_size=1, unique=True), st.data())
def test_no_other_leaf_place_size_or_path_leads_to_the_root(
    records: list[bytes], data: st.DataObject
) -> None:
    tree = record.MerkleTree(record.leaf_hash(each) for each in records)
    leaf = record.leaf_hash(data.draw(st.sampled_from(records)))
    index, path = tree.index(leaf), tree.path(tree.index(leaf))

    def root(leaf: bytes, index: int, size: int, path: list[bytes]) -> str | None:
        return record.root_by_path(leaf, index, size, path)

    assert root(record.leaf_hash(leaf), index, tree.size, path) != tree.root
    assert all(
        root(leaf, other, tree.size, path) != tree.root
        for other in range(-1, tree.size + 1)
        if other != index
    )
    assert root(leaf, index, tree.size, [*path, leaf]) is None
    if path:
        assert root(leaf, index, tree.size, path[:-1]) is None
        at = data.draw(st.integers(0, len(path) - 1))
        changed = [*path[:at], bytes(32), *path[at + 1 :]]
        assert root(leaf, index, tree.size, changed) != tree.root


def test_a_path_of_the_wrong_side_is_refused() -> None:
    """RFC 6962, section 2.1.3: the tree of seven leaves."""
    leaves = sorted(record.leaf_hash(bytes([n])) for n in range(7))
    tree = record.MerkleTree(leaves)
    assert [len(tree.path(n)) for n in range(7)] == [3, 3, 3, 3, 3, 3, 2]
    inner = [
        hashlib.sha256(b"\x01" + a + b).digest() for a, b in zip(leaves[0:6:2], leaves[1:6:2], strict=True)
    ]
    assert tree.path(6) == [inner[2], hashlib.sha256(b"\x01" + inner[0] + inner[1]).digest()]

"""Records and their hashes: canonical bytes, SHA-256, Merkle roots and inclusion proofs.

Knows no driver and no file format.

A record is the smallest thing that a source publishes. The bytes of a JSON record are its RFC 8785 form; a
content root is the Merkle tree hash of RFC 6962, section 2.1, over the distinct records of a release or set,
leaves sorted ascending by leaf hash, so that order, formatting and compression of a file do not change it.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias, cast

import orjson

Json: TypeAlias = Mapping[str, "Json"] | Sequence["Json"] | str | int | float | bool | None

LARGEST_EXACT_INTEGER = 2**53
"""RFC 8785, section 3.2.2.3: numbers are IEEE 754 doubles, so larger integers have no canonical form."""

_LEAST, _MOST = 1e-4, 1e15
"""Between these, orjson and RFC 8785 write a float that is no integer without an exponent, with the same digits."""
_AS_INTEGER = 2.0**53

_LEAF, _INNER = b"\x00", b"\x01"


def canonical(value: Json) -> bytes:
    """Return the RFC 8785 form of `value` as UTF-8.

    Raises:
        ValueError: the value has no such form (NaN, a lone surrogate, an integer beyond 2**53).
    """
    if is_plain(value):
        return canonical_plain(value)
    narrowed = _narrowed(value)
    if is_plain(narrowed):
        return canonical_plain(narrowed)
    import rfc8785

    try:
        return cast("bytes", rfc8785.dumps(value))
    except (rfc8785.CanonicalizationError, UnicodeError) as error:
        raise ValueError(f"no RFC 8785 form: {error}") from error


def _narrowed(value: Json) -> Json:
    """Return `value` with an integer for every float that is one: RFC 8785 writes both alike, `1` for 1.0."""
    kind = type(value)
    if kind is float:
        return int(value) if value.is_integer() and abs(value) < _AS_INTEGER else value  # type: ignore[union-attr, arg-type]
    if kind is dict:
        return {name: _narrowed(each) for name, each in value.items()}  # type: ignore[union-attr]
    if kind is list or kind is tuple:
        return [_narrowed(each) for each in value]  # type: ignore[union-attr]
    return value


def canonical_plain(value: Json) -> bytes:
    """Return the RFC 8785 form of a value for which `is_plain` holds, at the speed of C.

    Raises:
        ValueError: a string holds a lone surrogate.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError as error:
        raise ValueError(f"no RFC 8785 form: {error}") from error


def is_plain(value: Json) -> bool:
    """Tell whether orjson writes `value` in RFC 8785 form: ASCII keys, no integer beyond 2**53, simple floats.

    orjson sorts keys by code point where RFC 8785 sorts by UTF-16 unit, which differs only outside ASCII. It writes
    the shortest digits of a float too, but `1.0` where RFC 8785 has `1`, and exponents from other sizes on.
    """
    left: list[Any] = [value]
    # Not recursive: records have many small values, and a call for each would take most of the time.
    while left:
        each = left.pop()
        kind = type(each)
        if kind is str or each is None or kind is bool:
            continue
        if kind is dict:
            if not all(map(str.isascii, each)):
                return False
            left += each.values()
        elif kind is list or kind is tuple:
            left += each
        elif kind is int:
            if not -LARGEST_EXACT_INTEGER <= each <= LARGEST_EXACT_INTEGER:
                return False
        elif kind is not float or not _LEAST <= abs(each) < _MOST or each.is_integer():
            return False
    return True


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of `data` in lower-case hex, as `sha256sum` prints it."""
    return hashlib.sha256(data).hexdigest()


def leaf_hash(record: bytes) -> bytes:
    """Return the leaf hash of RFC 6962 of one record's bytes."""
    return hashlib.sha256(_LEAF + record).digest()


def merkle_root(records: Iterable[bytes]) -> str:
    """Return, in hex, the Merkle tree hash over the distinct records, in whatever order they come."""
    return root_of_leaves(leaf_hash(record) for record in records)


def root_of_leaves(leaves: Iterable[bytes]) -> str:
    """Return, in hex, the Merkle tree hash over distinct leaf hashes, in whatever order they come."""
    return tree_hash(sorted(set(leaves))).hex()


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    """Return the Merkle tree hash of RFC 6962, section 2.1, over leaf hashes in the order given.

    Built level by level: an odd last node moves up unchanged, which gives the same tree as the recursive
    definition that splits at the largest power of two.
    """
    if not leaves:
        return hashlib.sha256(b"").digest()
    level = list(leaves)
    while len(level) > 1:
        level = list(_paired(level))
    return level[0]


def _paired(level: Sequence[bytes]) -> Iterator[bytes]:
    for index in range(0, len(level) - 1, 2):
        yield hashlib.sha256(_INNER + level[index] + level[index + 1]).digest()
    if len(level) % 2:
        yield level[-1]


class MerkleTree:
    """The tree of RFC 6962, section 2.1, over distinct leaf hashes, kept whole for inclusion proofs.

    Args:
        leaves: leaf hashes, in whatever order they come.
    """

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels = [sorted(set(leaves))]
        self._index = {leaf: at for at, leaf in enumerate(self._levels[0])}
        while len(self._levels[-1]) > 1:
            self._levels.append(list(_paired(self._levels[-1])))

    @property
    def root(self) -> str:
        """The Merkle tree hash, in hex."""
        return tree_hash(self._levels[-1]).hex()

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self._levels[0])

    def index(self, leaf: bytes) -> int:
        """Return the place of `leaf` among the sorted leaves, from 0; KeyError if it is not one of them."""
        return self._index[leaf]

    def path(self, index: int) -> list[bytes]:
        """Return the audit path of the leaf at `index` (RFC 6962, section 2.1.1), from the leaf upwards."""
        path = []
        for level in self._levels[:-1]:
            sibling = index ^ 1
            if sibling < len(level):
                path.append(level[sibling])
            index >>= 1
        return path


def root_by_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> str | None:
    """Return, in hex, the root that an audit path leads to; None if it is not a path of that leaf in that tree.

    The algorithm is that of RFC 9162, section 2.1.3.2.
    """
    if not 0 <= index < size:
        return None
    here, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if here % 2 or here == last:
            found = hashlib.sha256(_INNER + sibling + found).digest()
            while here % 2 == 0 and here:
                here, last = here >> 1, last >> 1
        else:
            found = hashlib.sha256(_INNER + found + sibling).digest()
        here, last = here >> 1, last >> 1
    return found.hex() if last == 0 else None

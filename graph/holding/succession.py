"""How an object changed from one release to the next.

Neither `modified` nor the object's version tells: 84 techniques differ between 17.1 and 18.1 with the same
`modified`, and 18.1 rewrote 323 analytics of 18.0 without a new version. Content does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import orjson

from graph.record import canonical, sha256_hex

BOOKKEEPING = frozenset({"modified", "x_mitre_modified_by_ref", "x_mitre_attack_spec_version"})
"""Fields that say who touched an object and when, not what it says."""

_FORM = frozenset({"spec_version", "is_family"})
"""Fields that differ between STIX 2.0 and 2.1; so do the `labels` of malware and tools."""


_DIGITS = 12
_EMPTY: tuple[object, ...] = ("", [], None)


class Change(StrEnum):
    """What a new release did to an object."""

    UNCHANGED = "unchanged"
    BOOKKEEPING = "bookkeeping"
    """Only fields that say who touched it and when."""
    SCHEMA = "schema"
    """Only fields that no object of the type fills any more."""
    CONTENT = "content"


@dataclass(frozen=True, slots=True)
class ObjectState:
    """An object as one release publishes it.

    Attributes:
        stix_type: its type.
        sha256: of its record.
        text: its record, RFC 8785 JSON.
    """

    stix_type: str
    sha256: str
    text: str


@dataclass(frozen=True, slots=True)
class Succession:
    """One object that both of two releases hold.

    Attributes:
        stix_id: of the object.
        change: what the newer release did to it.
        fields: the fields that differ, sorted.
    """

    stix_id: str
    change: Change
    fields: tuple[str, ...]


def fields_used(bodies: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return `type.field` for each field that any object fills, sorted."""
    found = {
        (body.get("type"), name) for body in bodies for name, value in body.items() if value not in _EMPTY
    }
    return sorted(f"{stix_type}.{name}" for stix_type, name in found)


def compare(
    older: Mapping[str, ObjectState], newer: Mapping[str, ObjectState], newer_fields: Sequence[str]
) -> Iterator[Succession]:
    """Yield the succession of each object that both releases hold, in the order of the newer one.

    Args:
        older: by STIX id.
        newer: by STIX id.
        newer_fields: what `fields_used` says of the newer release.
    """
    used = frozenset(newer_fields)
    for stix_id, state in newer.items():
        before = older.get(stix_id)
        if before is None:
            continue
        if before.sha256 == state.sha256:
            yield Succession(stix_id, Change.UNCHANGED, ())
        else:
            fields = _differing(_fields(before), _fields(state))
            yield Succession(stix_id, _change(state.stix_type, fields, used), fields)


def field_digests(stix_type: str, body: Mapping[str, Any]) -> list[str]:
    """Return `field=digest` for each field of an object, sorted: what two releases of any distance are compared by.

    The digest is the first 12 hex digits of the SHA-256 of the value's RFC 8785 form. The object's form and what an
    absent field means are left out, as in `compare`.
    """
    fields = _neutral(stix_type, body)
    return sorted(f"{name}={sha256_hex(canonical(value))[:_DIGITS]}" for name, value in fields.items())


def _neutral(stix_type: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the object without its form: absent `revoked` and `x_mitre_deprecated` mean false."""
    form = _FORM | {"labels"} if stix_type in ("malware", "tool") else _FORM
    defaults = {"revoked": False, "x_mitre_deprecated": False}
    return defaults | {name: value for name, value in body.items() if name not in form}


def _fields(state: ObjectState) -> dict[str, Any]:
    return _neutral(state.stix_type, orjson.loads(state.text))


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, ...]:
    missing = object()
    names = before.keys() | after.keys()
    return tuple(sorted(name for name in names if before.get(name, missing) != after.get(name, missing)))


def _change(stix_type: str, fields: Sequence[str], used: frozenset[str]) -> Change:
    telling = [name for name in fields if name not in BOOKKEEPING]
    if not fields:
        return Change.UNCHANGED
    if not telling:
        return Change.BOOKKEEPING
    if all(f"{stix_type}.{name}" not in used for name in telling):
        return Change.SCHEMA
    return Change.CONTENT

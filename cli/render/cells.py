"""One value as the text of one cell, the same in tables, CSV and Markdown."""

from dataclasses import fields, is_dataclass

import orjson

FRACTION_DIGITS = 3


def plain(value: object) -> object:
    """Turn a value that JSON has no form for into one that it has: times in ISO 8601, the rest as text."""
    written = getattr(value, "iso_format", None) or getattr(value, "isoformat", None)
    if callable(written):
        return written()
    if isinstance(value, bytes | bytearray):
        return bytes(value).hex()
    if isinstance(value, set | frozenset):
        return sorted(value, key=str)
    return str(value)


def as_json(value: object, *, indented: bool = False) -> str:
    """Return `value` as JSON, fields of dataclasses in order.

    orjson refuses lone surrogates, which a command line can hold, and integers beyond 64 bits; the standard
    writer takes both.
    """
    options = orjson.OPT_NON_STR_KEYS | (orjson.OPT_INDENT_2 if indented else 0)
    try:
        return orjson.dumps(value, default=plain, option=options).decode()
    except orjson.JSONEncodeError:
        import json

        return json.dumps(value, default=_plain_or_fields, indent=2 if indented else None)


def _plain_or_fields(value: object) -> object:
    if is_dataclass(value):
        return {field.name: getattr(value, field.name) for field in fields(value)}
    return plain(value)


def is_number(value: object) -> bool:
    """Tell whether `value` is aligned to the right."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def cell(value: object) -> str:
    """Return the text of `value`: "" for None, yes or no, the members of a list with commas, else JSON."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return _fraction(value)
    if isinstance(value, list | tuple):
        return ", ".join(as_json(each) if isinstance(each, list | tuple) else cell(each) for each in value)
    if isinstance(value, dict) or (is_dataclass(value) and not says_how_it_reads(value)):
        return as_json(value)
    return str(value if is_dataclass(value) else plain(value))


def _fraction(value: float) -> str:
    """Return the number with three digits after the point; where they would say nothing, three that do."""
    plain_enough = value == 0 or 10**-FRACTION_DIGITS <= abs(value) < LARGE
    return f"{value:.{FRACTION_DIGITS}f}" if plain_enough else f"{value:.{FRACTION_DIGITS}g}"


def says_how_it_reads(value: object) -> bool:
    """Tell whether the type has a `__str__` of its own, as parts of the graph have."""
    return type(value).__str__ is not object.__str__


LARGE = 1e9
"""From here on a number is written by its power of ten."""

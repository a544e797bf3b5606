"""Values of the driver as plain Python values: what a query file returns never shows the driver's own types."""

from collections.abc import Callable, Iterable

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

RowForm = Callable[[Iterable[object]], tuple[object, ...]]
"""Makes one row of the driver's values one of ours."""

BROKEN = "BrokenHydrationObject"
"""What the driver puts into lists and maps for a value that it has no form for; the type has no public home."""

SCALARS = frozenset({str, int, float, bool, type(None)})


class BrokenValueError(Exception):
    """A value that the driver has no form for, such as a date after the year 9999."""


def plain_row(values: Iterable[object]) -> tuple[object, ...]:
    """One row of plain values."""
    return tuple(value if type(value) in SCALARS else plain(value) for value in values)


def plain(value: object) -> object:
    """`value` with maps, lists, strings, numbers, booleans and None only.

    A node becomes {labels, properties}, a relationship {type, start, end, properties} with the element
    identifiers of its ends, a path the list of its parts in order, a time its ISO 8601 text, bytes their hex.
    """
    match value:
        case Duration() | Point():  # tuples, too, to Python
            return _plain_other(value)
        case list() | tuple():
            return [plain(part) for part in value]
        case dict():
            return {key: plain(part) for key, part in value.items()}
        case _ if type(value) in SCALARS:
            return value
        case _:
            return _plain_other(value)


def _plain_other(value: object) -> object:
    """What JSON has no form for."""
    match value:
        case bytes() | bytearray():
            return value.hex()
        case Date() | DateTime() | Time() | Duration():
            return value.iso_format()
        case Point():
            return {"srid": value.srid, "coordinates": list(value)}
        case _:
            return _plain_part(value)


def _plain_part(value: object) -> object:
    """A part of the graph: node, relationship or path."""
    match value:
        case Node():
            return {"labels": sorted(value.labels), "properties": plain(dict(value.items()))}
        case Relationship():
            ends = [node.element_id if node else None for node in value.nodes]
            properties = plain(dict(value.items()))
            return {"type": value.type, "start": ends[0], "end": ends[1], "properties": properties}
        case Path():
            return [plain(part) for part in _alternating(value)]
        case _ if type(value).__name__ == BROKEN:
            raise BrokenValueError from getattr(value, "error", None)
        case _:
            return str(value)


def _alternating(path: Path) -> list[object]:
    parts: list[object] = [path.nodes[0]]
    for relationship, node in zip(path.relationships, path.nodes[1:], strict=True):
        parts += [relationship, node]
    return parts


def json_bytes(row: tuple[object, ...]) -> int:
    """How many bytes a row of plain values or of `graph.server.parts` takes as JSON.

    Raises:
        RecursionError: it is nested deeper than orjson writes, 254 levels.
    """
    import orjson

    try:
        return len(orjson.dumps(row))
    except TypeError as error:
        if "recursion" in str(error).lower():
            raise RecursionError from error
        raise

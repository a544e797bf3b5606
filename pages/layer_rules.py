"""The rules of the layer format 4.5, held against what is about to be written."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from graph.identifiers import technique as technique_id

Flaw: TypeAlias = str
"""Where in the layer, and what is wrong there."""

_COLOR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{8})", re.ASCII)
_URL = re.compile(r"https?://\S+")
DOMAINS = {"enterprise-attack", "mobile-attack", "ics-attack"}
SORTING = 4


def _is(*types: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, types) and (bool in types or not isinstance(value, bool))


_TEXT, _NUMBER, _FLAG, _LIST, _OBJECT = _is(str), _is(int, float), _is(bool), _is(list), _is(dict)
_LAYER: Mapping[str, Callable[[Any], bool]] = {
    "versions": _OBJECT,
    "name": _TEXT,
    "description": _TEXT,
    "domain": lambda value: value in DOMAINS,
    "customDataURL": _TEXT,
    "filters": lambda value: _OBJECT(value) and all(map(_TEXT, value.get("platforms", []))),
    "sorting": lambda value: value in range(SORTING),
    "layout": _OBJECT,
    "hideDisabled": _FLAG,
    "techniques": _LIST,
    "gradient": _OBJECT,
    "legendItems": _LIST,
    "showTacticRowBackground": _FLAG,
    "tacticRowBackground": _TEXT,
    "selectTechniquesAcrossTactics": _FLAG,
    "selectSubtechniquesWithParent": _FLAG,
    "selectVisibleTechniques": _FLAG,
    "metadata": _LIST,
    "links": _LIST,
}
_TECHNIQUE: Mapping[str, Callable[[Any], bool]] = {
    "techniqueID": lambda value: _TEXT(value) and technique_id(value) == value,
    "tactic": _TEXT,
    "comment": _TEXT,
    "enabled": _FLAG,
    "score": _NUMBER,
    "color": lambda value: value == "" or bool(_TEXT(value) and _COLOR.fullmatch(value)),
    "metadata": _LIST,
    "links": _LIST,
    "showSubtechniques": _FLAG,
}
_LAYOUT: Mapping[str, Callable[[Any], bool]] = {
    "layout": lambda value: value in {"side", "flat", "mini"},
    "showID": _FLAG,
    "showName": _FLAG,
    "showAggregateScores": _FLAG,
    "countUnscored": _FLAG,
    "aggregateFunction": lambda value: value in {"average", "min", "max", "sum"},
    "expandedSubtechniques": lambda value: value in {"none", "all", "annotated"},
}


def flaws(layers: object) -> Iterator[Flaw]:
    """Yield what the format does not allow in a layer, or in a list of layers."""
    for place, layer in enumerate(layers if isinstance(layers, list) else [layers]):
        if not isinstance(layer, dict):
            yield f"/{place}: not an object"
            continue
        yield from _fields(f"/{place}", layer, _LAYER, ("name", "domain"))
        yield from _versions(f"/{place}/versions", layer.get("versions", {}))
        yield from _fields(f"/{place}/layout", layer.get("layout", {}), _LAYOUT, ())
        yield from _gradient(f"/{place}/gradient", layer.get("gradient"))
        yield from _marks(f"/{place}", layer)
        for number, item in enumerate(layer.get("legendItems", [])):
            yield from _texts(f"/{place}/legendItems/{number}", item, ("label", "color"))
        for number, technique in enumerate(layer.get("techniques", [])):
            yield from _technique(f"/{place}/techniques/{number}", technique)
        yield from _twice(f"/{place}/techniques", layer.get("techniques", []))


def _fields(
    place: str, value: object, rules: Mapping[str, Callable[[Any], bool]], needed: tuple[str, ...]
) -> Iterator[Flaw]:
    if not isinstance(value, dict):
        yield f"{place}: not an object"
        return
    yield from (f"{place}/{name}: missing" for name in needed if name not in value)
    for name, own in value.items():
        if name not in rules:
            yield f"{place}/{name}: not a field of the format"
        elif not rules[name](own):
            yield f"{place}/{name}: not a value that it may have"


def _versions(place: str, versions: object) -> Iterator[Flaw]:
    if not isinstance(versions, dict) or versions.get("layer") != "4.5":
        yield f"{place}/layer: must be 4.5"
        return
    navigator = str(versions.get("navigator", "")).split(".")
    if not all(part.isdecimal() for part in navigator) or tuple(map(int, navigator)) < (4, 9, 0):
        yield f"{place}/navigator: must be at least 4.9.0"


def _gradient(place: str, gradient: object) -> Iterator[Flaw]:
    if not isinstance(gradient, dict):
        return
    colors = gradient.get("colors", [])
    if len(colors) < 2 or not all(_COLOR.fullmatch(color) for color in colors):  # noqa: PLR2004  the format's number
        yield f"{place}/colors: at least two colors"
    if not gradient.get("maxValue", 0) > gradient.get("minValue", 0):
        yield f"{place}: maxValue must be greater than minValue"


def _technique(place: str, technique: object) -> Iterator[Flaw]:
    yield from _fields(place, technique, _TECHNIQUE, ("techniqueID",))
    if isinstance(technique, dict):
        yield from _marks(place, technique)


def _marks(place: str, holder: Mapping[str, Any]) -> Iterator[Flaw]:
    """Yield what is wrong with the metadata and the links of a layer or technique."""
    for number, item in enumerate(holder.get("metadata", [])):
        if item != {"divider": True}:
            yield from _texts(f"{place}/metadata/{number}", item, ("name", "value"))
    for number, item in enumerate(holder.get("links", [])):
        if item != {"divider": True}:
            yield from _texts(f"{place}/links/{number}", item, ("label", "url"))
            if isinstance(item, dict) and not _URL.fullmatch(str(item.get("url"))):
                yield f"{place}/links/{number}/url: must begin with its protocol"


def _texts(place: str, item: object, names: tuple[str, ...]) -> Iterator[Flaw]:
    if not isinstance(item, dict) or set(item) != set(names) or not all(map(_TEXT, item.values())):
        yield f"{place}: must be texts {' and '.join(names)}"


def _twice(place: str, techniques: list[Any]) -> Iterator[Flaw]:
    """Yield techniques that are twice in one column; the Navigator would show the last one only."""
    seen: set[tuple[Any, Any]] = set()
    for technique in techniques:
        if isinstance(technique, dict):
            key = (technique.get("techniqueID"), technique.get("tactic"))
            if key in seen:
                yield f"{place}: {key[0]} is twice under {key[1]}"
            seen.add(key)

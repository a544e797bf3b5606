"""How the Browser draws the graph: a color and a caption for every label and type that the schema declares.

The language is the Browser's own (GraSS). A later rule wins, and the Browser appends one of its own for a label that
has none: hence a rule for every label, those that a family shares before those of its members. It has no comments.
"""

from collections.abc import Iterator

from graph.schema import NODES, RELATIONSHIPS, Node, Relationship

DIAMETER = "104px"
RECORDED = "#7F8C8D"
DERIVED = "#C8CDD2"
"""Relationships that are computed from recorded facts are drawn fainter."""
_KNEE = 0.04045
"""Of sRGB, below which its curve is a straight line."""
_DARK, _LIGHT = "#2C3338", "#FFFFFF"


def grass() -> str:
    """Return the style sheet."""
    shared_first = sorted(NODES, key=lambda each: each.label != each.base)
    return "\n".join([*_defaults(), *map(_node, shared_first), *map(_relationship, RELATIONSHIPS)]) + "\n"


def _defaults() -> Iterator[str]:
    yield _rule("node", diameter=DIAMETER, color="#A5ABB6", **{"border-color": "#7D838D", "border-width": "2px"},
                **{"text-color-internal": _LIGHT, "font-size": "11px"})  # fmt: skip
    yield _rule("relationship", color=RECORDED, **{"shaft-width": "1px", "font-size": "9px", "padding": "3px"},
                **{"text-color-external": "#2C3338", "text-color-internal": _LIGHT}, caption='"<type>"')  # fmt: skip


def _node(each: Node) -> str:
    fill = each.color or "#A5ABB6"
    return _rule(
        f"node.{each.label}",
        color=fill,
        caption=f'"{each.caption}"',
        **{"border-color": darker(fill), "text-color-internal": readable_on(fill)},
    )


def _relationship(each: Relationship) -> str:
    return _rule(f"relationship.{each.type}", color=DERIVED if each.derived else RECORDED, caption='"<type>"')


def _rule(selector: str, **settings: str) -> str:
    lines = "".join(f"  {name}: {value};\n" for name, value in settings.items())
    return f"{selector} {{\n{lines}}}"


def darker(color: str) -> str:
    """Return `#rrggbb` at three quarters of its light, for the rim of a node."""
    return "#" + "".join(f"{part * 3 // 4:02X}" for part in _parts(color))


def readable_on(color: str) -> str:
    """Return the text color, dark or light, that contrasts more with `color` (WCAG 2.1, relative luminance)."""
    light, dark = (_luminance(each) + 0.05 for each in (_LIGHT, _DARK))
    ground = _luminance(color) + 0.05
    return _LIGHT if light / ground >= ground / dark else _DARK


def _luminance(color: str) -> float:
    linear = [_linear(part / 255) for part in _parts(color)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= _KNEE else float(((part + 0.055) / 1.055) ** 2.4)


def _parts(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)

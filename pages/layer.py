"""ATT&CK Navigator layers, format 4.5: what the rows of an answer say of techniques, as colored cells.

The format is MITRE's: github.com/mitre-attack/attack-navigator, layers/spec/v4.5/layerformat.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.identifiers import SAMPLE
from pages import words
from pages.links import official_page

if TYPE_CHECKING:
    from graph.record import Json

LAYER, NAVIGATOR = "4.5", "5.1.0"
COLORS: Mapping[str, str] = {
    "covered": "#8fd19e",
    "unplaced": "#ffe08a",
    "off_platform": "#f7c59f",
    "enabled_blind": "#f4978e",
    "visible": "#9fd3f2",
    "protect_only": "#cdb9f0",
    "guidance_only": "#c3d7ea",
    "none": "#f8c9c4",
    "gap": "#f8c9c4",
    "unknown": "",
    "not_applicable": "",
}
"""State -> color of its cell, light enough for black text; without one nothing can be said."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A technique of a layer.

    Attributes:
        tactics: short names of the columns in which it is.
        score: 0 to 100 or a count; None leaves it unscored: nothing is known.
        facts: name -> value, shown when the cell is pointed at.
    """

    technique_id: str
    tactics: tuple[str, ...]
    score: float | None
    color: str
    comment: str
    facts: tuple[tuple[str, str], ...] = ()
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class NavigatorLayer:
    """A layer before it is written.

    Attributes:
        platforms: those that the Navigator shows; empty for all.
        top: the largest score, 100 for percentages.
        legend: (label, color), in order.
        facts: about the layer: release, sets, digest.
    """

    name: str
    description: str
    release: str
    entries: tuple[Entry, ...]
    legend: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    platforms: tuple[str, ...] = ()
    top: float = 100


def document(layer: NavigatorLayer) -> "dict[str, Json]":
    """Return the layer in the format's form."""
    domain, _, version = layer.release.partition("@")
    filters: dict[str, Json] = {"filters": {"platforms": list(layer.platforms)}} if layer.platforms else {}
    return {
        "name": layer.name,
        "versions": {"attack": version.removesuffix(SAMPLE), "navigator": NAVIGATOR, "layer": LAYER},
        "domain": domain,
        "description": layer.description,
        **filters,
        "sorting": 0,
        "layout": {
            "layout": "side",
            "showID": True,
            "showName": True,
            "showAggregateScores": False,
            "countUnscored": False,
            "aggregateFunction": "average",
            "expandedSubtechniques": "none",
        },
        "hideDisabled": False,
        "techniques": [_technique(entry, tactic) for entry in layer.entries for tactic in entry.tactics],
        "gradient": {"colors": ["#f8c9c4", "#8fd19e"], "minValue": 0, "maxValue": max(layer.top, 1)},
        "legendItems": [{"label": label, "color": color} for label, color in layer.legend],
        "showTacticRowBackground": False,
        "selectTechniquesAcrossTactics": True,
        "selectSubtechniquesWithParent": False,
        "metadata": [{"name": name, "value": value} for name, value in layer.facts],
        "links": [{"label": "MITRE ATT&CK", "url": "https://attack.mitre.org/"}],
    }


def _technique(entry: Entry, tactic: str) -> "dict[str, Json]":
    url = official_page("Technique", entry.technique_id)
    scored: dict[str, Json] = {} if entry.score is None else {"score": entry.score}
    colored: dict[str, Json] = {"color": entry.color} if entry.color else {}
    return {
        "techniqueID": entry.technique_id,
        "tactic": tactic,
        **scored,
        **colored,
        "comment": entry.comment,
        "enabled": entry.enabled,
        "metadata": [{"name": name, "value": value} for name, value in entry.facts],
        "links": [{"label": f"{entry.technique_id} at MITRE", "url": url}] if url else [],
        "showSubtechniques": False,
    }


def legend_of(states: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the legend of the states that occur, the best first."""
    there = set(states)
    return tuple((words.reading(state), color) for state, color in COLORS.items() if state in there and color)


def together(layers: Sequence[NavigatorLayer]) -> "Json":
    """Return one layer as an object, several as a list, as the Navigator opens both."""
    documents = [document(layer) for layer in layers]
    return documents[0] if len(documents) == 1 else documents

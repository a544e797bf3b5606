"""The rules of the layer format: what it allows passes, and each thing that it forbids is found."""

import copy
import json
from typing import Any

import pytest

from pages.layer import Entry, NavigatorLayer, document
from pages.layer_rules import flaws

ENTRY = Entry("T1078.004", ("stealth", "persistence"), 50, "#8fd19e", "covered", (("state", "covered"),))
LAYER = NavigatorLayer(
    "A layer", "", "enterprise-attack@19.1", (ENTRY,), (("covered", "#8fd19e"),), (("release", "19.1"),)
)


def made() -> dict[str, Any]:
    return copy.deepcopy(dict(document(LAYER)))


def test_what_we_write_is_allowed() -> None:
    assert list(flaws(made())) == []
    assert list(flaws([made(), made()])) == []
    assert [(each["techniqueID"], each["tactic"]) for each in made()["techniques"]] == [
        ("T1078.004", "stealth"),
        ("T1078.004", "persistence"),
    ]


def test_what_is_not_known_has_no_score() -> None:
    unknown = Entry("T1528", ("credential-access",), None, "", "not known")
    layer = NavigatorLayer("A layer", "", "enterprise-attack@19.1", (unknown,), (), ())
    technique = json.loads(json.dumps(document(layer)))["techniques"][0]
    assert "score" not in technique
    assert "color" not in technique


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("name",), 7),
        (("domain",), "enterprise"),
        (("versions", "layer"), "4.4"),
        (("versions", "navigator"), "4.8.2"),
        (("sorting",), 4),
        (("layout", "layout"), "round"),
        (("layout", "countUnscored"), "yes"),
        (("gradient", "colors"), ["#ffffff"]),
        (("gradient", "maxValue"), 0),
        (("legendItems", 0), {"label": "covered"}),
        (("metadata", 0, "value"), 19),
        (("links", 0, "url"), "attack.mitre.org"),
        (("techniques", 0, "techniqueID"), "1078"),
        (("techniques", 0, "score"), "50"),
        (("techniques", 0, "score"), True),
        (("techniques", 0, "color"), "green"),
        (("techniques", 0, "enabled"), 1),
        (("techniques", 0, "links", 0, "url"), "javascript:alert(1)"),
        (("techniques", 1, "tactic"), "stealth"),
        (("unheard-of",), 1),
    ],
)
def test_what_the_format_forbids_is_found(path: tuple[str | int, ...], value: object) -> None:
    layer = made()
    at: Any = layer
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    assert list(flaws(layer)) != []


@pytest.mark.parametrize("name", ["name", "domain"])
def test_what_the_format_needs_is_missed(name: str) -> None:
    layer = made()
    del layer[name]
    assert list(flaws(layer)) != []

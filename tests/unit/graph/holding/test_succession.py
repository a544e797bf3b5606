"""What counts as a change from one release to the next."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.holding.succession import Change, ObjectState, compare, field_digests, fields_used

TECHNIQUE = {
    "type": "attack-pattern",
    "name": "Steal",
    "modified": "2025-01-01",
    "x_mitre_detection": "Watch.",
}


def state(body: dict[str, Any]) -> ObjectState:
    text = json.dumps(body, sort_keys=True)
    return ObjectState(str(body["type"]), text, text)


@pytest.mark.parametrize(
    ("change", "fields", "newer"),
    [
        (Change.UNCHANGED, (), TECHNIQUE),
        (
            Change.UNCHANGED,
            (),
            TECHNIQUE | {"spec_version": "2.1", "revoked": False, "x_mitre_deprecated": False},
        ),
        (Change.BOOKKEEPING, ("modified",), TECHNIQUE | {"modified": "2026-01-01"}),
        (
            Change.SCHEMA,
            ("modified", "x_mitre_detection"),
            TECHNIQUE | {"modified": "", "x_mitre_detection": ""},
        ),
        (Change.CONTENT, ("name",), TECHNIQUE | {"name": "Steal more"}),
        (Change.CONTENT, ("x_mitre_deprecated",), TECHNIQUE | {"x_mitre_deprecated": True}),
    ],
)
def test_each_kind_of_change(change: Change, fields: tuple[str, ...], newer: dict[str, Any]) -> None:
    (found,) = compare({"a": state(TECHNIQUE)}, {"a": state(newer)}, fields_used([newer]))
    assert (found.change, found.fields) == (change, fields)


def test_an_emptied_field_that_another_object_still_fills_is_content() -> None:
    newer = TECHNIQUE | {"x_mitre_detection": ""}
    (found,) = compare({"a": state(TECHNIQUE)}, {"a": state(newer)}, fields_used([newer, TECHNIQUE]))
    assert found.change is Change.CONTENT


def test_labels_of_malware_are_form_and_of_others_are_content() -> None:
    for stix_type, change in (("malware", Change.UNCHANGED), ("campaign", Change.CONTENT)):
        older = {"type": stix_type, "labels": ["malware"]}
        newer = {"type": stix_type, "is_family": True}
        (found,) = compare({"a": state(older)}, {"a": state(newer)}, [f"{stix_type}.labels"])
        assert found.change is change


def test_objects_of_one_side_only_have_no_succession() -> None:
    assert list(compare({"a": state(TECHNIQUE)}, {"b": state(TECHNIQUE)}, [])) == []


VALUES = st.one_of(st.none(), st.booleans(), st.text(max_size=3), st.lists(st.text(max_size=2), max_size=2))
NAMES = st.sampled_from(
    ["name", "revoked", "x_mitre_deprecated", "spec_version", "modified", "labels", "description"]
)
BODIES = st.dictionaries(NAMES, VALUES).map(lambda fields: fields | {"type": "malware"})


@given(BODIES, BODIES)
def test_digests_differ_in_the_fields_in_which_the_objects_do(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    [step] = compare({"x": state(before)}, {"x": state(after)}, [])
    digests = set(field_digests("malware", before)) ^ set(field_digests("malware", after))
    assert tuple(sorted({each.partition("=")[0] for each in digests})) == step.fields

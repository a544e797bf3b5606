"""The real bundles are STIX by the reference library's judgment, so our reader may rely on STIX's forms.

Only here: the library takes longer for a bundle than a whole load does.
"""

from pathlib import Path
from typing import Any

import pytest
import stix2
import stix2.parsing

from graph.identifiers import is_stix_id
from loaders.formats.attack.bundle import read_bundle
from loaders.reading.sources import read_file

BUNDLES = ("ics-attack-17.1", "ics-attack-18.1", "mobile-attack-17.1", "enterprise-attack-18.1")
EVERY = {"enterprise-attack-18.1": 20}
"""Of a large bundle, one object in so many; the others are checked whole."""


def version_of(body: Any) -> str:
    return "2.1" if body.get("spec_version") == "2.1" else "2.0"


@pytest.mark.parametrize("name", BUNDLES)
def test_objects_pass_the_reference_library(data: Path, name: str) -> None:
    bundle = read_bundle(read_file(str(data / "attack" / f"{name}.json.gz")))
    checked = bundle.records[:: EVERY.get(name, 1)]
    assert checked
    for record in checked:
        parsed = stix2.parsing.parse(
            dict(record.body), allow_custom=True, interoperability=True, version=version_of(record.body)
        )
        assert parsed["id"] == record.body["id"]
        assert is_stix_id(parsed["id"])

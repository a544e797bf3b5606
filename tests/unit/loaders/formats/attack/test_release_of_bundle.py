"""What is said of a bundle that does not state its release."""

import json

import pytest

from graph.errors import InputRejectedError
from loaders.formats.attack.bundle import read_bundle
from loaders.formats.attack.format import _agreed_version
from loaders.reading.one_file import SourceFile
from tests.bundles import matrix, thing


@pytest.mark.parametrize(
    ("spec_version", "said"),
    [("2.1", "a bundle without an x-mitre-collection"), ("2.0", "a STIX 2.0 bundle")],
)
def test_the_reason_is_the_right_one(spec_version: str, said: str) -> None:
    objects = [matrix(), thing("attack-pattern", "Steal", "T1528")]
    stated = [each | {"spec_version": "2.1"} for each in objects] if spec_version == "2.1" else objects
    data = json.dumps({"type": "bundle", "objects": stated}).encode()
    read = read_bundle(SourceFile("x.json", data, ""))
    with pytest.raises(InputRejectedError, match=f"^x.json: {said} does not state its release") as refused:
        _agreed_version(read, None)
    assert "--release enterprise-attack@NUMBER" in str(refused.value)
    assert _agreed_version(read, "18.1") == "18.1"

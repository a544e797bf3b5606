"""Hashes of real records that the owner of the project knows."""

from pathlib import Path

import pytest

from graph.record import canonical, sha256_hex
from loaders.reading.json_text import parse_json
from loaders.reading.sources import read_file
from loaders.tables.published import published_as

AN0496 = "b31b336dec3a4cf37685110b1a17331b675c7c84ddc3c41596c21406575c80a4"


@pytest.mark.parametrize("release", ["18.0", "18.1", "19.1"])
def test_the_record_of_an0496_is_the_same_in_three_releases(data: Path, release: str) -> None:
    value = parse_json(read_file(str(data / "attack" / f"enterprise-attack-{release}.json.gz"))).value
    assert isinstance(value, dict)
    objects = value["objects"]
    assert isinstance(objects, list)
    found = [
        each
        for each in objects
        if isinstance(each, dict)
        and any(ref.get("external_id") == "AN0496" for ref in each.get("external_references", ()))
    ]
    assert [sha256_hex(canonical(each)) for each in found] == [AN0496]


def test_the_files_that_mitre_published_are_known_by_their_hash(data: Path) -> None:
    names = {
        path.name: published_as(sha256_hex(read_file(str(path)).data))
        for path in (data / "attack").glob("*-attack-*.json.gz")
    }
    known = {name for name, found in names.items() if found}
    assert known == {name for name in names if name.startswith("ics-")} | {
        "mobile-attack-15.1.json.gz",
        "mobile-attack-17.1.json.gz",
    }
    assert names["ics-attack-19.1.json.gz"] == "ics-attack 19.1 (STIX 2.0)"

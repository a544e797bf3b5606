"""Bundles that do not state their release: recognized by what they hold, or as files that MITRE published."""

import csv
from pathlib import Path

import pytest

from graph.errors import InputRejectedError
from graph.record import sha256_hex
from loaders.formats import Naming, Source
from loaders.formats.attack.bundle import FINGERPRINTS, read_bundle
from loaders.formats.attack.format import ATTACK
from loaders.tables import published
from tests.bundles import as_source, bundle, thing

UNSTATED = bundle(thing("attack-pattern", "one", "T0001"), version=None)


def publish(patch: pytest.MonkeyPatch, *releases: str) -> None:
    """Let MITRE have published UNSTATED as these releases."""
    rows = [{"domain": "enterprise-attack", "stix_form": "2.0", "release": each} for each in releases]
    patch.setattr(published, "_by_hash", lambda: {sha256_hex(UNSTATED): rows})


def key_of(release: str | None = None) -> str:
    (found,) = ATTACK.read(Source.of(as_source(UNSTATED)), Naming(release=release))
    return str(getattr(found, "key"))  # noqa: B009  a Loadable has it, a Problem has not


def test_a_file_that_mitre_published_needs_no_release(monkeypatch: pytest.MonkeyPatch) -> None:
    publish(monkeypatch, "12.1")
    assert read_bundle(as_source(UNSTATED)).version == "12.1"
    assert key_of() == "enterprise-attack@12.1"


def test_of_two_releases_in_one_file_one_has_to_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    publish(monkeypatch, "11.2", "11.3")
    with pytest.raises(InputRejectedError, match=r"published this file as 11\.2 and as 11\.3"):
        key_of()
    assert key_of("v11.3") == "enterprise-attack@11.3"


def test_any_other_file_has_to_be_named() -> None:
    with pytest.raises(InputRejectedError, match="does not state its release"):
        key_of()


def test_every_published_file_is_known_by_domain_and_release() -> None:
    table = Path(published.__file__).with_name(published.PUBLISHED_TABLE)
    rows = list(csv.DictReader(table.read_text("utf-8").splitlines()))
    assert len(rows) > 200
    for row in rows:
        assert row["release"] in published.published_releases(row["sha256"], row["domain"])
    assert FINGERPRINTS["03b4b4c0289d164d"] == "19.1"

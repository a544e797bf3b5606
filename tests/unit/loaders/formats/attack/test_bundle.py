"""What a bundle is: whose framework, which domain and release."""

import json

import pytest

from graph.errors import InputRejectedError
from loaders.formats.attack.bundle import number, read_bundle
from tests.bundles import as_source, bundle, matrix, thing

TECHNIQUE = thing(
    "attack-pattern",
    "Find an audience",
    "T0073",
    kill_chain_phases=[{"kill_chain_name": "mitre-attack", "phase_name": "impact"}],
    x_mitre_domains=["enterprise-attack"],
)


def test_a_foreign_matrix_is_refused_by_its_name() -> None:
    foreign = thing("x-mitre-matrix", "Rumour Framework") | {
        "external_references": [{"source_name": "rumour", "external_id": "RUMOUR"}]
    }
    with pytest.raises(InputRejectedError, match="is the matrix 'RUMOUR', not one of MITRE ATT&CK"):
        read_bundle(as_source(bundle(foreign, TECHNIQUE, version=None)))


def test_an_extension_without_a_matrix_is_refused_by_its_name() -> None:
    extension = thing("x-mitre-collection", "Acme Extension", x_mitre_version="20.0")
    data = json.dumps({"type": "bundle", "id": "bundle--1", "objects": [extension, TECHNIQUE]}).encode()
    with pytest.raises(InputRejectedError, match="is the collection 'Acme Extension'"):
        read_bundle(as_source(data))


def test_a_collection_of_ones_own_with_the_matrix_of_attack_is_a_release() -> None:
    own = thing("x-mitre-collection", "Acme Extension", x_mitre_version="1.0")
    read = read_bundle(as_source(bundle(own, TECHNIQUE, version=None)))
    assert (read.domain, read.version) == ("enterprise-attack", "1.0")


def test_a_beta_is_a_release() -> None:
    beta = thing("x-mitre-collection", "Mobile ATT&CK", x_mitre_version="11.2-beta")
    read = read_bundle(as_source(bundle(beta, matrix("mobile-attack"), version=None)))
    assert (read.domain, read.version) == ("mobile-attack", "11.2-beta")
    assert number("11.2-beta") == (11, 2, False)

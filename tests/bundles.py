"""Small ATT&CK bundles for tests: every object by a short name, identifiers made from it."""

import json
import uuid
from typing import Any

from graph.record import sha256_hex
from loaders.reading.one_file import SourceFile

Body = dict[str, Any]
SPACE = uuid.UUID("7b0c6c9e-3d0e-4f55-9b3f-0f6c2f1f7a11")
LONG_AGO = "2020-01-01T00:00:00.000Z"


def stix_id(stix_type: str, name: str) -> str:
    """The identifier that `thing` gives an object of that name."""
    return f"{stix_type}--{uuid.uuid5(SPACE, name)}"


def thing(stix_type: str, name: str, attack_id: str | None = None, **fields: Any) -> Body:
    """An object; `fields` add to it or overwrite it."""
    body: Body = {
        "type": stix_type,
        "id": stix_id(stix_type, name),
        "created": LONG_AGO,
        "modified": LONG_AGO,
        "name": name,
    }
    if attack_id:
        body["external_references"] = [{"source_name": "mitre-attack", "external_id": attack_id}]
    return body | fields


def tie(kind: str, start: Body, end: Body, **fields: Any) -> Body:
    """A relationship object."""
    body = {
        "type": "relationship",
        "id": stix_id("relationship", f"{kind} {start['id']} {end['id']}"),
        "created": LONG_AGO,
        "modified": LONG_AGO,
        "relationship_type": kind,
        "source_ref": start["id"],
        "target_ref": end["id"],
    }
    return body | fields


def matrix(domain: str = "enterprise-attack", *tactics: Body) -> Body:
    """The matrix that makes a bundle one of `domain`."""
    return thing("x-mitre-matrix", domain, domain, tactic_refs=[each["id"] for each in tactics])


def collection(version: str) -> Body:
    """The object by which a STIX 2.1 bundle states its release."""
    return thing("x-mitre-collection", "Enterprise ATT&CK", x_mitre_version=version, spec_version="2.1")


def bundle(*objects: Any, version: str | None = "1.0") -> bytes:
    """A bundle file of enterprise; a matrix comes with it, and a collection when `version` is given."""
    stated = [collection(version)] if version else []
    own = (
        []
        if any(each.get("type") == "x-mitre-matrix" for each in objects if isinstance(each, dict))
        else [matrix()]
    )
    return json.dumps({"type": "bundle", "id": "bundle--1", "objects": [*stated, *own, *objects]}).encode()


def as_source(data: bytes, path: str = "bundle.json") -> SourceFile:
    """The file as the reader gives it."""
    return SourceFile(path, data, sha256_hex(data))

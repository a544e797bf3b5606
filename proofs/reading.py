"""What a record says, by its media type, and which thing it describes."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from graph.identifiers import label_of
from graph.record import sha256_hex
from proofs.rules import IN_SOURCE, Part

if TYPE_CHECKING:
    from loaders.reading.one_file import SourceFile
    from loaders.reading.toml_text import TomlDocument
    from loaders.reading.yaml_text import YamlDocument

JSON, YAML, TOML, CSV = "application/json", "application/yaml", "application/toml", "text/csv"

_KEPT = 32
"""Documents that are kept: a rule's record is read for its node and for the line of each of its hops."""


class UnreadableError(ValueError):
    """A record does not have the form that its media type names."""


def value_of(text: str, media: str) -> Mapping[str, Any]:
    """Return the object that a record holds.

    Raises:
        UnreadableError: it is not one mapping in the form of `media`.
    """
    value = _json(text) if media == JSON else document(text, media).value
    if not isinstance(value, dict):
        raise UnreadableError("the record is not an object")
    return value


def stated_license(text: str, media: str) -> str | None:
    """Return the license that a rule states for itself; None where it states none, or the record is no rule."""
    if media not in {YAML, TOML}:
        return None
    try:
        value = value_of(text, media)
    except UnreadableError:
        return None
    table = value.get("rule") if media == TOML else value
    stated = table.get("license") if isinstance(table, Mapping) else None
    return stated if isinstance(stated, str) else None


def _json(text: str) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise UnreadableError(f"the record is not JSON: {error.msg}") from error


@lru_cache(maxsize=_KEPT)
def document(text: str, media: str) -> "YamlDocument | TomlDocument":
    """Return the document that a record is, which knows the lines of its values.

    Raises:
        UnreadableError: it is not one in the form of `media`, YAML or TOML.
    """
    from loaders.reading.one_file import SourceFile

    data = text.encode()
    source = SourceFile("record", data, sha256_hex(data))
    return _toml(source) if media == TOML else _yaml(source)


def _toml(source: "SourceFile") -> "TomlDocument":
    from loaders.reading.toml_text import TomlDocument
    from loaders.reading.toml_text import document as read

    found = read(source)
    if not isinstance(found, TomlDocument):
        raise UnreadableError("the record is not one TOML document")
    return found


def _yaml(source: "SourceFile") -> "YamlDocument":
    from loaders.reading.yaml_text import YamlDocument, documents

    (found, *others) = documents(source)
    if others or not isinstance(found, YamlDocument):
        raise UnreadableError("the record is not one YAML document")
    return found


def point(value: object, pointer: str) -> object:
    """Return what is at a JSON pointer (RFC 6901); None where there is nothing."""
    for token in pointer.split("/")[1:]:
        if isinstance(value, dict):
            value = value.get(token.replace("~1", "/").replace("~0", "~"))
        elif isinstance(value, list) and token.isdecimal() and int(token) < len(value):
            value = value[int(token)]
        else:
            return None
    return value


def line_of(via: str, at: str, holder: Part) -> int | None:
    """Return the line of the value at a place of a record; only YAML and TOML have lines that a publisher wrote."""
    if holder.media not in (YAML, TOML) or via == IN_SOURCE:
        return None
    return document(holder.text, holder.media).locate(at)


class Identity(NamedTuple):
    """Who a node is by its record: the publisher's id of evidence, its name, the ATT&CK id of an object."""

    id: str | None
    name: str | None
    attack_id: str | None


def identity(part: Part, sha256: str, id_: str | None) -> Identity:
    """Return who the record of a node says that it is.

    Args:
        part: the node with its record.
        sha256: of the record.
        id_: which of the findings of a record is meant, where one record has many.

    Raises:
        UnreadableError: the record does not describe a node of that label.
    """
    of = {"Rule": _rule, "Capability": _capability}.get(part.node)
    if of:
        return of(part, sha256)
    return _finding(part, id_) if part.node == "Detection" else _object(part)


def _rule(part: Part, sha256: str) -> Identity:
    """Return the rule of a record: a Sigma rule has a title, one of Elastic a table, others a name."""
    table = part.value.get("rule") if part.media == TOML else part.value
    body = table if isinstance(table, Mapping) else {}
    names = {TOML: ("rule_id", "name"), YAML: ("id", "title" if "title" in body else "name")}
    stated, title = (body.get(name) for name in names.get(part.media, ("", "")))
    if not isinstance(title, str):
        raise UnreadableError("the record is not a rule")
    own = str(stated).strip() if stated is not None else f"sha256-{sha256[:32]}"
    return Identity(own, title.strip(), None)


def _capability(part: Part, _sha256: str) -> Identity:
    from loaders.formats.ctid.capability import text
    from loaders.formats.ctid.references import capability_of

    if part.media == YAML:
        title = text(part.value.get("name"))
        own_id = title and capability_of(title)
    else:
        own_id = text(part.value.get("capability_id"))
        title = text(part.value.get("capability_description")) or own_id
    if not own_id:
        raise UnreadableError("the record names no capability")
    return Identity(own_id, title, None)


def _finding(part: Part, id_: str | None) -> Identity:
    """Return the finding of that id, as the loader names it; a row has an id within its document only."""
    from loaders.evidence.findings import local_id

    names = {source["key"]: source["name"] for source in part.value.get("sources", ())}
    for row in part.value.get("detections", ()):
        own = local_id(row.get("finding"), (each["id"] for each in row["techniques"]))
        if f"{row['source']}/{own}" == id_:
            unlisted = f"{row.get('count') or 1} unlisted findings of {names[row['source']]}"
            return Identity(id_, row.get("title") or row.get("finding") or unlisted, None)
    raise UnreadableError(f"the record has no finding {id_}")


def _object(part: Part) -> Identity:
    from loaders.formats.attack.labels import LABELS, attack_reference

    attack_id, name = attack_reference(part.value).get("external_id"), part.value.get("name")
    label = LABELS.get(str(part.value.get("type")))
    if part.media != JSON or label != part.node or not isinstance(name, str):
        raise UnreadableError(f"the record is not a {part.node}")
    if attack_id is not None and label_of(str(attack_id)) != label:
        raise UnreadableError(f"{attack_id} is not the id of a {label}")
    return Identity(None, name, attack_id)

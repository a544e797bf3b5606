"""One document of Sentinel's repository as an analytics rule, or as the problem that says why it is none."""

import re
from collections.abc import Iterator

from graph.identifiers import LONGEST_NAME
from graph.record import sha256_hex
from loaders.evidence.claimed import claims
from loaders.evidence.fields import Fields
from loaders.evidence.rows import is_counted
from loaders.evidence.rule import DetectionRule
from loaders.evidence.rule_tree import ReadRule, needed
from loaders.evidence.translated import Alternative, translated
from loaders.formats.sentinel.references import RULES, WORD, data_types
from loaders.reading.yaml_text import YamlDocument
from loaders.tables.publisher_sources import PublisherSource, PublisherTable

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def parse_rule(path: str, document: YamlDocument, table: PublisherTable) -> ReadRule:
    """Return the rule in `document`.

    Raises:
        NotARuleError: it has no query (the file that says that a rule moved has none), no id or no name, or one
            that is too long.
    """
    fields = Fields(path, sha256_hex(document.raw), document.value, document.locate)
    if fields.text("query") is None:
        raise fields.refuse(
            "", "not-a-rule", "has no query; not a rule of Sentinel (the file may have moved)"
        )
    id_, title, status = needed(fields, "id"), needed(fields, "name"), fields.text("status")
    read = translated(list(_alternatives(fields)), table)
    metadata = fields.inner("metadata")
    rule = DetectionRule(
        id=id_,
        title=title,
        sha256=fields.sha256,
        path=path,
        status=status,
        description=fields.text("description"),
        platforms=read.platforms,
        runs_on=read.runs_on,
        claims=tuple(claims(fields, RULES["relevant-technique-is-claimed"], document.value, document.locate)),
        not_counted=None if is_counted(status) else f"status {status}",
        severity=fields.text("severity"),
        reads=read.reads,
        looks_for=read.looks_for,
        line=document.line,
        author=(metadata if "author" in metadata.values else fields).inner("author").text("name"),
        tags=fields.texts("tactics"),
        tactics=tuple(dict.fromkeys(map(_shortname, fields.texts("tactics")))),
        more={
            "logsource": read.stated[0] if len(read.stated) == 1 else None,
            "logsources": list(read.stated) or None,
            "type": _kind(fields),
            "language": "kql",
            "connectors": list(_connectors(fields)) or None,
        },
    )
    return ReadRule(rule, read.unknown, tuple(fields.problems))


def _alternatives(fields: Fields) -> Iterator[Alternative]:
    for pointer, name in data_types(fields.values):
        if len(name) > LONGEST_NAME:
            fields.note(pointer, "too-long", f"a data type has at most {LONGEST_NAME} characters")
        else:
            yield (PublisherSource.of(WORD, name),)


def _connectors(fields: Fields) -> Iterator[str]:
    found = (each.text("connectorId") for each in fields.mappings("requiredDataConnectors"))
    return iter(dict.fromkeys(name for name in found if name))


def _kind(fields: Fields) -> str | None:
    """Return the kind of rule in Microsoft's spelling; its files write it in several."""
    written = fields.text("kind")
    return "NRT" if written and written.casefold() == "nrt" else written.capitalize() if written else None


def _shortname(tactic: str) -> str:
    """Return the shortname of a tactic that is written `CredentialAccess`."""
    return "-".join(_CAPITAL.sub(" ", tactic.strip()).casefold().split())

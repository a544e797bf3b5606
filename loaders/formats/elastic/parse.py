"""One file of Elastic's repository as a rule, or as the problem that says why it is none."""

from collections.abc import Iterator, Mapping

from graph.identifiers import LONGEST_NAME, official
from graph.record import sha256_hex
from loaders.evidence.claimed import claims
from loaders.evidence.fields import Fields
from loaders.evidence.rows import is_counted
from loaders.evidence.rule import DetectionRule
from loaders.evidence.rule_tree import ReadRule, needed
from loaders.evidence.translated import Alternative, translated
from loaders.formats.elastic.references import RULES, WORD, index_names, rule_of
from loaders.reading.toml_text import TomlDocument
from loaders.tables.publisher_sources import PublisherSource, PublisherTable

_SYSTEMS: Mapping[str, str] = {"OS: Windows": "Windows", "OS: Linux": "Linux", "OS: macOS": "macOS"}
"""Elastic's tag of an operating system -> ATT&CK's platform."""


def parse_rule(path: str, document: TomlDocument, table: PublisherTable) -> ReadRule:
    """Return the rule in `document`.

    Raises:
        NotARuleError: it has no table `rule`, no id, no name, or an id that is too long.
    """
    top = Fields(path, sha256_hex(document.raw), document.value, document.locate)
    if not rule_of(document.value):
        raise top.refuse("/rule", "not-a-rule", "has no table [rule]; not a rule of Elastic")
    fields, metadata = top.inner("rule"), top.inner("metadata")
    id_ = needed(fields, "rule_id")
    title = needed(fields, "name")
    tags, status = fields.texts("tags"), metadata.text("maturity")
    read = translated(_alternatives(top, document), table)
    platforms, runs_on = (_placed(tags, names) for names in (read.platforms, read.runs_on))
    rule = DetectionRule(
        id=id_,
        title=title,
        sha256=top.sha256,
        path=path,
        status=status,
        description=fields.text("description"),
        platforms=platforms,
        runs_on=runs_on,
        claims=tuple(claims(top, RULES["threat-claims-technique"], document.value, document.locate)),
        not_counted=None if is_counted(status) else f"status {status}",
        severity=fields.text("severity"),
        reads=read.reads,
        looks_for=read.looks_for,
        names=tuple(_context(fields)),
        line=document.locate("/rule/rule_id"),
        author=", ".join(fields.texts("author")) or None,
        date=metadata.day("creation_date"),
        modified=metadata.day("updated_date"),
        tags=tags,
        tactics=tuple(_tactics(fields)),
        references=fields.texts("references"),
        license=fields.text("license"),
        more={
            "logsource": read.stated[0] if len(read.stated) == 1 else None,
            "logsources": list(read.stated) or None,
            "type": fields.text("type"),
            "language": fields.text("language"),
            "building_block": fields.text("building_block_type") is not None or None,
        },
    )
    return ReadRule(rule, read.unknown, tuple(top.problems))


def _alternatives(top: Fields, document: TomlDocument) -> list[Alternative]:
    found: list[Alternative] = []
    for pointer, name in index_names(document.value):
        if len(name) > LONGEST_NAME:
            top.note(pointer, "too-long", f"a name of an index has at most {LONGEST_NAME} characters")
        else:
            found.append((PublisherSource.of(WORD, name),))
    if not found:
        top.note("/rule", "no-log-source", "names no index and no integration; add one")
    return found


def _placed(tags: tuple[str, ...], platforms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the platforms of the log sources; of operating systems only those that the tags name, if they do."""
    systems = tuple(dict.fromkeys(_SYSTEMS[tag] for tag in tags if tag in _SYSTEMS))
    return (*systems, *(name for name in platforms if not systems or name not in _SYSTEMS.values()))


def _context(fields: Fields) -> Iterator[str]:
    """Yield the tactics, and the techniques that are there as parents of the sub-techniques that are claimed."""
    for threat in fields.mappings("threat"):
        tactic = threat.inner("tactic").text("id")
        named = [each for each in threat.mappings("technique") if each.values.get("subtechnique")]
        for written in (tactic, *(each.text("id") for each in named)):
            attack_id = official(written or "")
            if attack_id is not None:
                yield attack_id


def _tactics(fields: Fields) -> Iterator[str]:
    names = (threat.inner("tactic").text("name") for threat in fields.mappings("threat"))
    yield from dict.fromkeys("-".join(name.casefold().split()) for name in names if name)

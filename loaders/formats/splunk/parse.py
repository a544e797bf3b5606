"""One document of Splunk's security content: a detection, a data source, or neither."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.identifiers import LONGEST_NAME
from graph.record import sha256_hex
from loaders.evidence.claimed import claims
from loaders.evidence.fields import Fields
from loaders.evidence.rows import is_counted
from loaders.evidence.rule import DetectionRule, RuleTest
from loaders.evidence.rule_tree import ReadRule, needed
from loaders.evidence.translated import MOST_TOGETHER, Alternative, translated
from loaders.formats.splunk.references import RULES, WORD, data_sources
from loaders.reading.yaml_text import YamlDocument
from loaders.tables.log_sources import fold
from loaders.tables.publisher_sources import PublisherSource, PublisherTable

ATOMIC = "Atomic Red Team"
_ATOMIC_KIND = "atomic"


@dataclass(frozen=True, slots=True)
class DataSource:
    """What `data_sources/*.yml` says of a data source.

    Attributes:
        name: by which detections name it.
        source, sourcetype: Splunk's fields of its events.
    """

    name: str
    source: str | None
    sourcetype: str | None


def data_source(values: Mapping[str, object]) -> DataSource | None:
    """Return the data source that a document describes; None where it describes something else."""
    name = values.get("name")
    if "search" in values or not isinstance(name, str) or not {"source", "sourcetype"} & set(values):
        return None
    return DataSource(fold(name), _text(values.get("source")), _text(values.get("sourcetype")))


def _text(value: object) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None


def parse_rule(
    path: str, document: YamlDocument, table: PublisherTable, known: Mapping[str, DataSource]
) -> ReadRule:
    """Return the detection in `document`.

    Args:
        path: of its file.
        document: the document.
        table: what log sources are in ATT&CK's words.
        known: data sources that lie beside it, by their folded names.

    Raises:
        NotARuleError: it has no search, no id or no name, or one that is too long.
    """
    fields = Fields(path, sha256_hex(document.raw), document.value, document.locate)
    if "search" not in document.value:
        raise fields.refuse("", "not-a-rule", "has no search; not a detection of Splunk")
    id_, title, status = needed(fields, "id"), needed(fields, "name"), fields.text("status")
    read = translated(list(_alternatives(fields, table, known)), table)
    rule = DetectionRule(
        id=id_,
        title=title,
        sha256=fields.sha256,
        path=path,
        status=status,
        description=fields.text("description"),
        platforms=read.platforms,
        runs_on=read.runs_on,
        claims=tuple(claims(fields, RULES["mitre-id-claims-technique"], document.value, document.locate)),
        not_counted=None if is_counted(status) else f"status {status}",
        reads=read.reads,
        looks_for=read.looks_for,
        tests=tuple(_tests(fields, id_)),
        line=document.line,
        author=fields.text("author"),
        date=fields.day("date"),
        tags=fields.inner("tags").texts("analytic_story"),
        references=fields.texts("references"),
        more={
            "logsource": read.stated[0] if len(read.stated) == 1 else None,
            "logsources": list(read.stated) or None,
            "type": fields.text("type"),
            "language": "spl",
        },
    )
    return ReadRule(rule, read.unknown, tuple(fields.problems))


def _alternatives(
    fields: Fields, table: PublisherTable, known: Mapping[str, DataSource]
) -> Iterator[Alternative]:
    for pointer, names in data_sources(fields.values):
        if len(names) > MOST_TOGETHER or max(map(len, names), default=0) > LONGEST_NAME:
            message = f"is not read: join at most {MOST_TOGETHER} names of at most {LONGEST_NAME} characters"
            fields.note(pointer, "too-long", message)
        else:
            yield tuple(_resolved(name, table, known) for name in names)


def _resolved(name: str, table: PublisherTable, known: Mapping[str, DataSource]) -> PublisherSource:
    """Return the log source that a name means: a name without a row by the source or sourcetype of its events."""
    named = PublisherSource.of(WORD, name)
    beside = known.get(named.name)
    for other in (beside.source, beside.sourcetype) if beside and named not in table else ():
        by_field = PublisherSource.of(WORD, other or "")
        if by_field in table:
            return by_field
    return named


def _tests(fields: Fields, id_: str) -> Iterator[RuleTest]:
    """Yield the detection's own tests, and the tests of Atomic Red Team that it names."""
    tags = fields.inner("tags")
    kind = "publisher-manual" if tags.values.get("manual_test") else "publisher"
    for number, test in enumerate(fields.mappings("tests"), 1):
        title = test.text("name") or f"test {number}"
        yield RuleTest(
            id=f"{id_}/{number}",
            kind=kind,
            title=title,
            sha256=fields.sha256,
            author=fields.text("author"),
        )
    for guid in dict.fromkeys(map(str.strip, tags.texts("atomic_guid"))):
        if guid and len(guid) <= LONGEST_NAME:
            title = f"{ATOMIC} {guid}"
            yield RuleTest(id=guid, kind=_ATOMIC_KIND, title=title, sha256=fields.sha256, author=ATOMIC)

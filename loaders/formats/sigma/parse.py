"""One document of a Sigma file as a rule, or as the problem that says why it is none.

Follows the Sigma specification 2.1 (rules, correlation rules, filters, tags). What is odd in a field that
coverage does not rest on is a note, and the rule is taken; what makes it no rule is reported and skipped.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from graph.identifiers import LONGEST_NAME
from graph.record import sha256_hex
from loaders.evidence.fields import Fields
from loaders.evidence.model import Category, Claim, Origin
from loaders.formats.sigma.references import RULES, log_source_of
from loaders.formats.sigma.rule import Family, Related, Rule
from loaders.formats.sigma.tags import AttackTags, attack_tags, probably_meant
from loaders.reading.problems import Problem
from loaders.reading.yaml_text import YamlDocument
from loaders.tables.platforms import names_in_time
from loaders.tables.sigma_sources import SigmaLogSource, Table

if TYPE_CHECKING:
    from loaders.references import Reference

_EVENT_FIELD, _EXCLUDED = "EventID", "filter"
_NO_SEARCH = ("condition", "timeframe", "fields")
_FAMILIES = {"detection": Family.DETECTION, "correlation": Family.CORRELATION, "filter": Family.FILTER}


def parse_rule(
    path: str, document: YamlDocument, values: Mapping[str, object], table: Table
) -> tuple[Rule, tuple[Problem, ...]]:
    """Return the rule in `document`, and what is odd about it.

    Args:
        path: of its file.
        document: for its own bytes and lines.
        values: its mapping, with what an `action: global` document before it adds.
        table: what log sources are in ATT&CK's words.

    Raises:
        NotARuleError: it has no title, no logic, neither condition nor log source (which is another schema that
            only looks alike), or a name that is too long.
    """
    reader = Fields(path, sha256_hex(document.raw), values, document.locate)
    family = _family(reader)
    title = reader.text("title")
    if title is None:
        raise reader.refuse("", "no-title", "a rule needs a title; add one")
    if family is Family.DETECTION and _is_another_schema(reader):
        raise reader.refuse("", "not-a-rule", "has neither a condition nor a logsource; not a Sigma rule")
    rule = _rule(reader, document.line, family, title, table)
    return rule, tuple(reader.problems)


def _rule(reader: Fields, line: int, family: Family, title: str, table: Table) -> Rule:
    log_source = _log_source(reader, family)
    telemetry = table.get(log_source) if log_source else None
    platforms = telemetry.platforms if telemetry else ()
    tags = reader.texts("tags")
    said = _attack_tags(reader, tags)
    return Rule(
        id=_id(reader),
        title=title,
        status=reader.text("status"),
        description=reader.text("description"),
        sha256=reader.sha256,
        path=reader.path,
        platforms=platforms,
        runs_on=names_in_time(platforms, (log_source.product,) if log_source else ()),
        claims=_claims(reader, family),
        family=family,
        line=line,
        name=reader.text("name"),
        level=reader.text("level"),
        author=reader.text("author"),
        license=reader.text("license"),
        date=reader.day("date"),
        modified=reader.day("modified"),
        log_sources=(log_source,) if log_source else (),
        event_ids=_named_events(reader.mapping(family.value)),
        tags=tags,
        tactics=said.tactics,
        names=tuple(dict.fromkeys(said.objects)),
        references=reader.texts("references"),
        related=_related(reader),
        refers_to=_refers_to(reader, family),
        useless=_useless(reader, family),
    )


def _is_another_schema(reader: Fields) -> bool:
    return "logsource" not in reader.values and "condition" not in reader.mapping("detection")


def _attack_tags(reader: Fields, tags: tuple[str, ...]) -> AttackTags:
    said = attack_tags(tags)
    first = {tag: position for position, tag in reversed(list(enumerate(tags)))}
    for unknown in said.unknown:
        place = f"/tags/{first[unknown]}"
        meant = probably_meant(unknown)
        todo = f"did you mean {meant}" if meant else "correct it"
        reader.note(place, "unknown-tag", f"the tag {unknown!r} is not an ATT&CK tag; {todo}")
    return said


def _family(reader: Fields) -> Family:
    found = [family for key, family in _FAMILIES.items() if key in reader.values]
    if not found:
        raise reader.refuse("", "not-a-rule", "has no detection, correlation or filter; not a Sigma rule")
    logic = [family for family in found if isinstance(reader.values[family.value], dict)]
    if not logic:
        key = found[-1].value
        raise reader.refuse(f"/{key}", "not-a-rule", f"{key} is not a mapping; see the Sigma format")
    for family in found:
        if family not in logic:
            message = f"{family.value} is not a mapping and is not read; see the Sigma format"
            reader.note(f"/{family.value}", "not-a-mapping", message)
    # A rule of one of the newer families may carry the older key too; the newer one decides what it does.
    return logic[-1]


def _useless(reader: Fields, family: Family) -> str | None:
    """Return why a rule can detect nothing, with a note; None where it can.

    Sigma rules specification 2.1, detection: at least one search and a condition. A filter never detects, and a
    correlation needs the rules that it counts.
    """
    logic = reader.mapping(family.value)
    if family is Family.CORRELATION:
        reason = None if logic.get("rules") or logic.get("condition") else "names no rules to count"
    elif family is Family.DETECTION:
        reason = _without_logic(logic)
    else:
        return None
    if reason is not None:
        place = f"/{family.value}"
        reader.note(place, "detects-nothing", f"{family.value} {reason}, so it detects nothing; correct it")
    return reason


def _without_logic(detection: Mapping[str, object]) -> str | None:
    if not detection.get("condition"):
        return "has no condition"
    searches = [name for name in detection if name not in _NO_SEARCH]
    return None if any(detection[name] not in (None, {}, []) for name in searches) else "has no search"


def _id(reader: Fields) -> str:
    """Return the rule's id; one without gets the beginning of its record's hash, so that it stays the same."""
    written = reader.text("id")
    if written is None:
        reader.note("", "no-id", "has no id; add a UUID, so that the rule stays the same when it changes")
        return f"sha256-{reader.sha256[:32]}"
    if len(written) > LONGEST_NAME:
        raise reader.refuse("/id", "too-long", f"an id has at most {LONGEST_NAME} characters")
    return written


def _log_source(reader: Fields, family: Family) -> SigmaLogSource | None:
    reader.mapping("logsource")  # notes what is none
    source = log_source_of(reader.values)
    if source is None and family is Family.DETECTION:
        reader.note("/logsource", "no-log-source", "names no product, category or service; add a logsource")
    if source and max(map(len, (source.product, source.category, source.service))) > LONGEST_NAME:
        raise reader.refuse("/logsource", "too-long", f"a log source has at most {LONGEST_NAME} characters")
    return source


def _claims(reader: Fields, family: Family) -> tuple[Claim, ...]:
    """Return one claim for each technique; a tag that appears twice counts twice. A filter detects nothing."""
    first: dict[str, Reference] = {}
    counts: dict[str, int] = {}
    for tag in RULES["tag-claims-technique"].references(reader.values):
        first.setdefault(tag.end, tag)
        counts[tag.end] = counts.get(tag.end, 0) + 1
        if counts[tag.end] > 1:
            written = tag.properties["raw_value"]
            reader.note(tag.pointer, "repeated-tag", f"the tag {written} appears twice; remove one")
    return tuple(
        Claim(
            attack_id=attack_id,
            category=None if family is Family.FILTER else Category.DETECT,
            origin=Origin(reader.path, tag.pointer, reader.sha256),
            raw_value=str(tag.properties["raw_value"]),
            count=counts[attack_id],
        )
        for attack_id, tag in first.items()
    )


def _named_events(detection: Mapping[str, object]) -> tuple[str, ...]:
    """Return the events that a detection looks for; by Sigma's convention `filter...` says what is left out."""
    searches = [value for name, value in detection.items() if not name.startswith(_EXCLUDED)]
    return tuple(sorted({event_id for each in searches for event_id in _event_ids(each)}))


def _event_ids(detection: object) -> Iterator[str]:
    """Yield the values of every field `EventID`, wherever in a search it is."""
    if isinstance(detection, dict):
        for key, value in detection.items():
            if key == _EVENT_FIELD:
                yield from (str(each) for each in (value if isinstance(value, list) else [value]))
            else:
                yield from _event_ids(value)
    elif isinstance(detection, list):
        for each in detection:
            yield from _event_ids(each)


def _related(reader: Fields) -> tuple[Related, ...]:
    entries = reader.values.get("related")
    if entries is None:
        return ()
    found = []
    for index, entry in enumerate(entries if isinstance(entries, list) else [entries]):
        match entry:
            case {"id": str(id_), "type": str(type_)}:
                found.append(Related(id_, type_))
            case _:
                reader.note(f"/related/{index}", "bad-related", "a related entry needs the texts id and type")
    return tuple(found)


def _refers_to(reader: Fields, family: Family) -> tuple[str, ...]:
    if family is Family.DETECTION:
        return ()
    return reader.inner(family.value).texts("rules")

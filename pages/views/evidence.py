"""Who claims to cover a technique: by platform, by source, by log source, an example, and piece by piece."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from loaders.evidence.licenses import License, license_of
from pages import words
from pages.answers import AnswerSource
from pages.page import PageSubject, Section, Voice
from pages.parts import Cell, Code, Fact, Link, RuleText, counted, listed, several, table
from pages.views.official import Official
from pages.views.sources import publishers as publishers_of
from queries.answers.clouds import total_line
from queries.questions.coverage.technique import (
    EvidenceRow,
    LogSourceCoverage,
    PlatformCoverage,
    SourceCoverage,
)
from queries.questions.lookup.questions import EVIDENCE, RAW_EVIDENCE, EvidenceItem, OfEvidence

BAR = ("stable", "test")
THE_BAR = (
    "A rule's text is shown when it clears the bar: its status is stable or test, its license allows it, it compiles "
    "for a named dialect, and the log source it reads is known."
)


def by_platform(found: Official, rows: Sequence[PlatformCoverage]) -> Section:
    """Return the states of a technique, platform by platform, with the evidence that names none of them."""
    table_rows = [
        (
            row.platform or f"({words.placement(row.placement)})",
            words.state(row.state),
            *(row.detect, row.protect, row.respond, row.mitigate, row.guidance),
        )
        for row in rows
    ]
    covered = [row.platform for row in rows if row.platform and row.state == "covered"]
    platforms = [row.platform for row in rows if row.platform]
    lead = (
        f"{counted(len(covered), 'of', 'of')} {counted(len(platforms), 'platform')} covered"
        f"{f' ({listed(covered)})' if covered else ''}. Covered means that somebody claims to detect it on that "
        "platform; claims that name no platform are counted apart, and none of it says that a detection fires."
    )
    columns = "Platform | State | #Detect | #Protect | #Respond | #Mitigate | #Analytics"
    grid = table(
        "platforms",
        f"Coverage of {found.about.attack_id} by platform",
        columns,
        table_rows,
        things="platforms",
    )
    return Section("coverage", "Coverage by platform", Voice.EVIDENCE, (grid,), lead)


def by_source(found: Official, rows: Sequence[SourceCoverage]) -> Section:
    """Return the cloud-native detections of a technique by the product that reports them."""
    body = [
        (
            row.source,
            words.cloud(row.cloud),
            row.detections,
            *(_part(each) for each in (row.confidence_mean, row.confidence_min, row.confidence_max)),
            row.rated,
            row.as_of,
        )
        for row in rows
    ]
    rated = sum(row.rated for row in rows)
    weighed = sum((row.confidence_mean or 0) * row.rated for row in rows)
    total: tuple[Cell, ...] = (
        total_line(rows),
        None,
        sum(row.detections for row in rows),
        _part(weighed / rated if rated else None),
        _part(min((row.confidence_min for row in rows if row.confidence_min is not None), default=None)),
        _part(max((row.confidence_max for row in rows if row.confidence_max is not None), default=None)),
        rated,
        max((row.as_of for row in rows if row.as_of), default=None),
    )
    columns = (
        "Source | Cloud | #Detections | #Confidence, mean | #Lowest | #Highest | #With confidence | As of"
    )
    grid = table(
        "by-source-rows",
        f"Cloud-native detections for {found.about.attack_id} by source",
        columns,
        body,
        empty="No cloud-native detection is loaded for this technique.",
        total=total if rows else None,
        things="sources",
    )
    lead = (
        f"{total_line(rows)} are mapped to {found.about.attack_id}. Confidence is what the publisher states, "
        "from 0 to 1; the mean is weighted by the number of detections that have one."
        if rows
        else ""
    )
    return Section("by-source", "Coverage by source", Voice.EVIDENCE, (grid,), lead)


def _part(value: float | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def by_log_source(found: Official, rows: Sequence[LogSourceCoverage]) -> Section:
    """Return the rules of a technique by the log that they read."""
    body = [
        (
            Code(log_source_name(row.log_source)),
            several(Code(name) for name in row.attack_log_sources) or "not known to ATT&CK",
            row.rules,
            ", ".join(row.platforms) or _elsewhere(row),
            _statuses(row),
            f"{row.compiled} of {row.rules}: {', '.join(row.dialects)}" if row.dialects else "not compiled",
        )
        for row in rows
    ]
    columns = (
        "Log of the rules | ATT&CK log source | #Rules | Platforms of the technique | Status | Compiles for"
    )
    grid = table(
        "by-log",
        f"Rules for {found.about.attack_id} by log source",
        columns,
        body,
        empty="No rule in use claims this technique.",
        things="log sources",
    )
    return Section("by-log-source", "Rules by log source", Voice.EVIDENCE, (grid,), _lead(rows))


def _lead(rows: Sequence[LogSourceCoverage]) -> str:
    if not rows:
        return ""
    rules, placed = sum(row.rules for row in rows), sum(row.placed for row in rows)
    logs = [log_source_name(row.log_source) for row in rows if row.placed]
    where = f", from {listed(logs)}" if logs else ""
    return (
        f"{counted(rules, 'rule')}, of which {placed} run on a platform of the technique{where}. Compiling for a "
        "dialect says that a rule is well-formed there, not that it detects anything."
    )


def log_source_name(key: str) -> str:
    """Return a rule's log source as people write it: `azure auditlogs` for `sigma:azure//auditlogs`."""
    if not key.startswith("sigma:"):
        return key
    return " ".join(part for part in key.removeprefix("sigma:").split("/") if part) or key


def _elsewhere(row: LogSourceCoverage) -> str:
    return "platform not stated" if row.unplaced else "none: the rules run elsewhere"


def _statuses(row: LogSourceCoverage) -> str:
    numbers = {"stable": row.stable, "test": row.test, "other": row.other_status}
    return ", ".join(f"{number} {name}" for name, number in numbers.items() if number)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A rule that may be shown whole, with its license."""

    row: EvidenceRow
    license: License


def example(
    source: AnswerSource, subject: PageSubject, rows: Sequence[EvidenceRow], logs: Sequence[LogSourceCoverage]
) -> Section:
    """Return a rule that clears the bar with its text, else the reason why none does."""
    best, reason = _best(source, subject, rows, logs)
    shown = _shown(source, best) if best else None
    lead = THE_BAR if shown else f"No rule clears the bar, because {reason}. {THE_BAR}"
    return Section("example", "An example rule", Voice.EVIDENCE, (shown,) if shown else (), lead)


def key_of_example(
    source: AnswerSource, subject: PageSubject, rows: Sequence[EvidenceRow], logs: Sequence[LogSourceCoverage]
) -> OfEvidence | None:
    """Return which rule `example` will ask for; None where no rule clears the bar."""
    best, _ = _best(source, subject, rows, logs)
    return _key(best) if best else None


def _key(best: _Candidate) -> OfEvidence:
    return OfEvidence(f"{best.row.set}/{best.row.id}")


def _best(
    source: AnswerSource, subject: PageSubject, rows: Sequence[EvidenceRow], logs: Sequence[LogSourceCoverage]
) -> tuple[_Candidate | None, str]:
    """Return the best rule that clears the bar, else None and the first demand that nothing met."""
    publishers = publishers_of(source, subject)
    known: AbstractSet[str | None] = {row.log_source for row in logs if row.attack_log_sources}
    left = [row for row in rows if row.kind == "rule" and row.category == "detect" and row.counted]
    demands: tuple[tuple[str, Callable[[EvidenceRow], bool]], ...] = (
        ("no rule in use claims this technique", lambda _: True),
        ("none has the status stable or test", lambda row: row.status in BAR),
        ("none reads a log source that is known", lambda row: row.source in known),
        (
            "none was compiled for a dialect (`load sigma --validate` does it)",
            lambda row: bool(row.compiles_to),
        ),
        ("none has a license that allows it", lambda row: _allowed(row, publishers) is not None),
    )
    for reason, holds in demands:
        left = [row for row in left if holds(row)]
        if not left:
            return None, reason
    first = min(left, key=_merit)
    licensed = _allowed(first, publishers)
    assert licensed is not None  # noqa: S101  the last demand
    return _Candidate(first, licensed), ""


def _allowed(row: EvidenceRow, publishers: Mapping[str, str | None]) -> License | None:
    found = license_of(row.license, publishers.get(row.set))
    return found if found and found.allows else None


def _merit(row: EvidenceRow) -> tuple[object, ...]:
    return (
        row.placement != "placed",
        BAR.index(row.status or ""),
        -len(row.compiles_to),
        row.title or "",
        row.id,
    )


def _shown(source: AnswerSource, best: _Candidate) -> RuleText | None:
    key = _key(best)
    records, items = source.ask(RAW_EVIDENCE, key), source.ask(EVIDENCE, key)
    if not records or not items:
        return None
    return RuleText(
        items[0].title or best.row.id, records[0].text, tuple(facts_of_rule(items[0], best.license))
    )


def facts_of_rule(item: EvidenceItem, license_: License) -> list[Fact]:
    """Return what is stated beside a rule's text: its license and author first."""
    return [
        Fact("License", Link(license_.name, license_.url)),
        Fact("Author", item.author or "not stated"),
        Fact("Status", item.status),
        Fact("Level", item.level),
        Fact("Compiles for", ", ".join(item.compiles_to)),
        Fact("Set", item.set),
        Fact("File", Code(item.path) if item.path else None),
        Fact("SHA-256", Code(item.sha256)),
    ]


def pieces(found: Official, rows: Sequence[EvidenceRow]) -> Section:
    """Return every piece of evidence that counts, once per claim, detections first."""
    merged: dict[tuple[object, ...], list[EvidenceRow]] = {}
    for row in rows:
        if row.counted:
            said = (row.set, row.id, row.category, row.effectiveness, row.confidence)
            merged.setdefault(said, []).append(row)
    body = [_piece(found, same) for same in merged.values()]
    columns = "What | Kind | Claims to | On | Status | Effectiveness | #Confidence | As of | Set"
    grid = table(
        "evidence-rows",
        f"Evidence for {found.about.attack_id}",
        columns,
        body,
        empty="No evidence in use claims this technique.",
        things="claims",
    )
    lead = (
        "Each claim with what its publisher states: status, effectiveness and confidence are three fields, and none "
        "is made from another."
    )
    return Section("evidence", "Evidence, piece by piece", Voice.EVIDENCE, (grid,), lead if body else "")


def _piece(found: Official, same: Sequence[EvidenceRow]) -> tuple[Cell, ...]:
    """Return a claim, which has a row for each platform on which it is placed."""
    row = same[0]
    name = row.title or row.id
    return (
        Link(name, found.links.of("Rule", row.id)) if row.kind == "rule" else name,
        row.kind,
        row.category,
        ", ".join(dict.fromkeys(each.platform for each in same if each.platform))
        or words.placement(row.placement),
        row.status,
        row.effectiveness,
        _part(row.confidence),
        words.day(row.as_of),
        Link(row.set, found.links.of("EvidenceSet", row.set)),
    )

"""What became of loaded input, as rows for stdout and lines for stderr."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cli.answer import Rows, only
from cli.session import Session
from graph.holding.change import Outcome

if TYPE_CHECKING:
    from loaders.reading.problems import Problem
    from loaders.report import LoadReport

SAID = 10
"""Problems of an input, or changes of a set, that are said one by one unless the person wants more."""
SPARE = ("relationships", "nodes", "items", "current")
"""Columns that a narrow terminal goes without, the first one first."""


TABLE = ("key", "outcome", "stored", "notes", "skipped", "rejected")
"""Columns for people; -v has them all, and so has every other format."""


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """What became of one input; `reported` items were not stored, `problems` is notes, skipped and rejected."""

    file: str
    key: str
    outcome: str
    items: int
    stored: int
    reported: int
    problems: int
    nodes: int
    relationships: int
    content_root: str
    notes: int
    skipped: int
    rejected: int


@dataclass(frozen=True, slots=True)
class LoadedEvidence:
    """What became of one set; the three counts are against what was loaded under its key before."""

    key: str
    outcome: str
    current: bool
    items: int
    stored: int
    reported: int
    added: int
    changed: int
    removed: int
    problems: int
    nodes: int
    relationships: int
    content_root: str
    notes: int
    skipped: int
    rejected: int


def report_rows(reports: "Sequence[LoadReport]") -> tuple[type, list[object]]:
    """Return the rows of what was loaded, and their type: evidence has columns of its own."""
    if any(report.change is not None for report in reports):
        return LoadedEvidence, [_evidence_row(report) for report in reports]
    return LoadedFile, [_file_row(report) for report in reports]


def for_people(rows: Rows) -> Rows:
    """Return the rows with a table of the columns that people need: five, and `rejected` where something was."""
    rejected = rows.columns.index("rejected")
    shown = TABLE if any(row[rejected] for row in rows.values) else TABLE[:-1]
    return replace(rows, table=only(rows, shown))


def _file_row(report: "LoadReport") -> LoadedFile:
    return LoadedFile(
        file=report.source,
        key=report.key,
        outcome=report.outcome,
        items=report.items,
        stored=report.stored,
        reported=report.reported,
        problems=len(report.problems),
        nodes=report.nodes,
        relationships=report.relationships,
        content_root=report.content_root,
        **_problems(report),
    )


def _evidence_row(report: "LoadReport") -> LoadedEvidence:
    change = report.change
    return LoadedEvidence(
        key=report.key,
        outcome=report.outcome,
        current=report.current,
        items=report.items,
        stored=report.stored,
        reported=report.reported,
        added=len(change.added) if change else 0,
        changed=len(change.changed) if change else 0,
        removed=len(change.removed) if change else 0,
        problems=len(report.problems),
        nodes=report.nodes,
        relationships=report.relationships,
        content_root=report.content_root,
        **_problems(report),
    )


def _problems(report: "LoadReport") -> dict[str, int]:
    """Return notes on stored items, items that were skipped, and files that were rejected: three counts."""
    from loaders.reading.problems import Severity

    return {
        "notes": report.counted(Severity.NOTE),
        "skipped": report.counted(Severity.SKIPPED),
        "rejected": report.counted(Severity.FATAL),
    }


def say_report(session: Session, report: "LoadReport") -> None:
    """Say what the format has to say, what was odd, what was lost, what changed, and whether it counts."""
    for remark in report.remarks:
        session.say(f"{report.key}: {remark}")
    if report.outcome is not Outcome.UNCHANGED or session.verbosity > 0:
        _say_what_was_lost(session, report)
    if report.outcome is Outcome.REPLACED and report.change:
        for what in ("added", "changed", "removed"):
            _say_change(session, report.key, what, getattr(report.change, what))
    for key in report.ended:
        session.say(f"{key} no longer counts: {report.key} is in use now; for two sources, pass --set NAME")
    if report.newer:
        session.say(f"{report.key} is not in use: superseded by {report.newer}; --all-sets counts both")


def _say_what_was_lost(session: Session, report: "LoadReport") -> None:
    say_problems(session, report.key, report.problems)
    if report.reported:
        was = "was" if report.reported == 1 else "were"
        session.say(f"{report.key}: {report.reported} of {report.items} items {was} not stored")


def say_problems(session: Session, key: str, problems: Iterable["Problem"]) -> None:
    """Print the first problems, one line per code and file, or all of them with -v; rejected items come first."""
    from loaders.reading.problems import Severity

    ordered = sorted(problems, key=lambda problem: problem.severity is Severity.NOTE)
    if session.verbosity > 0:
        for problem in ordered:
            session.say(_told(problem))
        return
    alike = _alike(ordered)
    for first, more in alike[:SAID]:
        session.say(
            _told(first) + (f" (and {more} more {first.code} in this file; -v lists them)" if more else "")
        )
    left = sum(1 + more for _, more in alike[SAID:])
    if left:
        session.say(f"{key}: {left} more; -v lists them all")


def _told(problem: "Problem") -> str:
    from loaders.reading.problems import Severity

    return f"{'rejected' if problem.severity is Severity.FATAL else problem.severity}: {problem}"


def _alike(problems: Iterable["Problem"]) -> list[tuple["Problem", int]]:
    """Return the first problem of each severity, code and file, and how many more there are of it."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.severity, problem.path, problem.code), []).append(problem)
    return [(group[0], len(group) - 1) for group in groups.values()]


def _say_change(session: Session, key: str, what: str, ids: tuple[str, ...]) -> None:
    if not ids:
        return
    named = ids if session.verbosity > 0 else ids[:SAID]
    more = f" and {len(ids) - len(named)} more" if len(ids) > len(named) else ""
    session.say(f"{key}: {len(ids)} {what}: {', '.join(named)}{more}")

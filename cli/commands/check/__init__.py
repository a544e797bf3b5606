"""`check`: what is wrong in a repository of rules, before anything is loaded."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from cli import exits, options
from cli.answer import Branch, Rows, rows_of
from cli.commands.check.attack import at_hand
from cli.commands.check.before import Asked, before
from loaders.checking.check import Checked, checked, rule_formats
from loaders.checking.finding import Finding, Level

if TYPE_CHECKING:
    from cli.session import Session


class FailOn(StrEnum):
    """From which level on a finding fails the check."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


_FAILS = {
    FailOn.ERROR: {Level.ERROR},
    FailOn.WARNING: {Level.ERROR, Level.WARNING},
    FailOn.NOTE: set(Level),
    FailOn.NEVER: set[Level](),
}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding: where it is, how bad, what to do; the fingerprint stays when lines move."""

    level: str
    code: str
    file: str
    line: int | None
    column: int | None
    message: str
    todo: str | None
    rule: str | None
    subject: str | None
    fingerprint: str


def check(
    context: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Folders, .zip archives and files of rules.")
    ],
    *,
    rules: Annotated[
        str,
        typer.Option("--rules", metavar="F", help="Format of the rules: sigma, elastic, splunk, sentinel."),
    ] = "sigma",
    attack: Annotated[
        list[str] | None,
        typer.Option(
            "--attack",
            metavar="BUNDLE",
            help="ATT&CK bundle (FILE, or FILE=18.1), or `fetched`; repeatable. No server is needed then.",
        ),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(metavar="B", help="Report only what is new since a folder, a loaded set, or a git ref."),
    ] = None,
    fail_on: Annotated[
        FailOn,
        typer.Option("--fail-on", metavar="LEVEL", help="Exit with 1 on: error, warning, note or never."),
    ] = FailOn.ERROR,
    tables: Annotated[
        list[str] | None,
        typer.Option("--aliases", metavar="FILE", help="Your own rows for the log-source tables."),
    ] = None,
    release: options.Release = None,
) -> Rows:
    """Check a repository of rules: techniques, tactics, tags, ids, log sources, conditions.

    Rules are held against the bundles of --attack, else against the loaded releases. With several releases, the
    newest counts (or --release), and the others tell what moved or was renamed.
    --format github, sarif or junit writes the findings for a code host or a CI server.
    """
    session = options.session_of(context)
    shelf = at_hand(session, attack or [], release)
    extra = {"aliases": tuple(tables)} if tables else {}
    now = checked(paths, rules, shelf, extra)
    found = now.findings if base is None else before(session, base, now, Asked(paths, rules, shelf, extra))
    _tell(session, now, found, rules)
    answer = rows_of(
        FindingRow,
        [_row(each) for each in found],
        looked_at=f"{len(now.rules)} rules in {', '.join(paths)}",
        exit_code=exits.FOUND if any(each.level in _FAILS[fail_on] for each in found) else exits.DONE,
    )
    return replace(answer, tree=tuple(_tree(found)))


def _tree(found: Sequence[Finding]) -> Iterator[Branch]:
    """Yield a branch for each file, as people read findings: its place, how bad, what and what to do."""
    for file, of_file in groupby(found, key=lambda finding: finding.file):
        yield Branch(file or "all rules", below=tuple(Branch(_line(each)) for each in of_file))


def _line(finding: Finding) -> str:
    place = ":".join(str(part) for part in (finding.line, finding.column) if part)
    told = "; ".join(part for part in (finding.message, finding.todo) if part)
    return f"{place + ' ' if place else ''}{finding.level}: {told} ({finding.code})"


def _row(finding: Finding) -> FindingRow:
    shared = {field.name for field in fields(FindingRow)} & {field.name for field in fields(Finding)}
    values = {name: getattr(finding, name) for name in shared}
    return FindingRow(**{**values, "level": str(finding.level)}, fingerprint=finding.fingerprint)


def _tell(session: "Session", now: Checked, found: Sequence[Finding], format_: str) -> None:
    """Say how many findings of each level there are, and that no rule is of the format, which passes as well."""
    counts = ", ".join(f"{_of_level(found, level)} {level}s" for level in Level)
    session.say(f"{len(now.rules)} rules: {counts}")
    if not now.rules:
        others = ", ".join(word for word in rule_formats() if word != format_)
        session.say(f"no rule of {format_} there; --rules names another format: {others}")


def _of_level(found: Iterable[Finding], level: Level) -> int:
    return sum(each.level is level for each in found)

"""`load ...`: files into the graph, each whole or not at all."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from cli import options
from cli.answer import Answer, rows_of
from cli.asking import open_graph
from cli.reports import (
    SPARE,
    LoadedEvidence,
    LoadedFile,
    evidence_row,
    file_row,
    say_problems,
    say_report,
    say_set,
)
from cli.session import Session
from graph.errors import SightlineError, UsageError

if TYPE_CHECKING:
    from loaders.evidence.load import SetReport
    from loaders.reading.one_file import Limits
    from loaders.report import LoadReport
    from loaders.terms import Terms

Report = TypeVar("Report")

Files = Annotated[list[str], typer.Argument(metavar="FILE", help="Files, plain or .gz; - is standard input.")]
File = Annotated[str, typer.Argument(metavar="FILE", help="A file, plain or .gz; - is standard input.")]


def attack(
    context: typer.Context,
    files: Files,
    *,
    release: options.StatedRelease = None,
    replace: options.Replace = False,
    dry_run: options.DryRun = False,
    wait: options.Wait = options.WAIT,
    max_bytes: options.MaxBytes = None,
) -> Answer:
    """Load ATT&CK releases: STIX 2.0 or 2.1 bundles, plain or .gz.

    Each file is one transaction: it is in the graph whole, or not at all.
    --release is needed only if the file does not state its release.
    """
    from loaders.formats.attack.load import load_attack
    from loaders.reading.sources import read_file

    session, limits = options.session_of(context), _limits(max_bytes)
    terms = _terms(replace=replace, dry_run=dry_run, wait=wait)
    with open_graph(session) as graph:
        return _each(
            session,
            files,
            lambda file: load_attack(graph, read_file(file, limits), release=release, terms=terms),
        )


def sigma(
    context: typer.Context,
    path: Annotated[str, typer.Argument(metavar="PATH", help="A folder, a .zip or a file of rules.")],
    *,
    set_name: options.Set = None,
    set_version: options.SetVersion = None,
    aliases: Annotated[
        list[str] | None,
        typer.Option(metavar="FILE", help="Your own rows for the log-source tables, as CSV; repeatable."),
    ] = None,
    validate: Annotated[
        list[str] | None,
        typer.Option(metavar="DIALECT", help="Compile each rule to this dialect, or to all; repeatable."),
    ] = None,
    strict: options.Strict = False,
    replace: options.Replace = False,
    dry_run: options.DryRun = False,
    wait: options.Wait = options.WAIT,
    max_bytes: options.MaxBytes = None,
) -> Answer:
    """Load Sigma rules: a folder, a .zip or a file, as one set in one transaction.

    The path of a SigmaHQ release has its version; for other rules, pass --set-version. --validate needs the
    extra `sigma`;
    a rule that compiles to a dialect does not necessarily detect anything there.
    """
    from loaders.formats.sigma.load import load_sigma

    session = options.session_of(context)
    terms = _terms(replace=replace, strict=strict, dry_run=dry_run, wait=wait)
    with open_graph(session) as graph:
        report = load_sigma(
            graph,
            path,
            set_name=set_name,
            set_version=set_version,
            alias_files=aliases or (),
            validate_with=validate or (),
            terms=terms,
            limits=_limits(max_bytes),
        )
    for each in report.dialects:
        compiled = f"{each.compiled} rules compile, {each.failed} do not"
        session.say(f"{report.key}: {each.dialect} ({each.version}): {compiled}")
    return _sets(session, [report])


def ctid(
    context: typer.Context,
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders and .zip archives.")],
    *,
    set_name: options.Set = None,
    set_version: options.SetVersion = None,
    strict: options.Strict = False,
    replace: options.Replace = False,
    dry_run: options.DryRun = False,
    wait: options.Wait = options.WAIT,
    max_bytes: options.MaxBytes = None,
) -> Answer:
    """Load CTID's mappings: Mappings Explorer JSON and Security Stack YAML.

    Everything is read before anything is loaded; each set is a transaction of its own.
    """
    from loaders.formats.ctid.load import load_ctid

    session = options.session_of(context)
    terms = _terms(replace=replace, strict=strict, dry_run=dry_run, wait=wait)
    with open_graph(session) as graph:
        found = load_ctid(
            graph,
            paths,
            set_name=set_name,
            set_version=set_version,
            terms=terms,
            limits=_limits(max_bytes),
        )
    say_problems(session, "files outside of any set", found.problems)
    return _sets(session, found.sets)


def detections(
    context: typer.Context,
    files: Files,
    *,
    set_name: options.Set = None,
    set_version: options.SetVersion = None,
    strict: options.Strict = False,
    replace: options.Replace = False,
    dry_run: options.DryRun = False,
    wait: options.Wait = options.WAIT,
    max_bytes: options.MaxBytes = None,
) -> Answer:
    """Load cloud products' own detections: files of the format native-detections/1.

    Each file is a set, named after the file and dated by its `generated` day, unless
    --set or --set-version is given.
    """
    from loaders.formats.detections import load_detections
    from loaders.reading.sources import read_file

    session, limits = options.session_of(context), _limits(max_bytes)
    terms = _terms(replace=replace, strict=strict, dry_run=dry_run, wait=wait)
    _refuse_one_name_for_many(files, set_name or set_version)
    with open_graph(session) as graph:

        def load(file: str) -> "SetReport":
            return load_detections(
                graph, read_file(file, limits), set_name=set_name, set_version=set_version, terms=terms
            )

        reports, code = _loaded(session, files, load)
    return _sets(session, [report for _, report in reports], exit_code=code)


def environment(
    context: typer.Context,
    file: File,
    *,
    replace: options.Replace = False,
    dry_run: options.DryRun = False,
    wait: options.Wait = options.WAIT,
    max_bytes: options.MaxBytes = None,
) -> Answer:
    """Load what you run, collect and enable: a file of the format environment/1.

    Its selectors are evaluated now and whenever a set comes or goes; how much each matches is said.
    """
    from loaders.formats.environment import load_environment
    from loaders.reading.sources import read_file

    session, limits = options.session_of(context), _limits(max_bytes)
    terms = _terms(replace=replace, dry_run=dry_run, wait=wait)
    with open_graph(session) as graph:
        return _each(session, [file], lambda file: load_environment(graph, read_file(file, limits), terms))


def annotations(
    context: typer.Context,
    files: Files,
    *,
    set_name: options.Set = None,
    replace: options.Replace = False,
    dry_run: options.DryRun = False,
    wait: options.Wait = options.WAIT,
    max_bytes: options.MaxBytes = None,
) -> Answer:
    """Load notes on official objects: files of the format attack-annotations/1.

    The annotations of a file are loaded and removed together, under the name of the file unless --set is given.
    """
    from loaders.formats.annotations import load_annotations
    from loaders.reading.sources import read_file

    session, limits = options.session_of(context), _limits(max_bytes)
    terms = _terms(replace=replace, dry_run=dry_run, wait=wait)
    _refuse_one_name_for_many(files, set_name)
    with open_graph(session) as graph:
        return _each(
            session,
            files,
            lambda file: load_annotations(graph, read_file(file, limits), set_name=set_name, terms=terms),
        )


def _limits(max_bytes: int | None) -> "Limits":
    from loaders.reading.one_file import Limits

    return Limits.allowing(max_bytes)


def _terms(*, replace: bool, dry_run: bool, wait: float, strict: bool = False) -> "Terms":
    from loaders.terms import Terms

    return Terms(replace=replace, strict=strict, dry_run=dry_run, wait=wait)


def _refuse_one_name_for_many(files: list[str], name: str | None) -> None:
    if name and len(files) > 1:
        raise UsageError(f"{name!r} cannot name {len(files)} sets", todo="load the files one by one")


def _each(session: Session, files: list[str], load: Callable[[str], "LoadReport"]) -> Answer:
    """Return a row for each file that was loaded."""
    reports, code = _loaded(session, files, load)
    for _, report in reports:
        say_report(session, report)
    return rows_of(
        LoadedFile, [file_row(file, report) for file, report in reports], exit_code=code, spare=SPARE
    )


def _loaded(
    session: Session, files: list[str], load: Callable[[str], Report]
) -> tuple[list[tuple[str, Report]], int]:
    """Load one file after the other; a bad one is said and does not stop the others, but its code is the answer's."""
    done: list[tuple[str, Report]] = []
    codes: list[int] = []
    for file in files:
        session.detail(f"loading {file}")
        try:
            done.append((file, load(file)))
        except SightlineError as error:
            if len(files) == 1:
                raise
            session.error(str(error))
            codes.append(error.exit_code)
    return done, next(iter(codes), 0)


def _sets(session: Session, reports: "list[SetReport] | tuple[SetReport, ...]", exit_code: int = 0) -> Answer:
    for report in reports:
        say_set(session, report)
    return rows_of(
        LoadedEvidence, [evidence_row(report) for report in reports], exit_code=exit_code, spare=SPARE
    )

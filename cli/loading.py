"""`load ...`: files into the graph, each whole or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, rows_of
from cli.asking import open_graph
from cli.session import Session
from graph.errors import SightlineError

if TYPE_CHECKING:
    from loaders.report import LoadReport

PROBLEMS_SAID = 10
"""Problems of a file that are said one by one, unless the person wants more."""

Files = Annotated[list[str], typer.Argument(metavar="FILE", help="Files, plain or .gz; - is standard input.")]


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """What became of one input; `reported` items were not stored, `problems` counts notes on stored ones too."""

    file: str
    key: str
    outcome: str
    items: int
    stored: int
    reported: int
    nodes: int
    relationships: int
    problems: int
    content_root: str


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
    --release is needed only where the file does not say which release it is.
    """
    from loaders.attack.release import load_attack
    from loaders.source import Limits, read_file

    session = options.session_of(context)
    limits = Limits.allowing(max_bytes)
    with open_graph(session) as graph:
        return _each(
            session,
            files,
            lambda file: load_attack(
                graph, read_file(file, limits), release=release, replace=replace, dry_run=dry_run, wait=wait
            ),
        )


def _each(session: Session, files: list[str], load: Callable[[str], "LoadReport"]) -> Answer:
    """Load one file after the other; a bad one is said and does not stop the others, but its code is the answer's."""
    done: list[LoadedFile] = []
    codes: list[int] = []
    for file in files:
        session.detail(f"loading {file}")
        try:
            report = load(file)
        except SightlineError as error:
            if len(files) == 1:
                raise
            session.error(str(error))
            codes.append(error.exit_code)
        else:
            _say_problems(session, report)
            done.append(_row(file, report))
    return rows_of(LoadedFile, done, exit_code=next(iter(codes), 0))


def _say_problems(session: Session, report: "LoadReport") -> None:
    """Say the first problems, or all of them to whoever wants more, and how many there are."""
    said = report.problems if session.verbosity > 0 else report.problems[:PROBLEMS_SAID]
    for problem in said:
        session.say(f"{problem.severity}: {problem}")
    rest = len(report.problems) - len(said)
    if rest:
        session.say(f"{report.key}: {rest} more problems; -v says them all")
    if report.reported:
        session.say(f"{report.key}: {report.reported} of {report.items} items were not stored")


def _row(file: str, report: "LoadReport") -> LoadedFile:
    return LoadedFile(
        file=file,
        key=report.key,
        outcome=report.outcome,
        items=report.items,
        stored=report.stored,
        reported=report.reported,
        nodes=report.nodes,
        relationships=report.relationships,
        problems=len(report.problems),
        content_root=report.content_root,
    )

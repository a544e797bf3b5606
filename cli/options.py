"""The options that many commands share, declared once.

`--uri`, `--format`, `--envelope`, `-q` and `-v` belong to every command and are read into the session; the
others are annotations that a command takes as parameters. Those of the session and `--release` may come
before the name of the command or after it; the one after it wins.
"""

from pathlib import Path
from typing import Annotated

import typer

from cli import completing
from cli.render.forms import Form
from cli.render.screen import Color
from cli.session import Session
from cli.words import one_of
from graph.errors import UsageError


def session_of(context: typer.Context) -> Session:
    """Return the session of this run."""
    session: Session = context.find_root().obj
    return session


def _or_before(context: typer.Context, parameter: typer.CallbackParam, value: object) -> object:
    """Return the value given after the command's name, else the one before it."""
    if value is None and parameter.name is not None:
        return context.find_root().params.get(parameter.name)
    return value


Release = Annotated[
    str | None,
    typer.Option(
        metavar="R",
        callback=_or_before,
        autocompletion=completing.releases,
        help="ATT&CK release to use: 18.1 (enterprise) or ics-attack@18.1; default: the newest loaded.",
    ),
]
StatedRelease = Annotated[
    str | None,
    typer.Option(
        "--release",
        metavar="R",
        callback=_or_before,
        help="Release of the file, if it does not state one: 16.1 or ics-attack@16.1.",
    ),
]
Limit = Annotated[int | None, typer.Option(metavar="N", min=1, help="At most N rows.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask for confirmation.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace what is loaded under this key.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Read and report; write nothing.")]
Strict = Annotated[bool, typer.Option("--strict", help="Reject everything if any item is invalid.")]
WAIT = 5.0
"""Seconds; graph.holding.writer.DEFAULT_WAIT, which a test compares."""
Wait = Annotated[float, typer.Option(metavar="SECONDS", min=0, help="How long to wait for another load.")]
MaxBytes = Annotated[
    int | None,
    typer.Option(metavar="N", min=1, help="Accept files of up to N bytes, unpacked; default: 256 MiB."),
]
Set = Annotated[
    str | None,
    typer.Option("--set", metavar="NAME", help="Name of the set, if the source has none."),
]
SetVersion = Annotated[
    str | None, typer.Option(metavar="V", help="Version of the set, if the source has none.")
]
Environment = Annotated[
    str | None,
    typer.Option(
        metavar="E",
        autocompletion=completing.environments,
        help="Report on this environment instead of everything loaded.",
    ),
]
Platform = Annotated[str | None, typer.Option(metavar="P", help="Only this platform, as ATT&CK writes it.")]
Tactic = Annotated[
    str | None, typer.Option(metavar="TA", help="Only this tactic: its id, short name or name.")
]
UsedBy = Annotated[
    str | None, typer.Option(metavar="ID", help="Only what this group, campaign or software is known to use.")
]
Techniques = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Only these techniques: one id a line, or a Navigator layer."),
]
OfSet = Annotated[
    str | None,
    typer.Option(
        "--set",
        metavar="NAME",
        autocompletion=completing.sets,
        help="Only the evidence of this set: its name or key.",
    ),
]
Domain = Annotated[
    str | None, typer.Option(metavar="D", help="enterprise, mobile or ics, if --release is not given.")
]

Section = Annotated[
    str | None,
    typer.Option("--section", metavar="NAME", help="Only this list of the answer, as rows, such as rules."),
]
Link = Annotated[bool, typer.Option("--link", help="Print a link that opens this in the Neo4j Browser.")]


def shared(
    context: typer.Context,
    *,
    uri: Annotated[
        str | None,
        typer.Option(
            metavar="URI",
            help="Neo4j to use, such as neo4j+s://host; default: NEO4J_URI, else the local one.",
        ),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", metavar="F", help=f"{one_of(Form.general())}.", show_default=False),
    ] = None,
    envelope: Annotated[
        bool,
        typer.Option("--envelope", help="JSON with its release, environment, platforms and totals."),
    ] = False,
    save: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Keep the answer in a file that `sightline verify` checks.",
            show_default=False,
        ),
    ] = None,
    color: Annotated[
        Color | None,
        typer.Option(
            metavar="WHEN", help=f"Color tables: {one_of(Color)}; default: auto.", show_default=False
        ),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Errors only on stderr.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="More on stderr.")] = False,
) -> None:
    """Read the shared options into the session; every command has them (cli/tree.py)."""
    if quiet and verbose:
        raise UsageError("--quiet and --verbose exclude each other", todo="choose one")
    session = session_of(context)
    session.uri = uri or session.uri
    session.form = form or session.form
    session.envelope = envelope or session.envelope
    session.save = save or session.save
    session.color = color or session.color
    if quiet or verbose:
        session.verbosity = -1 if quiet else 1

"""`environments`: the environments that are loaded."""

import typer

from cli import options
from cli.answer import Answer
from cli.asking import every_row
from queries.questions.releases.questions import ENVIRONMENTS


def environments(context: typer.Context) -> Answer:
    """List the loaded environments: what each runs, collects and enables."""
    return every_row(
        options.session_of(context),
        ENVIRONMENTS,
        "load one with `sightline load environment FILE`",
        subject="environment",
    )

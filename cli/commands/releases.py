"""`releases`: the ATT&CK releases that are loaded."""

import typer

from cli import options
from cli.answer import Answer
from cli.asking import every_row
from queries.questions.releases.questions import LOADED


def releases(context: typer.Context) -> Answer:
    """List the loaded ATT&CK releases, with their sizes and hashes."""
    return every_row(
        options.session_of(context),
        LOADED,
        "`sightline demo` brings a sample, `sightline load attack FILE` a release",
        spare=("domain", "version", "sample"),
        subject="release",
    )

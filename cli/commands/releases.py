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
        "load one with `sightline load attack FILE`, or `sightline demo` for a sample",
        spare=(
            *("git_commit", "fetched_on", "source_url", "published_as", "file_sha256", "source_name"),
            *("domain", "version", "sample"),
        ),
        subject="release",
    )

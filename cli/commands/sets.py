"""`sets`: the sets of evidence that are loaded."""

import typer

from cli import options
from cli.answer import Answer
from cli.asking import every_row
from queries.questions.releases.questions import SETS


def sets(context: typer.Context) -> Answer:
    """List the loaded sets of rules, detections, mappings and annotations, and which are in use."""
    return every_row(
        options.session_of(context),
        SETS,
        "load one with `sightline load sigma PATH`; see `sightline load --help`",
        spare=(
            *("git_commit", "fetched_on", "source_url", "file_sha256", "source_name"),
            "tables_root",
            "name",
            "version",
            "publisher",
            "domain",
            "loaded_at",
            "notes",
            "skipped",
            "rejected",
            "kind",
            "attack_version",
        ),
    )

"""`annotations`: the files of annotations that are loaded."""

import typer

from cli import options
from cli.answer import Answer
from cli.asking import every_row
from queries.questions.releases.questions import ANNOTATION_FILES


def annotations(context: typer.Context) -> Answer:
    """List the loaded files of annotations, who wrote them, and how many are reviewed."""
    return every_row(
        options.session_of(context),
        ANNOTATION_FILES,
        "load some with `sightline load annotations FILE`",
        spare=("content_root", "loaded_at", "release"),
    )

"""`schema`: what a command's JSON looks like."""

import json
from typing import Annotated

import typer

from cli.answer import Text


def schema(
    words: Annotated[
        list[str], typer.Argument(metavar="COMMAND", help="Such as coverage, or plan telemetry.")
    ],
) -> Text:
    """Print the JSON Schema of what a command writes with --format json.

    `sightline queries NAME --schema` has those of a built-in query.
    """
    from cli.schemas import of_command  # pydantic

    return Text(json.dumps(of_command(" ".join(words)), indent=2) + "\n")

"""`history`: an object through the loaded releases."""

from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, rows_of
from cli.asking import open_graph
from cli.naming import meant_by
from graph.errors import NotFoundError, UsageError
from queries.answers.choice import meant
from queries.ask import ask
from queries.params import OfIdentifier
from queries.questions.releases.questions import HISTORY


def history(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="ID", help="An ATT&CK or STIX id or link, or a unique name.")
    ],
) -> Answer:
    """Show an object's versions across the loaded releases, and what changed in each.

    The bundled sample's releases are shown where no other one has the object.
    """
    session = options.session_of(context)
    with open_graph(session) as graph:
        _, attack_id = meant_by(graph, session, what)
        if attack_id is None:
            raise UsageError("is not an ATT&CK or STIX id", where=what, todo="give one such as T1528")
        rows = ask(graph, HISTORY, OfIdentifier(attack_id))
        if not rows:
            raise NotFoundError(
                "no such identifier in any loaded release", where=attack_id, todo=meant(graph, attack_id)
            )
    real = [row for row in rows if not row.sample]
    return rows_of(
        HISTORY.row, real or rows, spare=("sample", "type", "modified", "deprecated", "revoked", "name")
    )

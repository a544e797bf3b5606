"""`history`: an object through the loaded releases."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, Branch, rows_of
from cli.asking import open_graph
from cli.naming import meant_by
from graph.errors import NotFoundError, UsageError
from graph.spelling import did_you_mean
from queries.answers.choice import meant
from queries.answers.history import FieldChange, RelationshipStep, field_changes, relationship_changes
from queries.ask import ask
from queries.params import OfIdentifier
from queries.questions.releases.questions import HISTORY, HistoryEntry

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph

SPARE = ("predecessors", "successors", "sample", "type", "modified", "deprecated", "revoked", "name")


def history(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="ID", help="An ATT&CK or STIX id or link, or a unique name.")
    ],
    *,
    field: Annotated[
        str | None, typer.Option(metavar="NAME", help="Show what changed in this field, such as description.")
    ] = None,
    relationships: Annotated[
        bool, typer.Option("--relationships", help="List the relationships that came and went.")
    ] = False,
) -> Answer:
    """Show an object's versions across the loaded releases, and what changed in each.

    What was revoked is told with its successors, and what took its place with its predecessors.
    The bundled sample's releases are shown where no other one has the object.
    """
    if field and relationships:
        raise UsageError("--field and --relationships exclude each other", todo="choose one")
    session = options.session_of(context)
    with open_graph(session) as graph:
        attack_id, entries = _entries(graph, session, what)
        _tell(session, attack_id, entries)
        if field:
            return _of_field(graph, entries, attack_id, field)
        if relationships:
            steps = relationship_changes(graph, entries)
            return rows_of(
                RelationshipStep, steps, looked_at=f"the relationships of {attack_id}", spare=("stix_id",)
            )
    return rows_of(HISTORY.row, entries, spare=SPARE)


def _entries(graph: "Graph", session: "Session", what: str) -> tuple[str, Sequence[HistoryEntry]]:
    """Return the identifier that is meant, and its history.

    Raises:
        UsageError: it is not an identifier.
        NotFoundError: no release has it.
    """
    _, attack_id = meant_by(graph, session, what)
    if attack_id is None:
        raise UsageError("is not an ATT&CK or STIX id", where=what, todo="give one such as T1528")
    rows = ask(graph, HISTORY, OfIdentifier(attack_id))
    if not rows:
        raise NotFoundError(
            "no such identifier in any loaded release", where=attack_id, todo=meant(graph, attack_id)
        )
    return attack_id, [row for row in rows if not row.sample] or rows


def _tell(session: "Session", attack_id: str, entries: Sequence[HistoryEntry]) -> None:
    """Say what takes the place of what was revoked, and what it took the place of, as the newest release tells."""
    for row in dict.fromkeys(entry.stix_id for entry in entries):
        told = [
            entry for entry in entries if entry.stix_id == row and (entry.successors or entry.predecessors)
        ]
        if told and told[-1].successors:
            session.say(f"{attack_id} is replaced by {', '.join(told[-1].successors)} in {told[-1].release}")
        if told and told[-1].predecessors:
            session.say(f"{attack_id} replaces {', '.join(told[-1].predecessors)} in {told[-1].release}")


def _of_field(graph: "Graph", entries: Sequence[HistoryEntry], attack_id: str, field: str) -> Answer:
    changes, known = field_changes(graph, entries, field)
    if field not in known:
        todo = did_you_mean(field, sorted(known), otherwise=f"available: {', '.join(sorted(known))}")
        raise NotFoundError("no such field", where=field, todo=todo)
    answer = rows_of(FieldChange, changes, looked_at=f"{field} of {attack_id}, which never changes")
    return replace(answer, tree=tuple(map(_branch, changes)))


def _branch(change: FieldChange) -> Branch:
    return Branch(f"{change.before} to {change.release}", below=tuple(_lines(change.difference)))


def _lines(difference: Sequence[str]) -> Iterator[Branch]:
    yield from (Branch(line) for line in difference)

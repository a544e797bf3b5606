"""`raw`: the record that a publisher wrote for something."""

import re
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from cli import options
from cli.answer import Answer, Exact, One, Scope
from cli.asking import open_graph
from cli.naming import meant_by
from cli.replaced import say_what_it_is_now
from graph.errors import NotFoundError
from queries.answers.choice import choose
from queries.ask import ask
from queries.params import Nothing, OfObject
from queries.questions.lookup.questions import (
    RAW,
    RAW_EVIDENCE,
    RAW_HELD,
    RAW_RELATIONSHIP,
    HeldRecord,
    OfEvidence,
    OfRecord,
    OfRelationship,
    RawEvidence,
    RawRecord,
    RawRelationship,
)
from queries.questions.releases.questions import LOADED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.server.connection import Graph

_RELATIONSHIP = "relationship--"
_HASH = re.compile(r"[0-9a-fA-F]{8,64}", re.ASCII)
"""A SHA-256, or as many of its first digits as answers show."""


def raw(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="An ATT&CK or STIX id or link, an id of evidence or of what is yours, a unique name, a SHA-256.",
        ),
    ],
    *,
    canonical: Annotated[
        bool, typer.Option("--canonical", help="Write exactly the hashed bytes, nothing else.")
    ] = False,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Show the source record of an object, of evidence or of anything else that has one, with its SHA-256.

    `sightline raw T1528 --canonical | sha256sum` prints the hash that every other answer names.
    """
    session = options.session_of(context)
    with open_graph(session) as graph:
        what, attack_id = meant_by(graph, session, what, release, domain)
        first, *others = _records(graph, what, attack_id, release, domain)
        if isinstance(first, RawRecord) and first.attack_id and not first.live:
            say_what_it_is_now(graph, session, first.attack_id, first.release)
    for other in others:
        session.say(f"{what} also names {_named(other)}")
    if canonical:
        return Exact(first.text.encode("utf-8"))
    return One(first, scope=Scope(release=getattr(first, "release", None)))


Record: TypeAlias = "RawRecord | RawEvidence | RawRelationship | HeldRecord"


def _records(
    graph: "Graph", text: str, attack_id: str | None, release: str | None, domain: str | None
) -> "Sequence[Record]":
    """Return the records that `text` names, the live or current one first; at least one.

    Raises:
        NotFoundError: it names none.
    """
    found: Sequence[Record]
    if attack_id is None:
        found = _other(graph, text)
    elif attack_id.startswith(_RELATIONSHIP):
        found = _relationship(graph, attack_id, release, domain)
    else:
        found = _object(graph, attack_id, release, domain)
    if not found:
        raise NotFoundError(
            "no loaded record has this name or hash", where=text, todo="find it with `sightline search TEXT`"
        )
    return found


def _object(graph: "Graph", attack_id: str, release: str | None, domain: str | None) -> "Sequence[RawRecord]":
    return ask(graph, RAW, OfObject(choose(graph, release, attack_id=attack_id, domain=domain), attack_id))


def _other(graph: "Graph", text: str) -> "Sequence[RawEvidence] | Sequence[HeldRecord]":
    """Return the records of evidence of that name, else of what is yours, else those of that hash."""
    digits = text.lower() if _HASH.fullmatch(text) else None
    return ask(graph, RAW_EVIDENCE, OfEvidence(text)) or ask(graph, RAW_HELD, OfRecord(text, digits))


def _relationship(
    graph: "Graph", stix_id: str, release: str | None, domain: str | None
) -> "Sequence[RawRelationship]":
    """Return the relationship object in the release that was named, else in the newest one that has it."""
    named = [choose(graph, release, domain=domain)] if release or domain else None
    for key in named or [row.release for row in ask(graph, LOADED, Nothing())]:
        found = ask(graph, RAW_RELATIONSHIP, OfRelationship(key, stix_id))
        if found:
            return found
    return ()


def _named(record: "Record") -> str:
    where = getattr(record, "release", None) or getattr(record, "set", None)
    return f"a {record.type}{f' of {where}' if where else ''} (sha256 {record.sha256[:12]})"

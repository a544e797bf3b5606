"""`raw`: the record that a publisher wrote for something."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, Exact, One, Scope
from cli.asking import open_graph
from cli.naming import meant_by
from cli.replaced import say_what_it_is_now
from graph.errors import NotFoundError
from queries.answers.choice import choose
from queries.ask import ask
from queries.params import OfObject
from queries.questions.lookup.questions import RAW, RAW_EVIDENCE, OfEvidence, RawEvidence, RawRecord

if TYPE_CHECKING:
    from graph.server.connection import Graph


def raw(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="An ATT&CK or STIX id or link, a rule's UUID, or a unique name.",
        ),
    ],
    *,
    canonical: Annotated[
        bool, typer.Option("--canonical", help="Write exactly the hashed bytes, nothing else.")
    ] = False,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Show the source record of an object or of evidence, with its SHA-256.

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


def _records(
    graph: "Graph", text: str, attack_id: str | None, release: str | None, domain: str | None
) -> list[RawRecord] | list[RawEvidence]:
    """Return the records that `text` names, the live one first."""
    if attack_id:
        key = choose(graph, release, attack_id=attack_id, domain=domain)
        return ask(graph, RAW, OfObject(key, attack_id))
    found = ask(graph, RAW_EVIDENCE, OfEvidence(text))
    if not found:
        raise NotFoundError(
            "no such evidence in any loaded set",
            where=text,
            todo="find it with `sightline search TEXT`",
        )
    return found


def _named(record: RawRecord | RawEvidence) -> str:
    where = getattr(record, "release", None) or getattr(record, "set", "")
    return f"a {record.type} of {where} (sha256 {record.sha256[:12]})"

"""`search` and `raw`: finding objects, and the record that one came from."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, Exact, One, Scope, rows_of
from cli.asking import open_graph
from graph.errors import NotFoundError, UsageError

if TYPE_CHECKING:
    from graph.server.connection import Graph
    from queries.questions.lookup.questions import RawEvidence, RawRecord

HITS = 25


def search(
    context: typer.Context,
    text: Annotated[
        list[str], typer.Argument(metavar="TEXT", help='Words; "a phrase", prefix* and fuzzy~ work.')
    ],
    *,
    limit: options.Limit = HITS,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Find objects, evidence, log sources and annotations by their text.

    Official objects are those of one release; evidence and log sources are found whatever the release. Other
    characters have no meaning: azure:signinlogs is one word.
    """
    from queries.answers.choice import choose
    from queries.ask import ask
    from queries.questions.lookup.plain import lucene
    from queries.questions.lookup.questions import SEARCH, SearchText

    words = lucene(" ".join(text))
    if not words:
        raise UsageError("no words to look for", todo="give some, such as application access token")
    with open_graph(options.session_of(context)) as graph:
        key = choose(graph, release, domain=domain)
        rows = ask(graph, SEARCH, SearchText(key, words, limit or HITS))
    return rows_of(
        SEARCH.row,
        rows,
        scope=Scope(release=key),
        looked_at=f"the texts of {key} and all evidence",
        spare=("live", "score", "release"),
    )


def raw(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="ID", help="An ATT&CK or STIX id, a rule's UUID, a finding's id.")
    ],
    *,
    canonical: Annotated[
        bool, typer.Option("--canonical", help="Write exactly the bytes that the hash is over, nothing else.")
    ] = False,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Show the record that a publisher wrote for something, with its SHA-256.

    `sightline raw T1528 --canonical | sha256sum` prints the hash that every other answer names.
    """
    session = options.session_of(context)
    with open_graph(session) as graph:
        first, *others = _records(graph, what, release, domain)
    for other in others:
        session.say(f"{what} also names {_named(other)}")
    if canonical:
        return Exact(first.text.encode("utf-8"))
    return One(first, scope=Scope(release=getattr(first, "release", None)))


def _records(
    graph: "Graph", text: str, release: str | None, domain: str | None
) -> "list[RawRecord] | list[RawEvidence]":
    """Return the records that `text` names, the live one first."""
    from graph.identifiers import official
    from queries.answers.choice import choose
    from queries.ask import ask
    from queries.params import OfObject
    from queries.questions.lookup.questions import RAW, RAW_EVIDENCE, OfEvidence

    attack_id = official(text)
    if attack_id:
        key = choose(graph, release, attack_id=attack_id, domain=domain)
        return ask(graph, RAW, OfObject(key, attack_id))
    found = ask(graph, RAW_EVIDENCE, OfEvidence(text))
    if not found:
        raise NotFoundError(
            "no such evidence in any loaded set",
            where=text,
            todo="`sightline search TEXT` finds it by its title",
        )
    return found


def _named(record: "RawRecord | RawEvidence") -> str:
    where = getattr(record, "release", None) or getattr(record, "set", "")
    return f"a {record.type} of {where} (sha256 {record.sha256[:12]})"

"""`show`: what an identifier names, whole."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, One, Scope, Text
from cli.asking import open_graph
from cli.links import link_to
from cli.naming import meant_by
from cli.sections import sectioned
from graph.errors import NotFoundError, UsageError
from queries.answers.choice import choose
from queries.answers.show.evidence import ShownEvidence, ShownSet, shown_evidence, shown_set
from queries.answers.show.object import shown_official
from queries.answers.show.official import Shown
from queries.ask import ask
from queries.questions.lookup.plain import lucene
from queries.questions.lookup.questions import SEARCH, SearchText
from queries.workbench.pictures import picture

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph

MEANT = 3
"""How many identifiers are proposed for a name."""


def show(
    context: typer.Context,
    what: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="An ATT&CK or STIX id or link, a rule's UUID, a finding's id, a set's key, or a unique name.",
        ),
    ],
    *,
    open_: Annotated[
        bool, typer.Option("--open", help="Write its page to a temporary place and open it in a web browser.")
    ] = False,
    section: options.Section = None,
    link: options.Link = False,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Show an object with its relationships and provenance.

    If several objects have the ATT&CK id, the active one is shown and the others are listed. A name, alias or title
    is taken where only one thing has it.
    """
    session = options.session_of(context)
    with open_graph(session) as graph:
        what, attack_id = meant_by(graph, session, what, release, domain)
        if link:
            return _link(graph, attack_id, what, release, domain)
        if open_:
            return _opened(
                session, graph, attack_id or what, choose(graph, release, attack_id=attack_id, domain=domain)
            )
        if attack_id:
            one = _official(graph, attack_id, release, domain)
            for other in one.also:
                session.say(f"{attack_id} also names a {other.type}: {other.name} ({other.stix_id})")
            for successor in one.revoked_by:
                session.say(f"{attack_id} is revoked in {one.release}; replaced by {successor.attack_id}")
            return sectioned(session, One(one, Scope(release=one.release)), section)
        found = _evidence(graph, what, release, domain)
    return sectioned(session, One(found, Scope(release=found.release)), section)


def _link(graph: "Graph", attack_id: str | None, what: str, release: str | None, domain: str | None) -> Text:
    """Return the link to the picture of an official object."""
    if attack_id is None:
        raise UsageError("--link takes ATT&CK ids", where=what, todo="name one by its ATT&CK id")
    key = choose(graph, release, attack_id=attack_id, domain=domain)
    return Text(f"{link_to(graph.target, picture('object'), {'release': key, 'attack_id': attack_id})}\n")


def _opened(session: "Session", graph: "Graph", name: str, release: str) -> Text:
    """Write the page of what is named, open it, and return where it is."""
    from cli.opening import open_page, temporary_folder, written_page  # templates: only a page pays for them

    path = written_page(graph, release, name, temporary_folder())
    if path is None:
        raise NotFoundError(
            f"nothing with a page in {release} has this name", where=name, todo=_meant(graph, name, release)
        )
    open_page(session, path)
    return Text(f"{path}\n")


def _official(graph: "Graph", attack_id: str, release: str | None, domain: str | None) -> Shown:
    return shown_official(graph, choose(graph, release, attack_id=attack_id, domain=domain), attack_id)


def _evidence(graph: "Graph", text: str, release: str | None, domain: str | None) -> ShownSet | ShownEvidence:
    key = _release_if_any(graph, release, domain)
    found = shown_set(graph, text, key) or shown_evidence(graph, text, key)
    if found is None:
        raise NotFoundError("is not a loaded id or set", where=text, todo=_meant(graph, text, key))
    return found


def _meant(graph: "Graph", text: str, key: str | None) -> str:
    """Return the identifiers of what is called `text`, or has its words in its own, as a question."""
    words = lucene(text)
    hits = ask(graph, SEARCH, SearchText(key, words, MEANT, text)) if key and words else []
    known = [hit for hit in hits if hit.attack_id]
    exact = [hit for hit in known if hit.match in ("name", "alias")]
    named = " or ".join(f"{hit.attack_id} ({hit.name})" for hit in exact or known)
    return f"did you mean {named}?" if named else "find it with `sightline search TEXT`"


def _release_if_any(graph: "Graph", release: str | None, domain: str | None) -> str | None:
    """Return the release to read claims in; None where none is loaded, since evidence can come first."""
    try:
        return choose(graph, release, domain=domain)
    except NotFoundError:
        if release or domain:
            raise
        return None

"""`diff`: two releases side by side."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

import typer

from cli import options
from cli.answer import Answer, One, Rows, Scope
from cli.asking import open_graph
from cli.render.fields import listed, named_fields
from cli.sections import check_section, sectioned
from cli.two_releases import two_releases
from queries.answers.differences import AnyChange, Diff, Wanted, compared

KINDS = (
    "component_technique",
    "log_source_technique",
    "analytic_technique",
    "mitigation_technique",
    "chain",
)
"""Of paths."""
PATHS = "paths."
SECTIONS = (
    *("objects", "relationships", "tactics", "moved", "replaced", "names", "evidence", "rules"),
    *(f"{PATHS}{kind}" for kind in KINDS),
)


def diff(
    context: typer.Context,
    older: Annotated[str, typer.Argument(metavar="A", help="The older release, such as 17.1.")],
    newer: Annotated[str, typer.Argument(metavar="B", help="A newer one of its domain, such as 18.1.")],
    *,
    names: Annotated[
        bool, typer.Option("--names", help="List the objects that were added, removed or changed.")
    ] = False,
    paths: Annotated[
        bool,
        typer.Option(
            "--paths", help="Include pairs of techniques and what detects or mitigates them, and whole paths."
        ),
    ] = False,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Include the claims that B does not resolve directly.")
    ] = False,
    rules: Annotated[bool, typer.Option("--rules", help="List the rules that state these claims.")] = False,
    section: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this section, as rows: moved, paths.chain, ...")
    ] = None,
    domain: options.Domain = None,
) -> Answer:
    """Compare two releases: objects and relationships added, removed or changed.

    Tactics that were added, renamed or removed, techniques that moved or have a new id come besides. Sections for
    --section: objects, relationships, tactics, moved, replaced, names, evidence, rules, and paths. followed by
    component_technique, log_source_technique, analytic_technique, mitigation_technique or chain.
    --format md is for a ticket; `export layer diff=A..B` for the ATT&CK Navigator.
    """
    check_section(SECTIONS, section)
    wanted = Wanted(
        names=names or section == "names",
        paths=paths or (section or "").startswith(PATHS),
        evidence=evidence or section == "evidence",
        rules=rules or section == "rules",
    )
    session = options.session_of(context)
    with open_graph(session) as graph:
        pair = two_releases(graph, older, newer, domain)
        found = compared(graph, pair, wanted)
    answer = One(found, Scope(release=pair.after))
    if section and section.startswith(PATHS):
        return _paths(found, section.removeprefix(PATHS), answer.scope)
    return sectioned(session, answer, section, SECTIONS)


def _paths(found: Diff, kind: str, scope: Scope) -> Rows:
    """Return what was lost and gained of one kind of paths as rows."""
    rows = listed(list(_changes((found.paths or {})[kind])))
    return replace(rows, scope=scope, looked_at=f"the paths of {found.before} and {found.after}")


def _changes(change: AnyChange) -> Iterator[dict[str, object]]:
    for word, rows in (("lost", change.lost), ("gained", change.gained)):
        yield from ({"change": word, **dict(named_fields(row))} for row in rows)

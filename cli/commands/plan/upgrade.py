"""`plan upgrade`: what going to another release does to evidence, and the patch that it needs."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import exits, given, options
from cli.answer import Answer, One, Scope
from cli.asking import open_graph
from cli.commands.plan.patching import patch_of, write_folder, write_patch
from cli.environments import known, tell_platforms
from cli.naming import known_set
from cli.sections import check_section, sectioned
from cli.two_releases import two_releases
from graph.errors import UsageError
from graph.spelling import did_you_mean
from queries.answers.upgrade.plan import KINDS, UpgradeCount
from queries.answers.upgrade.plan import upgrade as upgraded

if TYPE_CHECKING:
    from cli.session import Session

SECTIONS = (
    *("counts", "coverage", "environment_coverage", "techniques", "environment_techniques", "claims"),
    *("tactics", "off_platform", "new_techniques", "log_sources"),
)


def upgrade(
    context: typer.Context,
    newer: Annotated[str, typer.Argument(metavar="R", help="The release to go to, such as 19.1.")],
    *,
    older: Annotated[
        str | None,
        typer.Option("--from", metavar="R0", help="The release to come from; default: the one before R."),
    ] = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Exit with 1 if a count exceeds its --max (0 where none is given)."),
    ] = False,
    most: Annotated[
        list[str] | None,
        typer.Option("--max", metavar="KIND=N", help="Allow N of a kind; repeatable; implies --check."),
    ] = None,
    patch: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the tags to be changed to a JSON file.")
    ] = None,
    write: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Change the tags in this folder of the rules.")
    ] = None,
    section: Annotated[
        str | None, typer.Option(metavar="NAME", help=f"Only this section, as rows: {', '.join(SECTIONS)}.")
    ] = None,
    of_set: options.OfSet = None,
    environment: options.Environment = None,
    domain: options.Domain = None,
) -> Answer:
    """Show what going to another release does to claims, tactic tags and coverage.

    A claim moves on where its technique has one successor; of several, or none, a person decides. Tactic tags are of
    four kinds (docs/semantics.md). --patch and --write concern the rules of one set: tags change, nothing else does,
    and a file in which that is not certain is left and named.
    """
    session = options.session_of(context)
    allowed = given.allowed(most or [], _known, "claim-gone=0")
    check_section(SECTIONS, section)
    with open_graph(session) as graph:
        releases = two_releases(graph, older, newer, domain, example="plan upgrade --from")
        here = environment and known(graph, environment)
        if here:
            tell_platforms(graph, session, here, releases.after)
        found = upgraded(graph, releases, of_set=known_set(graph, of_set), environment=here)
        made = patch_of(graph, found) if patch or write else None
    if made and patch:
        write_patch(session, patch, made)
    if made and write:
        write_folder(session, write, made)
    code = _code(session, found.upgrade.counts, allowed, check=check)
    answer = One(found.upgrade, Scope(release=releases.after, environment=here), code)
    return sectioned(session, answer, section, SECTIONS)


def _known(name: str) -> str:
    """Return the name of a kind.

    Raises:
        UsageError: there is no such kind.
    """
    names = [kind.name for kind in KINDS]
    if name not in names:
        todo = did_you_mean(name, names, otherwise=f"available: {', '.join(names)}")
        raise UsageError("no such kind", where=name, todo=todo)
    return name


def _code(
    session: "Session", counts: Sequence[UpgradeCount], allowed: Mapping[str, int], *, check: bool
) -> int:
    """Return the exit code, and say which kinds have more than is allowed.

    Without --max a check allows nothing of the kinds that leave something to do.
    """
    exceeded = [
        each
        for each in counts
        if (each.kind in allowed or (check and each.todo)) and each.count > allowed.get(each.kind, 0)
    ]
    for each in exceeded:
        session.error(f"{each.kind}: {each.count}, allowed {allowed.get(each.kind, 0)}; {each.todo}")
    return exits.FOUND if exceeded else exits.DONE

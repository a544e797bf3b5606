"""`lint`: what texts say and the structure does not."""

from collections import Counter
from typing import Annotated

import typer

from cli import exits, options
from cli.answer import Answer, Scope, rows_of
from cli.asking import open_graph
from queries.answers.choice import choose
from queries.answers.linting.findings import LintFinding, findings, lint_kinds


def lint(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="KIND", help="Such as use-in-text-only; all if left out."),
    ] = None,
    *,
    check: Annotated[bool, typer.Option("--check", help="Exit with 1 if there is any finding.")] = False,
    limit: options.Limit = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """List where the texts of official objects and annotations say what the structure does not.

    Kinds: use-in-text-only, link-to-retired, platform-in-text-only, log-source-in-text-only, analytic-repeated,
    annotation-false. Findings are few and meant to be right: docs/lint.md has how many of them are.
    """
    wanted = {kind.name for kind in lint_kinds(names or [])}
    session = options.session_of(context)
    with open_graph(session) as graph:
        key = choose(graph, release, domain=domain)
        found = [each for each in findings(graph, key) if each.kind in wanted]
    counts = Counter(each.kind for each in found)
    session.say("; ".join(f"{kind}: {count}" for kind, count in counts.items()) or "no finding")
    return rows_of(
        LintFinding,
        found[:limit],
        scope=Scope(release=key, of=len(found)),
        looked_at=f"the texts of {key}",
        exit_code=exits.FOUND if check and found else exits.DONE,
        spare=("where", "other", "name"),
    )

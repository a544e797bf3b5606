"""`missing`: what is not there though one would expect it, counted by kind or listed."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from cli import completing, exits, given, options
from cli.answer import Answer, Scope, rows_of
from cli.asking import open_graph
from cli.environments import known
from cli.naming import known_set
from cli.narrowed import narrowing
from graph.errors import UsageError
from queries.answers.choice import choose
from queries.answers.kinds import KindCount, count, find, kind
from queries.questions.missing.kinds import Kind

SPARE = ("reason", "question", "todo")


def missing(
    context: typer.Context,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KIND",
            autocompletion=completing.kinds,
            help="Such as technique-unclaimed; all if left out.",
        ),
    ] = None,
    *,
    check: Annotated[
        bool,
        typer.Option("--check", help="Exit with 1 if a count exceeds its --max (0 where none is given)."),
    ] = False,
    most: Annotated[
        list[str] | None,
        typer.Option("--max", metavar="KIND=N", help="Allow N of a kind; repeatable; implies --check."),
    ] = None,
    limit: options.Limit = None,
    environment: options.Environment = None,
    tactic: options.Tactic = None,
    platform: options.Platform = None,
    used_by: options.UsedBy = None,
    techniques: options.Techniques = None,
    of_set: options.OfSet = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Count missing relationships by kind, or list those of one kind.

    For use in CI: --max KIND=N ends with 1 if there are more than N of that kind, --check if there are any
    of the kinds that no --max names. With --set, the kinds that concern evidence, asked of one set; with
    --environment, evidence that is enabled there.
    """
    asked = [kind(name) for name in names or []]
    allowed = given.allowed(most or [], lambda name: kind(name).name, "claim-unresolved=0")
    session = options.session_of(context)
    narrowed = narrowing(tactic, platform, used_by, techniques)
    with open_graph(session) as graph:
        key = choose(graph, release, domain=domain)
        here = environment and known(graph, environment)
        evidence = known_set(graph, of_set)
        scope = Scope(release=key, environment=here)
        if len(asked) == 1 and not check and not allowed:
            rows = find(graph, asked[0], release=key, environment=here, of_set=evidence, narrowing=narrowed)
            return _listed(asked[0], rows[:limit], scope, of=len(rows))
        _refuse_limit(limit)
        among = _counted(asked, [kind(name) for name in allowed], check=check) or None
        counts = count(graph, release=key, environment=here, among=among, of_set=evidence, narrowing=narrowed)
    exceeded = _exceeded(counts, allowed, check=check)
    for line in exceeded:
        session.error(line)
    code = exits.FOUND if exceeded else exits.DONE
    return rows_of(KindCount, counts, scope=scope, exit_code=code, spare=SPARE)


def _refuse_limit(limit: int | None) -> None:
    if limit is not None:
        raise UsageError(
            "--limit applies to the rows of one kind", todo="name one kind, without --max and --check"
        )


def _counted(asked: list[Kind], allowed: list[Kind], *, check: bool) -> list[Kind]:
    """Return the kinds to count, those that have a --max among them; none for all of them."""
    if check and not asked:
        return []
    return [*asked, *(each for each in allowed if each not in asked)]


def _listed(kind: Kind, rows: Sequence[object], scope: Scope, of: int) -> Answer:
    """Return the rows of one kind; `of` is how many there are, some of which a limit may have cut off."""
    return rows_of(
        kind.question.row,
        rows,
        scope=scope._replace(of=of),
        looked_at=f"{kind.name} in {scope.release}: {kind.question.file.question}",
    )


def _exceeded(counts: Sequence[KindCount], allowed: Mapping[str, int], *, check: bool) -> list[str]:
    """Return a line for each kind of which there are more than allowed; one that was not counted is no pass."""
    limits = {row.kind: allowed.get(row.kind, 0) for row in counts if check or row.kind in allowed}
    lines = []
    for row in counts:
        if row.kind not in limits:
            continue
        if row.count is None:
            if row.kind in allowed:
                raise UsageError("needs an environment", where=row.kind, todo="pass --environment NAME")
        elif row.count > limits[row.kind]:
            lines.append(f"{row.kind}: {row.count}, allowed {limits[row.kind]}; {row.todo}")
    return lines

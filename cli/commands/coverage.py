"""`coverage`: who claims to detect what, and where; in an environment, what does detect it."""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, Scope, rows_of
from cli.asking import open_graph
from cli.naming import of_known_platform, technique_id
from graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import DataclassInstance

    from cli.session import Session
    from graph.server.connection import Graph
    from queries.catalog import AnyQuestion

SPARE = (
    *("origin_pointer", "origin_file", "comment", "hops", "counted", "via", "basis", "as_of", "pieces"),
    *("effectiveness", "confidence", "source", "status", "kind", "placement", "tactic_id", "tactic_ids"),
    *("off_platform", "migrated", "respond", "mitigate", "protect", "protect_only", "partial", "guidance"),
    *("visible_part", "validated", "tactics"),
)
"""Columns of any of the answers that a narrow terminal goes without, the first one first."""


class By(StrEnum):
    """What `--by` groups coverage by."""

    TACTIC = "tactic"
    PLATFORM = "platform"
    TECHNIQUE = "technique"
    SOURCE = "source"
    LOG_SOURCE = "log-source"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person wants to know, but for the techniques."""

    by: By | None
    evidence: bool
    all_sets: bool
    platform: str | None
    environment: str | None
    release: str | None
    domain: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """Rows of one type, and what was asked to get them."""

    row: type
    rows: "Sequence[object]"
    releases: tuple[str, ...]
    asked: str


def coverage(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="Techniques; all if left out.")
    ] = None,
    *,
    by: Annotated[
        By | None, typer.Option(metavar="WHAT", help="tactic, platform, technique, source or log-source.")
    ] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="List the rules, findings and capabilities themselves.")
    ] = False,
    all_sets: Annotated[
        bool, typer.Option("--all-sets", help="Count sets that a newer version has replaced, too.")
    ] = False,
    environment: options.Environment = None,
    platform: options.Platform = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Say what could detect techniques: claimed by whom, on which platforms.

    With IDs: a row per platform of each, or one per source (--by source) or sub-technique (--by technique).
    Without: the whole release by tactic, or as --by says.
    With --environment: what does detect them there, by what is collected, switched on and validated.
    """
    session = options.session_of(context)
    wish = Wish(by, evidence, all_sets, platform, environment, release, domain)
    asked = [technique_id(each, "coverage") for each in ids or []]
    with open_graph(session) as graph:
        found = _found(graph, session, asked, wish)
        rows = of_known_platform(graph, found.rows, wish.platform, found.releases)
    return _answer(replace(found, rows=rows), wish, ", ".join(asked) or "all techniques")


def _found(graph: "Graph", session: "Session", ids: list[str], wish: Wish) -> Found:
    if wish.environment is not None:
        from cli.commands.coverage_here import of_environment

        return of_environment(graph, session, ids, wish)
    return _of_techniques(graph, session, ids, wish) if ids else _of_release(graph, wish)


def _of_techniques(graph: "Graph", session: "Session", ids: list[str], wish: Wish) -> Found:
    from queries.answers.choice import choose
    from queries.ask import ask

    question = _question_of_technique(wish)
    rows: list[object] = []
    keys: list[str] = []
    for attack_id in ids:
        key = choose(graph, wish.release, attack_id=attack_id, domain=wish.domain)
        found = ask(graph, question, _given(question, key, wish, attack_id))
        say_what_it_is_now(graph, session, attack_id, key, found)
        rows += found
        keys.append(key)
    return Found(question.row, rows, tuple(dict.fromkeys(keys)), question.name)


def _question_of_technique(wish: Wish) -> "AnyQuestion":
    from queries.questions.coverage import technique

    if wish.evidence and wish.by:
        raise UsageError("--evidence is a list of its own", todo="leave --by out")
    if wish.evidence:
        return technique.EVIDENCE
    if wish.by in (By.TACTIC, By.LOG_SOURCE):
        raise UsageError(f"--by {wish.by} is about a whole release", todo="leave the ids out")
    if wish.platform and wish.by in (By.SOURCE, By.TECHNIQUE):
        raise UsageError(f"--platform does not go with --by {wish.by}", todo="leave one of them out")
    if wish.by is By.TECHNIQUE:
        from queries.questions.coverage import totals

        return totals.BY_TECHNIQUE
    return technique.TECHNIQUE_BY_SOURCE if wish.by is By.SOURCE else technique.TECHNIQUE


def _given(
    question: "AnyQuestion", key: str, wish: Wish, attack_id: str | None = None
) -> "DataclassInstance":
    """Return those parameters that the question takes; the one by technique takes the id as the parent's."""
    offered = {
        "release": key,
        "all_sets": wish.all_sets,
        "attack_id": attack_id,
        "parent_id": attack_id,
    }
    takes = {field.name for field in fields(question.params)}
    if wish.all_sets and "all_sets" not in takes:
        raise UsageError(f"--all-sets does not go with --by {wish.by}", todo="leave one of them out")
    parameters: DataclassInstance = question.params(
        **{name: value for name, value in offered.items() if name in takes}
    )
    return parameters


def say_what_it_is_now(
    graph: "Graph", session: "Session", attack_id: str, key: str, rows: "Sequence[object]"
) -> None:
    """Say that a technique was revoked and what replaced it, or that it is dead and nothing counts for it."""
    if not rows:
        _say_that_it_is_dead(graph, session, attack_id, key)
    now = {getattr(row, "technique_id", attack_id) for row in rows}
    if now and not any(each == attack_id or each.startswith(f"{attack_id}.") for each in now):
        session.say(f"{attack_id} was revoked; {key} has {', '.join(sorted(now))} in its place")


def _say_that_it_is_dead(graph: "Graph", session: "Session", attack_id: str, key: str) -> None:
    from queries.ask import ask
    from queries.params import OfObject
    from queries.questions.lookup.questions import OBJECT

    found = ask(graph, OBJECT, OfObject(key, attack_id))
    if found and not found[0].live:
        state = "revoked" if found[0].revoked else "deprecated"
        session.say(f"{attack_id} is {state} in {key}; nothing counts for it")


def _of_release(graph: "Graph", wish: Wish) -> Found:
    from queries.answers.choice import choose
    from queries.ask import ask

    if wish.evidence:
        raise UsageError("--evidence is about techniques", todo="name one, such as T1528")
    question = _question_of_release(wish)
    key = choose(graph, wish.release, domain=wish.domain)
    return Found(question.row, ask(graph, question, _given(question, key, wish)), (key,), question.name)


def _question_of_release(wish: Wish) -> "AnyQuestion":
    from queries.questions.coverage import totals

    by = wish.by or (By.TECHNIQUE if wish.platform else By.TACTIC)
    if wish.platform and by is By.TECHNIQUE:
        return totals.PAIRS
    refuse_platform(wish, by)
    questions: dict[By, AnyQuestion] = {
        By.TACTIC: totals.BY_TACTIC,
        By.PLATFORM: totals.BY_PLATFORM,
        By.TECHNIQUE: totals.BY_TECHNIQUE,
        By.SOURCE: totals.BY_SOURCE,
        By.LOG_SOURCE: totals.BY_LOG_SOURCE,
    }
    return questions[by]


def refuse_platform(wish: Wish, by: By) -> None:
    """Refuse `--platform` where the rows have none.

    Raises:
        UsageError: a platform is named, and `by` is not by platform.
    """
    if wish.platform and by not in (By.PLATFORM, By.TECHNIQUE):
        raise UsageError(f"--platform does not go with --by {by}", todo="use --by technique or --by platform")


def _answer(found: Found, wish: Wish, what: str) -> Answer:
    scope = Scope(
        release=found.releases[0] if len(found.releases) == 1 else None,
        environment=wish.environment,
        platforms=(wish.platform,) if wish.platform else (),
    )
    on = f" on {wish.platform}" if wish.platform else ""
    return rows_of(
        found.row,
        found.rows,
        scope=scope,
        looked_at=f"{what}{on} in {', '.join(found.releases)} ({found.asked})",
        spare=SPARE,
    )

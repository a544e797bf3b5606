"""`coverage`: who claims to detect what, and where."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, Scope, rows_of
from cli.asking import open_graph
from graph.errors import UsageError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from cli.session import Session
    from graph.connection import Graph
    from queries.catalog import AnyQuestion


class By(StrEnum):
    """What `--by` groups coverage by."""

    TACTIC = "tactic"
    PLATFORM = "platform"
    TECHNIQUE = "technique"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the person wants to know, but for the techniques."""

    by: By | None
    evidence: bool
    all_sets: bool
    platform: str | None
    release: str | None
    domain: str | None


def coverage(
    context: typer.Context,
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="ID", help="Techniques; all if left out.")
    ] = None,
    *,
    by: Annotated[
        By | None, typer.Option(metavar="WHAT", help="tactic, platform, technique or source.")
    ] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="List the rules, findings and capabilities themselves.")
    ] = False,
    all_sets: Annotated[
        bool, typer.Option("--all-sets", help="Count sets that a newer version has replaced, too.")
    ] = False,
    platform: options.Platform = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Say what could detect techniques: claimed by whom, on which platforms.

    With IDs: a row per platform of each, or one per source (--by source) or sub-technique (--by technique).
    Without: the whole release by tactic, or as --by says.
    """
    session = options.session_of(context)
    wish = _Wish(by, evidence, all_sets, platform, release, domain)
    asked = [_technique(each) for each in ids or []]
    with open_graph(session) as graph:
        return _of_techniques(graph, session, asked, wish) if asked else _of_release(graph, wish)


def _technique(text: str) -> str:
    from queries.lookup.identifier import technique

    attack_id = technique(text)
    if attack_id is None:
        raise UsageError(
            "coverage is asked of techniques", where=text, todo="give an id such as T1528 or T1059.001"
        )
    return attack_id


def _of_techniques(graph: "Graph", session: "Session", ids: list[str], wish: _Wish) -> Answer:
    from queries.releases.choice import choose
    from queries.run import ask

    question = _question_of_technique(wish)
    rows: list[object] = []
    keys: list[str] = []
    for attack_id in ids:
        key = choose(graph, wish.release, attack_id=attack_id, domain=wish.domain)
        found = ask(graph, question, _given(question, key, attack_id, wish))
        _say_what_it_is_now(session, attack_id, key, found)
        rows += found
        keys.append(key)
    return _answer(question, rows, wish, ", ".join(ids), keys)


def _question_of_technique(wish: _Wish) -> "AnyQuestion":
    from queries.coverage import technique, totals

    if wish.evidence:
        return technique.EVIDENCE
    if wish.by is By.TACTIC:
        raise UsageError("--by tactic is about a whole release", todo="leave the ids out")
    if wish.by is By.TECHNIQUE:
        return totals.BY_TECHNIQUE
    return technique.TECHNIQUE_BY_SOURCE if wish.by is By.SOURCE else technique.TECHNIQUE


def _given(question: "AnyQuestion", key: str, attack_id: str, wish: _Wish) -> "DataclassInstance":
    """Return the parameters; the question by technique takes the id as the parent's."""
    takes_parent = "parent_id" in {field.name for field in fields(question.params)}
    given = {"parent_id" if takes_parent else "attack_id": attack_id}
    parameters: DataclassInstance = question.params(release=key, all_sets=wish.all_sets, **given)
    return parameters


def _say_what_it_is_now(session: "Session", attack_id: str, key: str, rows: list[object]) -> None:
    """Say that a technique was revoked, and by which one it was replaced."""
    now = {getattr(row, "technique_id", attack_id).partition(".")[0] for row in rows}
    if rows and attack_id.partition(".")[0] not in now:
        session.say(f"{attack_id} was revoked; {key} has {', '.join(sorted(now))} in its place")


def _of_release(graph: "Graph", wish: _Wish) -> Answer:
    from queries.releases.choice import choose
    from queries.run import ask

    if wish.evidence:
        raise UsageError("--evidence is about techniques", todo="name one, such as T1528")
    key = choose(graph, wish.release, domain=wish.domain)
    question = _question_of_release(wish)
    rows = ask(graph, question, question.params(release=key, all_sets=wish.all_sets))
    return _answer(question, rows, wish, "all techniques", [key])


def _question_of_release(wish: _Wish) -> "AnyQuestion":
    from queries.coverage import totals

    by = wish.by or (By.TECHNIQUE if wish.platform else By.TACTIC)
    if wish.platform and by is By.TECHNIQUE:
        return totals.PAIRS
    if wish.platform and by is not By.PLATFORM:
        raise UsageError(f"--platform does not go with --by {by}", todo="use --by technique or --by platform")
    questions: dict[By, AnyQuestion] = {
        By.TACTIC: totals.BY_TACTIC,
        By.PLATFORM: totals.BY_PLATFORM,
        By.TECHNIQUE: totals.BY_TECHNIQUE,
        By.SOURCE: totals.BY_SOURCE,
    }
    return questions[by]


def _answer(question: "AnyQuestion", rows: list[object], wish: _Wish, what: str, keys: list[str]) -> Answer:
    """Return the rows of the wanted platform; what has no platform has no place there."""
    if wish.platform:
        wanted = wish.platform.casefold()
        rows = [row for row in rows if (getattr(row, "platform", None) or "").casefold() == wanted]
    releases = list(dict.fromkeys(keys))
    scope = Scope(
        release=releases[0] if len(releases) == 1 else None,
        platforms=(wish.platform,) if wish.platform else (),
    )
    on = f" on {wish.platform}" if wish.platform else ""
    looked_at = f"{what}{on} in {', '.join(releases)} ({question.name})"
    return rows_of(question.row, rows, scope=scope, looked_at=looked_at)

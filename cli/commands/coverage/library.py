"""`coverage` of the library: what could detect techniques, whoever has it switched on."""

from collections.abc import Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from cli.commands.coverage.asked import By, Found, Wish, of_techniques, refuse_platform
from cli.replaced import say_what_is_repeated, say_what_it_is_now, say_what_waits
from graph.errors import UsageError
from queries.answers.choice import choose
from queries.ask import ask
from queries.catalog import AnyQuestion
from queries.questions.coverage import technique, totals
from queries.questions.evidence.questions import WHO_SAYS

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from cli.session import Session
    from graph.server.connection import Graph


def of_library(graph: "Graph", session: "Session", ids: Sequence[str], wish: Wish) -> Found:
    """Return the coverage of the techniques, or of all of them, by all evidence that counts.

    Raises:
        NotFoundError: the release or a technique is not loaded.
        UsageError: the library is not asked in this way.
    """
    return _of_techniques(graph, session, ids, wish) if ids else _of_release(graph, wish)


def _of_techniques(graph: "Graph", session: "Session", ids: Sequence[str], wish: Wish) -> Found:
    question = _question_of_technique(wish)
    rows: list[object] = []
    keys: list[str] = []
    for attack_id in ids:
        key = choose(graph, wish.release, attack_id=attack_id, domain=wish.domain)
        found = ask(graph, question, _given(question, key, wish, attack_id))
        say_what_it_is_now(graph, session, attack_id, key)
        say_what_waits(graph, session, attack_id, key)
        say_what_is_repeated(graph, session, attack_id, key)
        rows += found
        keys.append(key)
    return Found(question.row, rows, tuple(dict.fromkeys(keys)), question.name)


def _question_of_technique(wish: Wish) -> AnyQuestion:
    if wish.evidence and wish.by:
        raise UsageError("--evidence does not go with --by", todo="drop one of them")
    if wish.evidence:
        return technique.EVIDENCE
    if wish.by is By.TACTIC:
        raise UsageError(f"--by {wish.by} takes no ids", todo="drop the ids")
    if wish.platform and wish.by in (By.SOURCE, By.LOG_SOURCE, By.SET, By.TECHNIQUE):
        raise UsageError(f"--platform does not go with --by {wish.by}", todo="drop one of them")
    if wish.by is By.TECHNIQUE:
        return totals.BY_TECHNIQUE
    by: dict[By | None, AnyQuestion] = {
        By.SOURCE: technique.TECHNIQUE_BY_SOURCE,
        By.LOG_SOURCE: technique.TECHNIQUE_BY_LOG_SOURCE,
        By.SET: WHO_SAYS,
    }
    return by.get(wish.by, technique.TECHNIQUE)


def _given(
    question: AnyQuestion,
    key: str,
    wish: Wish,
    attack_id: str | None = None,
    among: tuple[str, ...] | None = None,
) -> "DataclassInstance":
    """Return those parameters that the question takes; the one by technique takes the id as the parent's."""
    offered = {
        "release": key,
        "all_sets": wish.all_sets,
        "set": wish.of_set,
        "attack_id": attack_id,
        "parent_id": attack_id,
        "techniques": among,
        "platform": wish.platform,
    }
    takes = {field.name for field in fields(question.params)}
    if wish.all_sets and "all_sets" not in takes:
        raise UsageError(f"--all-sets does not go with --by {wish.by}", todo="drop one of them")
    parameters: DataclassInstance = question.params(
        **{name: value for name, value in offered.items() if name in takes}
    )
    return parameters


def _of_release(graph: "Graph", wish: Wish) -> Found:
    if wish.evidence:
        raise UsageError("--evidence needs technique ids", todo="name one, such as T1528")
    question = _question_of_release(wish)
    key = choose(graph, wish.release, domain=wish.domain)
    among = of_techniques(graph, wish, key)
    rows = ask(graph, question, _given(question, key, wish, among=among))
    return Found(question.row, rows, (key,), question.name)


def _question_of_release(wish: Wish) -> AnyQuestion:
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
        By.SET: totals.BY_SET,
    }
    return questions[by]

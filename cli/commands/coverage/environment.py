"""`coverage --environment`: what does detect techniques, by what is collected, switched on and validated."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cli.commands.coverage.asked import By, Found, Wish, of_techniques, refuse_platform
from cli.environments import known, tell_platforms
from cli.replaced import say_what_it_is_now, say_what_waits
from graph.errors import UsageError
from queries.answers import rollup
from queries.answers.choice import choose
from queries.ask import ask
from queries.questions.coverage import environment as q

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph
    from queries.catalog import AnyQuestion


def of_environment(graph: "Graph", session: "Session", ids: Sequence[str], wish: Wish) -> Found:
    """Return the coverage of the techniques, or of all of them, in the environment that `wish` names.

    Raises:
        NotFoundError: the environment, the release or a technique is not loaded.
        UsageError: the environment is not asked in this way.
    """
    _refuse(wish, ids)
    environment = known(graph, wish.environment or "")
    found = (
        _of_techniques(graph, session, ids, environment, wish) if ids else _of_all(graph, environment, wish)
    )
    for release in found.releases:
        tell_platforms(graph, session, environment, release)
    return found


def _refuse(wish: Wish, ids: Sequence[str]) -> None:
    if wish.all_sets or wish.by in (By.SOURCE, By.SET):
        what = "--all-sets" if wish.all_sets else f"--by {wish.by}"
        raise UsageError(f"{what} does not go with --environment", todo="drop one of them")
    if wish.evidence and not ids:
        raise UsageError("--evidence needs technique ids", todo="name one, such as T1528")
    if wish.evidence and wish.by:
        raise UsageError("--evidence does not go with --by", todo="drop one of them")
    if wish.of_set and wish.by is By.LOG_SOURCE:
        raise UsageError("--set does not go with --by log-source in an environment", todo="drop one of them")


def _of_techniques(
    graph: "Graph", session: "Session", ids: Sequence[str], environment: str, wish: Wish
) -> Found:
    if wish.by not in (None, By.PLATFORM):
        raise UsageError(f"--by {wish.by} takes no ids", todo="drop the ids")
    question: AnyQuestion = q.ENABLED_EVIDENCE if wish.evidence else q.ENVIRONMENT
    rows: list[object] = []
    keys: list[str] = []
    for attack_id in ids:
        key = choose(graph, wish.release, attack_id=attack_id, domain=wish.domain)
        found = ask(graph, question, question.params(key, environment, attack_id, wish.of_set))
        say_what_it_is_now(graph, session, attack_id, key)
        say_what_waits(graph, session, attack_id, key)
        rows += found
        keys.append(key)
    return Found(question.row, rows, tuple(dict.fromkeys(keys)), question.name)


def _of_all(graph: "Graph", environment: str, wish: Wish) -> Found:
    key = choose(graph, wish.release, domain=wish.domain)
    by = wish.by or (By.TECHNIQUE if wish.platform else By.TACTIC)
    refuse_platform(wish, by)
    if by is By.LOG_SOURCE:
        asked = q.TechniquesHere(key, environment, of_techniques(graph, wish, key))
        rows = ask(graph, q.ENVIRONMENT_BY_LOG_SOURCE, asked)
        return Found(q.LogSourceHere, rows, (key,), q.ENVIRONMENT_BY_LOG_SOURCE.name)
    if by is By.TECHNIQUE and wish.platform:
        pairs = rollup.pairs_here(graph, q.TechniqueHere(key, environment, set=wish.of_set), wish.narrowing)
        return Found(q.ENVIRONMENT.row, pairs, (key,), q.ENVIRONMENT.name)
    totals: dict[By, tuple[type, Callable[..., Sequence[object]]]] = {
        By.TACTIC: (rollup.TacticTotalHere, rollup.by_tactic),
        By.PLATFORM: (rollup.PlatformTotalHere, rollup.by_platform),
        By.TECHNIQUE: (rollup.TechniqueTotalHere, rollup.by_technique),
    }
    row, add_up = totals[by]
    return Found(
        row,
        add_up(graph, release=key, environment=environment, of_set=wish.of_set, narrowing=wish.narrowing),
        (key,),
        q.ENVIRONMENT.name,
    )

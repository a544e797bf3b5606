"""`coverage --environment`: what does detect techniques, by what is collected, switched on and validated."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cli.commands.coverage.asked import By, Found, Wish, refuse_platform
from cli.environments import known, tell_platforms
from cli.replaced import say_what_it_is_now, say_what_waits
from graph.errors import UsageError
from queries.answers import rollup
from queries.answers.choice import choose
from queries.ask import ask
from queries.params import InEnvironment
from queries.questions.coverage import environment as q

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph


def of_environment(graph: "Graph", session: "Session", ids: Sequence[str], wish: Wish) -> Found:
    """Return the coverage of the techniques, or of all of them, in the environment that `wish` names.

    Raises:
        NotFoundError: the environment, the release or a technique is not loaded.
        UsageError: the environment is not asked in this way.
    """
    if wish.evidence or wish.all_sets or wish.by in (By.SOURCE, By.SET):
        what = "--evidence" if wish.evidence else "--all-sets" if wish.all_sets else f"--by {wish.by}"
        raise UsageError(f"{what} does not go with --environment", todo="drop one of them")
    environment = known(graph, wish.environment or "")
    found = (
        _of_techniques(graph, session, ids, environment, wish) if ids else _of_all(graph, environment, wish)
    )
    for release in found.releases:
        tell_platforms(graph, session, environment, release)
    return found


def _of_techniques(
    graph: "Graph", session: "Session", ids: Sequence[str], environment: str, wish: Wish
) -> Found:
    if wish.by not in (None, By.PLATFORM):
        raise UsageError(f"--by {wish.by} takes no ids", todo="drop the ids")
    rows: list[object] = []
    keys: list[str] = []
    for attack_id in ids:
        key = choose(graph, wish.release, attack_id=attack_id, domain=wish.domain)
        found = ask(graph, q.ENVIRONMENT, q.TechniqueHere(key, environment, attack_id))
        say_what_it_is_now(graph, session, attack_id, key)
        say_what_waits(graph, session, attack_id, key)
        rows += found
        keys.append(key)
    return Found(q.ENVIRONMENT.row, rows, tuple(dict.fromkeys(keys)), q.ENVIRONMENT.name)


def _of_all(graph: "Graph", environment: str, wish: Wish) -> Found:
    key = choose(graph, wish.release, domain=wish.domain)
    by = wish.by or (By.TECHNIQUE if wish.platform else By.TACTIC)
    refuse_platform(wish, by)
    if by is By.LOG_SOURCE:
        rows = ask(graph, q.ENVIRONMENT_BY_LOG_SOURCE, InEnvironment(key, environment))
        return Found(q.LogSourceHere, rows, (key,), q.ENVIRONMENT_BY_LOG_SOURCE.name)
    if by is By.TECHNIQUE and wish.platform:
        pairs = ask(graph, q.ENVIRONMENT, q.TechniqueHere(key, environment))
        return Found(q.ENVIRONMENT.row, pairs, (key,), q.ENVIRONMENT.name)
    totals: dict[By, tuple[type, Callable[..., Sequence[object]]]] = {
        By.TACTIC: (rollup.TacticTotalHere, rollup.by_tactic),
        By.PLATFORM: (rollup.PlatformTotalHere, rollup.by_platform),
        By.TECHNIQUE: (rollup.TechniqueTotalHere, rollup.by_technique),
    }
    row, add_up = totals[by]
    return Found(row, add_up(graph, release=key, environment=environment), (key,), q.ENVIRONMENT.name)

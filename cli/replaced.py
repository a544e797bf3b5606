"""What a revoked technique is now, and which claims on its successor wait for a newer release.

All of it is said beside an answer, whose rows do not rest on it: what is asked for it is not among its questions.
"""

from typing import TYPE_CHECKING

from queries.ask import ask, recording
from queries.params import OfObject
from queries.questions.coverage.technique import REPEATED, WAITING
from queries.questions.lookup.questions import OBJECT

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph


def say_what_it_is_now(graph: "Graph", session: "Session", attack_id: str, key: str) -> None:
    """Say that a technique was revoked and what replaced it, or that it is dead and no evidence counts for it."""
    from graph.holding.lookup import meanings

    meaning = meanings(graph, key, [attack_id])[attack_id]
    if meaning.via == "revoked-by":
        session.say(f"{attack_id} is revoked in {key}; replaced by {meaning.now}")
    elif not meaning.via:
        _say_that_it_is_dead(graph, session, attack_id, key)


def _say_that_it_is_dead(graph: "Graph", session: "Session", attack_id: str, key: str) -> None:
    with recording():
        found = ask(graph, OBJECT, OfObject(key, attack_id))
    if found and not found[0].live:
        state = "revoked" if found[0].revoked else "deprecated"
        session.say(f"{attack_id} is {state} in {key}; no evidence counts for it")


def say_what_waits(graph: "Graph", session: "Session", attack_id: str, key: str) -> None:
    """Say how many claims name what replaces a technique in a newer release: they do not count in this one."""
    with recording():
        rows = ask(graph, WAITING, OfObject(key, attack_id))
    for row in rows:
        claims = f"{row.claims} claim{'s' * (row.claims > 1)} on {row.claimed_id}"
        newer = ", ".join(row.known_in)
        session.say(f"{claims} wait for {newer}, where it replaces {row.technique_id}; not counted in {key}")


def say_what_is_repeated(graph: "Graph", session: "Session", attack_id: str, key: str) -> None:
    """Say which sets in use hold the same rules for a technique: each of these counts once."""
    with recording():
        rows = ask(graph, REPEATED, OfObject(key, attack_id))
    for row in rows:
        rules, once = (
            ("rule", "it counts once") if row.rules == 1 else (f"{row.rules} rules", "each counts once")
        )
        session.say(f"{' and '.join(row.sets)} hold the same {rules} for {row.technique_id}; {once}")

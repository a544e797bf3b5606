"""The environments that a person can name."""

from typing import TYPE_CHECKING

from graph.errors import NotFoundError, UsageError
from queries.ask import ask
from queries.params import InEnvironment
from queries.questions.coverage.environment import ENVIRONMENT_PLATFORMS

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph


def known(graph: "Graph", name: str) -> str:
    """Return `name`, which is an environment that is loaded.

    Raises:
        NotFoundError: there is none of that name; the loaded ones are in the message.
    """
    from graph.holding.environments import loaded_environments

    names = [each.key for each in loaded_environments(graph)]
    if name in names:
        return name
    todo = f"loaded: {', '.join(names)}" if names else "load one with `sightline load environment FILE`"
    raise NotFoundError("no such environment is loaded", where=name, todo=todo)


def tell_platforms(graph: "Graph", session: "Session", environment: str, release: str) -> None:
    """Say what the release calls those platforms of an environment that are written by another release's name."""
    for row in ask(graph, ENVIRONMENT_PLATFORMS, InEnvironment(release, environment)):
        if not row.names:
            session.say(f"{environment} runs {row.platform}; {release} has no such platform")
        elif row.platform not in row.names:
            session.say(f"{environment} runs {row.platform}, which is {' and '.join(row.names)} in {release}")


def only(graph: "Graph", session: "Session") -> str:
    """Return the one environment that is loaded, for a person who names none.

    Raises:
        UsageError: there is none, or more than one.
    """
    from graph.holding.environments import loaded_environments

    names = [each.key for each in loaded_environments(graph)]
    if len(names) == 1:
        session.say(f"using the environment {names[0]}, the only one loaded")
        return names[0]
    if names:
        raise UsageError("there are several environments", todo=f"pass --environment: {', '.join(names)}")
    raise UsageError("no environment is loaded", todo="load one with `sightline load environment FILE`")

"""The environments that a person can name."""

from typing import TYPE_CHECKING

from graph.errors import NotFoundError, UsageError

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

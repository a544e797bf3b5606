"""The environments that a person can name."""

from typing import TYPE_CHECKING

from graph.errors import NotFoundError

if TYPE_CHECKING:
    from graph.connection import Graph


def known(graph: "Graph", name: str) -> str:
    """Return `name`, which is an environment that is loaded.

    Raises:
        NotFoundError: there is none of that name; the loaded ones are in the message.
    """
    from graph.environments import loaded_environments

    names = [each.key for each in loaded_environments(graph)]
    if name in names:
        return name
    todo = f"loaded are {', '.join(names)}" if names else "`sightline load environment FILE` brings one"
    raise NotFoundError("no such environment is loaded", where=name, todo=todo)

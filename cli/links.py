"""The links that lead from an answer into the Neo4j Browser."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import UnreachableError, UsageError
from queries.ask import values
from queries.workbench.links import Pasteable, link

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from graph.server.settings import Target

ADDRESS_VARIABLE = "SIGHTLINE_BROWSER"


def link_to(target: "Target", question: Pasteable, params: "DataclassInstance | Mapping[str, object]") -> str:
    """Return the address that opens the Browser of `target` with the question typed in, its values as literals.

    Raises:
        UsageError: the server is not the local one, and `SIGHTLINE_BROWSER` does not say where its Browser is.
        UnreachableError: the local Neo4j does not run.
    """
    given = params if isinstance(params, Mapping) else values(params)
    return link(address(target), question, given)


def address(target: "Target") -> str:
    """Return the address of the Browser that belongs to `target`; errors as `link_to` has them."""
    stated = os.environ.get(ADDRESS_VARIABLE)
    if stated:
        return stated
    if not target.is_local:
        raise UsageError(
            "only the address of the local Neo4j's Browser is known",
            where=target.uri,
            todo=f"set {ADDRESS_VARIABLE} to its address, such as http://host:7474/browser/",
        )
    return running()[0]


def running() -> tuple[str, str, Path]:
    """Return the addresses of the Browser and of Bolt, and the file of the password."""
    from graph.engine.places import local_places
    from graph.engine.server import status

    places = local_places()
    found = status(places)
    if found.kept is None or found.state != "running":
        raise UnreachableError("the local Neo4j does not run", todo="start it with `sightline up`")
    return found.kept.browser, found.kept.bolt, places.password_file

"""Keeping an answer: the file of `--save`, which `--envelope` prints."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import orjson

from cli.answer import One, Rows
from cli.files import put
from cli.render.cells import as_json
from cli.render.document import body
from cli.render.visible import json_escaped
from graph.errors import UsageError
from graph.record import Json
from proofs.answer_file import Basis, sealed
from queries.ask import AskedQuestion
from queries.questions.releases.roots import LoadedRoot

OF_THE_RUN = frozenset({"proof", "link", "yes"})
"""Parameters that say what is done with an answer, not what is asked."""


def kept(
    command: str,
    parameters: Mapping[str, Json],
    answer: Rows | One,
    questions: Iterable[AskedQuestion],
    loaded: Sequence[LoadedRoot],
) -> dict[str, Json]:
    """Return the answer file of an answer.

    Raises:
        UsageError: a value of the answer has no RFC 8785 form.
    """
    scope = answer.scope
    given = {name: value for name, value in parameters.items() if name not in OF_THE_RUN}
    for name in ("release", "environment"):
        if getattr(scope, name) is not None:
            given[name] = getattr(scope, name)
    try:
        rows: Json = orjson.loads(as_json(body(answer)))
        return sealed(
            {
                "release": scope.release,
                "environment": scope.environment,
                "platforms": list(scope.platforms),
                "of": scope.of,
            },
            rows,
            Basis(command, given, questions, loaded),
        )
    except ValueError as error:
        raise UsageError(f"the answer cannot be kept: {error}", todo="ask for plain values") from error


def write(path: Path, file: Mapping[str, Json]) -> None:
    """Write the answer file as `--envelope` prints it."""
    put(path, (json_escaped(as_json(file, indented=True)) + "\n").encode())


def plain_parameters(values: Mapping[str, object]) -> dict[str, Json]:
    """Return the values of a command's parameters as JSON has them; what was left out is not among them."""
    left_out: tuple[object, ...] = (None, False, [], ())
    given = {name: value for name, value in values.items() if value not in left_out}
    plain: dict[str, Json] = orjson.loads(as_json(given))
    return plain

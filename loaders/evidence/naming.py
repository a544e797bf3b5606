"""The name of a set for which none is given."""

import re
from pathlib import PurePath

from graph.errors import InputRejectedError


def name_of_file(path: str) -> str:
    """Return the name that a set takes from its file: `detections` of `x/Detections.yaml.gz`.

    Raises:
        InputRejectedError: nothing of the name can serve.
    """
    stem = PurePath(path.rpartition("!")[2]).name.partition(".")[0]
    name = re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-")
    if not name:
        raise InputRejectedError("the path gives no name for the set", where=path, todo="pass --set NAME")
    return name

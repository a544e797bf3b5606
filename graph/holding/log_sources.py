"""What log sources are called by a user's own table, whatever was loaded before."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.holding.writer import Writer

_RENAME = """
UNWIND $rows AS row
MATCH (source:LogSource {key: row.key})
SET source.canonical = row.canonical, source.listed = true
"""


def rename(writer: "Writer", canonical: Mapping[str, str]) -> None:
    """Let the log sources of these folded names go by these canonical ones, in every release and set.

    A log source is one node for all that read it, and the first load that met it named it.
    """
    rows = [{"key": key, "canonical": name} for key, name in canonical.items()]
    writer.change(_RENAME, {"rows": rows})

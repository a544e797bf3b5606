"""Pages that a command writes for the person to look at."""

import webbrowser
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from cli.files import put
from cli.naming import file_name
from pages.single import page_file, subject_of

if TYPE_CHECKING:
    from cli.session import Session
    from graph.server.connection import Graph


def written_page(graph: "Graph", release: str, identifier: str, folder: Path) -> Path | None:
    """Write the page of what `identifier` names into `folder`, and return its path; None where it has no page.

    Raises:
        UsageError: nothing can be written there.
    """
    subject = subject_of(graph, release, identifier)
    if subject is None:
        return None
    return put(folder / f"{file_name(subject.identifier)}.html", page_file(graph, subject).encode())


def temporary_folder() -> Path:
    """Return a new folder that only the person can read; it stays until the system clears its temporary files."""
    return Path(mkdtemp(prefix="sightline-"))


def open_page(session: "Session", path: Path) -> None:
    """Open a page in the person's web browser; where none is found, tell how to go on."""
    if not webbrowser.open(path.as_uri()):
        session.say(f"no web browser was found; open {path} yourself")

"""`browser`: the Neo4j Browser, its address and what it brings along."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from cli.answer import Answer, One
from cli.engine import GUIDE, STYLE
from cli.links import running
from graph.errors import UsageError
from graph.files import USUAL_FILE, refused, write_whole
from queries.workbench.favorites import FAVORITES, README, archive
from queries.workbench.guide import guide
from queries.workbench.style import grass


@dataclass(frozen=True, slots=True)
class Entrance:
    """The way into the Browser of the local Neo4j.

    Attributes:
        browser: its address, with the server and the user filled in.
        username: of the log-in.
        password_file: where the password is.
    """

    browser: str
    username: str
    password_file: Path


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that were written.

    Attributes:
        favorites: an archive of queries, a folder per topic.
        style: colors and captions.
        guide: the built-in queries, to click.
        readme: how to use them.
    """

    favorites: Path
    style: Path
    guide: Path
    readme: Path


def browser(
    *,
    open_: Annotated[bool, typer.Option("--open", help="Open it in your web browser.")] = False,
    export: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write favorites, style and guide for another Neo4j."),
    ] = None,
) -> Answer:
    """Print or open the Neo4j Browser's address, or export its favorites and style.

    After login it has colors, captions and a guide with every built-in query; `up` provides them.
    """
    if export is not None:
        return One(_exported(export))
    found = _entrance()
    if open_:
        _open(found.browser)
    return One(found)


def _entrance() -> Entrance:
    browser_address, bolt, password_file = running()
    server = bolt.replace("://", "://neo4j@", 1)
    return Entrance(f"{browser_address}?connectURL={quote(server, safe='')}", "neo4j", password_file)


def _open(url: str) -> None:
    import webbrowser

    if not webbrowser.open(url):
        raise UsageError("no web browser was found to open it", where=url, todo="open the address yourself")


def _exported(folder: Path) -> Exported:
    files = {
        FAVORITES: archive(),
        STYLE: grass().encode(),
        GUIDE: guide().encode(),
        "README.txt": README.encode(),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        put = [write_whole(folder / name, content, mode=USUAL_FILE) for name, content in files.items()]
    except OSError as error:
        raise refused(error, UsageError, where=str(folder), todo="name another folder") from error
    return Exported(*put)

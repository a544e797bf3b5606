"""Favorites: one archive to drop on the Browser, a folder per topic, each file a query that runs as it is.

A favorite is complete by itself: its parameters are in its first lines, the release among them looked up, so that it
answers on any server whose graph Sightline made. The Browser takes its name from the comment in the first line.
"""

import io
import zipfile
from collections.abc import Iterator

from queries.catalog import CATALOG
from queries.workbench.examples import as_map, fitting
from queries.workbench.links import Pasteable
from queries.workbench.pictures import PICTURES

FAVORITES = "sightline-favorites.zip"
README = """\
Drop sightline-favorites.zip anywhere on the page of the Neo4j Browser: the queries are in Favorites, by topic.
Drop sightline.grass there too: from then on nodes and relationships have their colors and captions.
Put sightline.html on a web server that allows other origins (CORS), list that host in neo4j.conf under \
browser.remote_content_hostname_whitelist, and run `:guide ADDRESS` in the Browser.
"""
"""How to use the exported files, one line each."""
PICTURES_FOLDER = "pictures"


def favorites() -> Iterator[tuple[str, str]]:
    """Yield each favorite: its path `topic/name.cypher` and its text."""
    for picture in PICTURES:
        yield f"{PICTURES_FOLDER}/{picture.name}.cypher", favorite(picture)
    for name, question in CATALOG.items():
        yield f"{name.replace('.', '/', 1)}.cypher", favorite(question)


def favorite(question: Pasteable) -> str:
    """Return the question as one paste that fits what is loaded."""
    return f"{question.literal(as_map(fitting(question.file.example)))}\n"


def archive() -> bytes:
    """Return the archive; the same questions give the same bytes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
        for path, text in favorites():
            target.writestr(zipfile.ZipInfo(path), text, zipfile.ZIP_DEFLATED)
    return written.getvalue()

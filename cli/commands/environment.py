"""`environment init`: a first environment file, to edit."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import options
from cli.answer import Answer, Text
from cli.asking import open_graph
from cli.files import put
from cli.naming import known_set
from graph.errors import UsageError
from queries.answers.choice import choose
from queries.ask import ask
from queries.params import Nothing, OfRelease
from queries.questions.evidence.questions import LOG_SOURCES_READ, EvidenceOfRelease
from queries.questions.lookup.questions import PLATFORMS
from queries.questions.releases.questions import SETS

if TYPE_CHECKING:
    from graph.server.connection import Graph
    from loaders.formats.environment_draft import Draft

STDOUT = Path("-")


def init(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the environment, such as soc or cloud-eu.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Where to write it, - for stdout; default: NAME.yaml."
        ),
    ] = None,
    of_set: options.OfSet = None,
    release: options.Release = None,
    domain: options.Domain = None,
) -> Answer:
    """Write a first environment file with what the loaded rules read, to edit.

    It lists the platforms of the release, and the log sources that rules read, by the names that must be
    written. All log sources begin as planned: say which you collect, then load the file.
    """
    from loaders.formats.environment_draft import checked_name, draft_text

    session = options.session_of(context)
    checked_name(name)
    path = output or Path(f"{name}.yaml")
    if path != STDOUT and path.exists():
        raise UsageError("is there already", where=str(path), todo="pass --output with another file")
    with open_graph(session) as graph:
        key = choose(graph, release, domain=domain)
        draft = _draft(graph, name, key, known_set(graph, of_set))
    text = draft_text(draft)
    if path == STDOUT:
        return Text(text)
    put(path, text.encode())
    session.say(f"edit {path}, then `sightline load environment {path}`")
    return Text(f"{path}\n")


def _draft(graph: "Graph", name: str, release: str, of_set: str | None) -> "Draft":
    from loaders.formats.environment_draft import Draft, ReadBy

    platforms = ask(graph, PLATFORMS, OfRelease(release))
    read = ask(graph, LOG_SOURCES_READ, EvidenceOfRelease(release, of_set))
    with_rules = {each for row in read for each in row.sets}
    sets = [each for each in ask(graph, SETS, Nothing()) if each.current and each.name in with_rules]
    return Draft(
        name=name,
        release=release,
        platforms=[(each.platform, each.techniques) for each in platforms if each.platform],
        log_sources=[ReadBy(each.log_source, each.rules, each.techniques) for each in read],
        sets=[(each.name, each.stored) for each in sets],
    )

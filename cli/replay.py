"""`verify --replay`: an answer asked again of its sources, in a private Neo4j or an empty database that was named."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import typer

from cli.session import Session
from cli.tree import application
from graph.engine.configuration import Memory
from graph.engine.private import private_engine
from graph.errors import SightlineError, UsageError
from graph.holding.publish import remove
from graph.record import Json
from graph.server.connection import Graph, connect
from graph.server.settings import find_target
from proofs.answer_file import intact, read_answer, stated_in
from proofs.replay import (
    KINDS,
    OF_ONE_LOAD,
    SEARCH,
    compared_rows,
    has_field_of_load,
    known_questions,
    load_sources,
    unranked,
    wanted,
)
from proofs.report import REFUSED, REPLAYED, Check, RefusedError, Report, Stated
from queries.ask import ask
from queries.params import Nothing
from queries.questions.releases.roots import ROOTS

ASKS = frozenset({
    *("coverage", "show", "related", "missing", "why", "trace", "conflicts", "plan telemetry", "plan upgrade"),
    *("plan rules", "lint", "history", "diff", "search", "raw", "query", "cypher"),
    *("releases", "sets", "environments", "annotations"),
})  # fmt: skip
"""The commands that only ask: an answer file is not trusted to name any other."""
OUTSIDE = frozenset({"file", "open_", "link", "cypher", "proof", "techniques", "patch", "write"})
"""Parameters that read or write a file, or draw: an answer that depends on one is not asked again."""
_NODES = "MATCH (n) WHERE NOT n:LoadLock RETURN count(n) AS nodes"


def replay(session: Session, data: bytes, sources: Sequence[str]) -> Report:
    """Load the sources of an answer file, ask again, and compare; the first failure ends it.

    Raises:
        SightlineError: a source cannot be read, the engine does not start, or the database named is not empty.
    """
    checks: list[Check] = []
    try:
        file = read_answer(data)
        checks += intact(file)
        needed = wanted(file)
        words = words_of(file["answer"]["command"], file["answer"]["parameters"])
        checks.append(known_questions(file))
        with _empty(session) as graph:
            checks += load_sources(graph, needed, sources)
            checks += compared(graph, file, words)
    except RefusedError as refused:
        return Report(REFUSED, (*checks, refused.check))
    return Report(REPLAYED, tuple(checks), (*_not_compared(file), *stated_in(file)))


def compared(graph: Graph, file: Mapping[str, Any], words: Sequence[str]) -> Iterator[Check]:
    """Ask again by `words` of a graph that has what the answer rests on, and yield the checks of what it answers.

    Raises:
        RefusedError: it cannot be asked, or answers otherwise.
    """
    again = _asked_again(graph, words)
    rows = file["rows"], again["rows"]
    yield compared_rows(*map(unranked, rows)) if _searches(file) else compared_rows(*rows)
    for name in ("questions", "loaded"):
        if file["answer"][name] != again["answer"][name]:
            raise RefusedError(f"asked again, its {name} are others", f"/answer/{name}")
    yield Check("asked again, it rests on the same questions and content", holds=True)


def _not_compared(file: Mapping[str, Any]) -> Iterator[Stated]:
    if has_field_of_load(file["rows"]):
        yield Stated("fields of rows that tell of the load", ", ".join(sorted(OF_ONE_LOAD)))
    if _searches(file):
        yield Stated("scores and order of a search", "they depend on what else was ever in the index")


def _searches(file: Mapping[str, Any]) -> bool:
    """Tell whether the answer comes from full-text search."""
    return any(each.get("name") == SEARCH for each in file["answer"]["questions"] if isinstance(each, dict))


# The database ----------------------------------------------------------------------------------------------


@contextmanager
def _empty(session: Session) -> Iterator[Graph]:
    """Open an empty graph: the database that `--uri` names, which is empty again afterwards, else a private one."""
    if session.uri is None:
        session.say("starting a private Neo4j")
        with private_engine(Memory(short_lived=True)) as target, connect(target) as graph:
            yield graph
        return
    with connect(find_target(session.uri)) as graph:
        if graph.read(_NODES)[0]["nodes"]:
            todo = "name an empty one, or drop --uri for a private Neo4j"
            raise UsageError("the database is not empty", where=graph.target.uri, todo=todo)
        try:
            yield graph
        finally:
            for root in reversed(ask(graph, ROOTS, Nothing())):
                remove(graph, KINDS[root.kind], root.key)


# The command -----------------------------------------------------------------------------------------------


def _asked_again(graph: Graph, words: Sequence[str]) -> Mapping[str, Any]:
    """Return the answer file of what the words answer."""
    session = Session(graph=graph, envelope=True, verbosity=-1)
    try:
        with application().make_context("sightline", list(words), obj=session) as context:
            answer = context.command.invoke(context)
        return session.kept(answer)
    except (SightlineError, typer.TyperException, typer.Exit) as error:
        raise RefusedError(f"cannot be asked again: {error}", "/answer") from error


def words_of(command: object, parameters: object) -> list[str]:
    """Return the words that ask for an answer again.

    Raises:
        RefusedError: the command does more than ask, or a parameter is not one of it, or leads outside the graph.
    """
    if not isinstance(command, str) or command not in ASKS:
        raise RefusedError(
            f"{str(command)[:40]!r} is not a command that can be asked again", "/answer/command"
        )
    if not isinstance(parameters, dict):
        raise RefusedError("is not an object", "/answer/parameters")
    known = {each.name: each for each in _parameters(command)}
    options, arguments = list[str](), list[str]()
    for name, value in parameters.items():
        if name in OUTSIDE or (command == "cypher" and value == "-"):
            raise RefusedError(f"depends on more than the graph ({name[:40]})", f"/answer/parameters/{name}")
        if name in known and known[name].param_type_name == "argument":
            continue
        options += _option(known, name, value, parameters)
    for name, each in known.items():
        if each.param_type_name == "argument" and name in parameters:
            arguments += _texts(parameters[name])
    return [*command.split(), *options, "--", *arguments]


def _parameters(command: str) -> Sequence[Any]:
    """Return the parameters that are the command's own; the shared ones say what is done with an answer."""
    found: Any = application()
    for word in command.split():
        found = found.get_command(None, word)
    return tuple(each for each in found.params if each.name in found.own)


def _option(known: Mapping[str, Any], name: str, value: Json, given: Mapping[str, Json]) -> list[str]:
    if name not in known:
        # What answered is told even where the command takes no such option.
        if name in {"release", "environment"}:
            return []
        raise RefusedError(f"is not a parameter of the command ({name[:40]})", "/answer/parameters")
    if name == "release" and any(text.startswith("release=") for text in _texts(given.get("param"))):
        return []
    word = next((each for each in known[name].opts if each.startswith("--")), known[name].opts[0])
    return [word] if value is True else [f"{word}={text}" for text in _texts(value)]


def _texts(value: Json) -> list[str]:
    if isinstance(value, list):
        return [text for each in value for text in _texts(each)]
    return [] if value is None else [str(value)]

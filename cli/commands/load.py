"""`load ...`: files into the graph, each whole or not at all; a command for each entry of FORMATS."""

import inspect
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli import options
from cli.answer import Answer, rows_of
from cli.asking import open_graph
from cli.effects import entries_of, with_entries
from cli.progress import load_going_on
from cli.reports import SPARE, for_people, report_rows, say_problems, say_report
from cli.session import Session
from graph.errors import SightlineError, UsageError
from loaders.formats import (
    FORMATS,
    RELEASE,
    SET,
    SET_VERSION,
    STRICT,
    Entry,
    Format,
    Naming,
    Option,
    Source,
    Takes,
)

if TYPE_CHECKING:
    from graph.server.connection import Graph
    from loaders.loading import Loaded

ENVIRONMENT = "environment"
"""The word of FORMATS whose load ends with a table of what its entries take effect on."""
_ARGUMENTS: dict[Takes, object] = {
    Takes.FILE: Annotated[
        str, typer.Argument(metavar="FILE", help="A file, plain or .gz; - is standard input.")
    ],
    Takes.FILES: Annotated[
        list[str], typer.Argument(metavar="FILE", help="Files, plain or .gz; - is standard input.")
    ],
    Takes.TREE: Annotated[str, typer.Argument(metavar="PATH", help="A folder, a .zip or a file.")],
    Takes.TREES: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders and .zip archives.")
    ],
}
_SHARED: dict[str, tuple[object, object]] = {
    "replace": (options.Replace, False),
    "dry_run": (options.DryRun, False),
    "wait": (options.Wait, options.WAIT),
    "max_bytes": (options.MaxBytes, None),
}
_NAMING: dict[Option, object] = {
    SET: options.Set,
    SET_VERSION: options.SetVersion,
    RELEASE: options.StatedRelease,
    STRICT: options.Strict,
}
"""The options that say something else than the format's own do."""


def __getattr__(word: str) -> Callable[..., Answer]:
    """Return the command that loads the format called `word`; it is made when it is asked for."""
    entry = FORMATS.get(word.replace("_", "-"))
    if entry is None:
        raise AttributeError(f"no format is called {word}")
    return command_for(word.replace("_", "-"), entry)


def command_for(word: str, entry: Entry) -> Callable[..., Answer]:
    """Return the command that loads a format, with the options and the help of its entry."""
    form = entry.load()

    def command(context: typer.Context, **given: object) -> Answer:
        return _load(options.session_of(context), word, form, given)

    parameters = _parameters(form)
    command.__name__ = word.replace("-", "_")
    command.__doc__ = f"{entry.summary}\n\n{form.help}"
    command.__signature__ = inspect.Signature(parameters, return_annotation=Answer)  # type: ignore[attr-defined]
    command.__annotations__ = {each.name: each.annotation for each in parameters}
    return command


def _parameters(form: Format) -> list[inspect.Parameter]:
    declared: dict[str, tuple[object, object]] = {
        "context": (typer.Context, inspect.Parameter.empty),
        "paths": (_ARGUMENTS[form.takes], inspect.Parameter.empty),
        **{_parameter(each): (_annotation(each), _default(each)) for each in form.options},
        **_SHARED,
    }
    positional = inspect.Parameter.POSITIONAL_OR_KEYWORD
    return [
        inspect.Parameter(name, positional, default=default, annotation=annotation)
        for name, (annotation, default) in declared.items()
    ]


def _parameter(option: Option) -> str:
    return option.name.replace("-", "_")


def _annotation(option: Option) -> object:
    if option in _NAMING:
        return _NAMING[option]
    declared = typer.Option(f"--{option.name}", metavar=option.metavar or None, help=option.help)
    if not option.metavar:
        return Annotated[bool, declared]
    return Annotated[list[str] | None, declared] if option.repeatable else Annotated[str | None, declared]


def _default(option: Option) -> bool | None:
    return None if option.metavar else False


def _load(session: Session, word: str, form: Format, given: Mapping[str, Any]) -> Answer:
    """Load what was named, and return a row for each thing that was loaded."""
    _refuse_empty(given)
    named: str | list[str] = given["paths"]
    paths = [named] if isinstance(named, str) else named
    each_alone = form.takes is Takes.FILES
    name = given.get(_parameter(SET)) or given.get(_parameter(SET_VERSION))
    if each_alone and name and len(paths) > 1:
        raise UsageError(f"{name!r} cannot name {len(paths)} sets", todo="load the files one by one")
    sources: list[tuple[str, ...]] = [(path,) for path in paths] if each_alone else [tuple(paths)]
    with open_graph(session) as graph:
        done, code = _loaded(session, sources, lambda source: _read(graph, session, form, source, given))
        told = word == ENVIRONMENT and session.for_people and done and not given["dry_run"]
        entries = entries_of(graph, done[0].reports[0].key) if told else []
    for loaded in done:
        say_problems(session, "files outside of any set", loaded.problems)
        for report in loaded.reports:
            say_report(session, report)
    row_type, rows = report_rows([report for loaded in done for report in loaded.reports])
    answer = rows_of(row_type, rows, exit_code=code, spare=SPARE)
    shown = answer if session.verbosity > 0 else for_people(answer)
    return with_entries(shown, done[0].reports[0], entries) if entries else shown


def _refuse_empty(given: Mapping[str, Any]) -> None:
    """Refuse a name or version without a character, which a script with an unset variable passes.

    Raises:
        UsageError: one is empty.
    """
    for option in _NAMING:
        value = given.get(_parameter(option))
        if isinstance(value, str) and not value.strip():
            raise UsageError(f"--{option.name} is empty", todo="give it a value, or leave it out")


def _read(
    graph: "Graph", session: Session, form: Format, paths: tuple[str, ...], given: Mapping[str, Any]
) -> "Loaded":
    from loaders.loading import load_source
    from loaders.reading.one_file import Limits
    from loaders.terms import Terms

    own = {each.name: given[_parameter(each)] for each in form.options if each not in _NAMING}
    source = Source(
        paths,
        limits=Limits.allowing(given["max_bytes"]),
        options={name: _values(value) for name, value in own.items() if value},
    )
    naming = Naming(given.get("set"), given.get("set_version"), given.get("release"))
    with load_going_on(session, " ".join(paths)) as tell:
        terms = Terms(
            replace=given["replace"],
            strict=given.get("strict", False),
            dry_run=given["dry_run"],
            wait=given["wait"],
            tell=tell,
        )
        return load_source(graph, form, source, naming, terms)


def _values(value: str | bool | list[str]) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else (str(value),)


def _loaded(
    session: Session,
    sources: list[tuple[str, ...]],
    load: Callable[[tuple[str, ...]], "Loaded"],
) -> tuple[list["Loaded"], int]:
    """Load one source after the other; a bad one is said and stops no other, but its code is the answer's."""
    done: list[Loaded] = []
    codes: list[int] = []
    for source in sources:
        session.detail(f"loading {' '.join(source)}")
        try:
            done.append(load(source))
        except SightlineError as error:
            if len(sources) == 1:
                raise
            session.error(str(error))
            codes.append(error.exit_code)
    return done, next(iter(codes), 0)

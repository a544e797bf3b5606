"""The tree of commands; each is named by the place of its function and imported when it is called.

`sightline coverage T1528` is judged against `import neo4j`: building thirty commands, or importing the
loaders, for one of them would cost more than the answer.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command, get_install_completion_arguments

from cli import options
from cli.session import Session
from cli.topics import TOPICS, Family, Place
from cli.words import lighten
from graph.errors import UsageError
from graph.spelling import did_you_mean

_HELP = {"help_option_names": ["-h", "--help"]}
DISTRIBUTION = "sightline-attack"
_BEFORE_THE_NAME = ("release",)
"""Options of single commands that may also come before the command's name."""


@cache
def _shared_parameters() -> tuple[Any, ...]:
    return tuple(_command_of("shared", options.shared, TyperCommand).params)


def _command_of(name: str, function: Any, kind: type[TyperCommand]) -> TyperCommand:
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, cls=kind, context_settings=_HELP)(function)
    command = get_command(app)
    assert isinstance(command, TyperCommand)  # noqa: S101  one function makes a command, not a group
    return command


def _read_shared(context: Any) -> None:
    names = [parameter.name for parameter in _shared_parameters()]
    options.shared(context, **{name: context.params.pop(name) for name in names})


class _Leaf(TyperCommand):
    """A command that takes the shared options besides its own, whose names are `own`."""

    def __init__(self, name: str | None, **attributes: Any) -> None:
        super().__init__(name, **attributes)
        self.own = {parameter.name for parameter in self.params}
        self.params += _shared_parameters()

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, which read plain values without pydantic."""
        parameters = super().get_params(ctx)
        lighten(parameters)
        return parameters

    def invoke(self, ctx: Any) -> Any:
        """Read the shared options, then run the command on its own; hand back its answer."""
        _read_shared(ctx)
        for name in _BEFORE_THE_NAME:
            if ctx.find_root().params.get(name) is not None and name not in self.own:
                raise UsageError(
                    f"{ctx.info_name} takes no --{name}", todo=f"see `{ctx.command_path} --help`"
                )
        session = options.session_of(ctx)
        if session.keeps:
            self._take_down(ctx, session)
        return super().invoke(ctx)

    def _take_down(self, ctx: Any, session: Session) -> None:
        """Tell the session what is asked, for an answer that is kept."""
        from cli.keeping import plain_parameters

        session.command = ctx.command_path.partition(" ")[2]
        defaults = {parameter.name: parameter.default for parameter in self.params}
        stated = {
            name: value
            for name, value in ctx.params.items()
            if name in self.own and value != defaults.get(name)
        }
        session.parameters = plain_parameters(stated)


class _Group(TyperGroup):
    """Commands by topic, not imported before they are called."""

    def __init__(
        self, name: str, topics: Mapping[str, Mapping[str, Place | Family]], **attributes: Any
    ) -> None:
        super().__init__(
            name=name,
            invoke_without_command=True,
            rich_markup_mode=None,
            context_settings=_HELP,
            **attributes,
        )
        self.members = {each: member for members in topics.values() for each, member in members.items()}
        self.topics = topics

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, which read plain values without pydantic."""
        parameters = super().get_params(ctx)
        lighten(parameters)
        return parameters

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        """Return the names, in the order of the help."""
        return list(self.members)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """Return the command of that name, imported; None if there is none."""
        member = self.members.get(cmd_name)
        if isinstance(member, Family):
            return _Group(cmd_name, {"Commands": member.members}, help=member.summary)
        return member and _command_of(cmd_name, _function_at(member), _Leaf)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """List the commands by topic, without importing them."""
        for topic, members in self.topics.items():
            with formatter.section(topic):
                formatter.write_dl([(name, member.summary) for name, member in members.items()])

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the first word names, or an error that names the likeliest ones."""
        if args[0] not in self.members and not args[0].startswith("-"):
            todo = did_you_mean(args[0], self.members, otherwise=f"see `{ctx.command_path} --help`")
            raise UsageError(f"no command {args[0]!r}", todo=todo)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the named command; without one, print the help."""
        if not ctx._protected_args:  # noqa: SLF001  the only place where it says that no command was named
            typer.echo(ctx.get_help())
            raise typer.Exit
        return super().invoke(ctx)


class _Root(_Group):
    """`sightline` itself, with the options that may come before the command's name."""

    def invoke(self, ctx: Any) -> Any:
        """Read the shared options, then run the named command."""
        _read_shared(ctx)
        return super().invoke(ctx)


def _function_at(place: Place) -> Any:
    module, _, name = place.function.partition(":")
    return getattr(import_module(module), name)


def _print_version(value: bool) -> None:
    """Print the version and end, where it is asked for."""
    if value:
        from importlib.metadata import version

        typer.echo(f"sightline {version(DISTRIBUTION)}")
        raise typer.Exit


def _before(
    release: options.Release = None,
    *,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit."),
    ] = False,
) -> None:
    """Explore detection coverage over MITRE ATT&CK."""


def application() -> TyperGroup:
    """Return the whole tree, of which nothing is imported yet."""
    own = _command_of("sightline", _before, TyperCommand)
    parameters: Sequence[Any] = [*own.params, *_shared_parameters(), *get_install_completion_arguments()]
    return _Root("sightline", TOPICS, params=list(parameters), help=own.help)

"""docs/cli.md, from the command tree: what `--help` prints, for every command."""

from collections.abc import Iterator, Mapping

from typer.core import TyperCommand, TyperGroup

from cli import exits
from cli.topics import TOPICS, Family, Place
from cli.tree import application

WIDTH = 78
"""Columns of the help blocks: what typer gives to a terminal of 80 columns or more."""

HEAD = """<!-- Written by `make docs` from cli/; do not edit. -->
# The command line

stdout is the answer, stderr the conversation: `sightline coverage T1528 --format json -v | jq` works. `--format json`
is one document whose fields are added to and never renamed: an array of rows, or an object. CSV has the same fields.
Tables and Markdown are for people: titles over the columns, states in words (`unplaced` reads "claimed, platform not
stated"). A table on a terminal prints once, above, what is the same in every row, and leaves out columns that do not
fit; it names what it left out. In a pipe a table has all columns and a row per line.

The options of `sightline` itself, and `--release`, may come before the name of the command or after it.
"""


def cli_page() -> str:
    """Return the text of docs/cli.md."""
    return "".join([HEAD, *_all_help(), "\n## Exit codes\n\n", *_exit_codes()])


def _all_help() -> Iterator[str]:
    root = application()
    yield _block(root, "sightline")
    for topic, members in TOPICS.items():
        yield f"\n## {topic}\n"
        yield from _members(root, "sightline", members)


def _members(group: TyperGroup, path: str, members: Mapping[str, Place | Family]) -> Iterator[str]:
    context = group.make_context(path, [], resilient_parsing=True)
    for name, member in members.items():
        command = group.get_command(context, name)
        if isinstance(member, Family) and isinstance(command, TyperGroup):
            yield from _members(command, f"{path} {name}", member.members)
        elif isinstance(command, TyperCommand):
            yield f"\n### {path} {name}\n"
            yield _block(command, f"{path} {name}")


def _block(command: TyperCommand | TyperGroup, path: str) -> str:
    return f"\n```text\n{help_of(command, path)}\n```\n"


def help_of(command: TyperCommand | TyperGroup, path: str) -> str:
    """Return what `PATH --help` prints on a terminal that is wide enough."""
    context = command.make_context(path, [], resilient_parsing=True, terminal_width=WIDTH)
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def _exit_codes() -> Iterator[str]:
    yield "| code | means |\n|---|---|\n"
    for code, meaning in exits.meanings().items():
        yield f"| {code} | {meaning} |\n"

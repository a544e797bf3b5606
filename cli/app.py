"""`sightline`: words in, an exit code out. The one place where errors become a line on stderr and a code."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from cli import exits
from cli.session import Session
from graph.errors import SightlineError, UsageError

if TYPE_CHECKING:
    import typer

_COMPLETION = "_SIGHTLINE_COMPLETE"


def main() -> None:
    """Run the command that the process was started with, and end with its code.

    All that a command opens it closes; the interpreter need not take half a million objects of a release apart.
    """
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            if stream is not None:
                stream.flush()
    os._exit(code)


def run(words: Sequence[str]) -> int:
    """Return the exit code of `sightline WORDS`; the answer is on stdout, the conversation on stderr.

    SightlineErrors carry their code; Ctrl-C is 130; anything else that is raised is a bug of ours, 70.
    """
    session = Session()
    try:
        return _answered(words, session)
    except SightlineError as error:
        session.error(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        session.error("interrupted")
        return exits.INTERRUPTED
    except BrokenPipeError:
        return _quietly()
    except Exception as error:  # noqa: BLE001  the last resort: a person never sees a traceback unasked
        return _bug(error, session)


def _answered(words: Sequence[str], session: Session) -> int:
    import typer

    from cli.tree import application

    command = application()
    if _COMPLETION in os.environ:
        command.main(list(words), prog_name="sightline")
    try:
        with command.make_context("sightline", list(words), obj=session) as context:
            answer = command.invoke(context)
    except typer.Exit as end:
        return end.exit_code
    except typer.TyperException as error:
        raise _usage(error) from error
    return exits.DONE if answer is None else session.deliver(answer)


def _usage(error: "typer.TyperException") -> UsageError:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "sightline"
    return UsageError(" ".join(error.format_message().split()).rstrip("."), todo=f"see `{path} --help`")


def _quietly() -> int:
    from cli.delivery import forget_stdout

    forget_stdout()
    return exits.DONE


def _bug(error: Exception, session: Session) -> int:
    import traceback
    from pathlib import Path

    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    session.error(
        f"a bug in Sightline: {type(error).__name__}: {error} ({place}); "
        "please report it as README.md says, with what `sightline -v` adds"
    )
    if session.verbosity > 0:
        traceback.print_exception(error)
    return exits.BUG

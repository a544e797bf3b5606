"""`sightline`: words in, an exit code out. The one place where errors become a line on stderr and a code."""

import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from cli import exits
from cli.delivery import need_stdout
from cli.session import Session
from graph.errors import LimitExceededError, SightlineError, UsageError

if TYPE_CHECKING:
    import typer

    from cli.answer import Answer

_CODES = {signal.SIGHUP: exits.HUNG_UP, signal.SIGTERM: exits.TERMINATED}
_OBJECTS = 100_000
"""New objects after which Python looks for cycles among them; its 700 are reached dozens of times by imports."""
_COMPLETION = "_SIGHTLINE_COMPLETE"


def main() -> None:
    """Run the command that the process was started with, and end with its code.

    All that a command opens it closes; the interpreter need not take half a million objects of a release apart.
    """
    gc.set_threshold(_OBJECTS)
    _hold_standard_descriptors()
    _heed_signals()
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            if stream is not None:
                stream.flush()
    os._exit(code)


def _hold_standard_descriptors() -> None:
    """Put something on 0, 1 and 2 where they are closed: else the next file or socket to be opened is stdout to C."""
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:  # noqa: PLR2004
        os.set_inheritable(descriptor, True)
    os.close(descriptor)


class EndedError(KeyboardInterrupt):
    """The system asks the process to end; what an interrupt cleans up, this cleans up too."""

    def __init__(self, number: signal.Signals) -> None:
        super().__init__(number.name)
        self.number = number


def _heed_signals() -> None:
    """End by SIGTERM and SIGHUP as by Ctrl-C, unless whoever started the process wants a signal ignored (nohup)."""
    for number in _CODES:
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _frame: object) -> None:
    for each in _CODES:
        signal.signal(each, signal.SIG_IGN)  # a second one would end the cleaning up
    raise EndedError(signal.Signals(number))


def run(words: Sequence[str]) -> int:
    """Return the exit code of `sightline WORDS`; the answer is on stdout, the conversation on stderr.

    SightlineErrors carry their code; Ctrl-C is 130, SIGTERM 143, SIGHUP 129; what the operating system refuses is 8
    (a full disk, no memory) or 2; anything else that is raised is a bug of ours, 70.
    """
    session = Session()
    try:
        return _answered(words, session)
    except BrokenPipeError:
        return _quietly()
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  a person never sees a traceback unasked
        return _told(error, session)


def _told(error: BaseException, session: Session) -> int:
    """Say in one line what went wrong; return the exit code."""
    match error:
        case SightlineError():
            session.error(str(error))
            return error.exit_code
        case EndedError():
            session.error(f"ended by {error.number.name}")
            return _CODES[error.number]
        case KeyboardInterrupt():
            session.error("interrupted")
            return exits.INTERRUPTED
        case OSError():
            return _of_system(error, session)
        case MemoryError():
            session.error(
                "this machine has no memory left for it; give it less, or run it where there is more"
            )
            return LimitExceededError.exit_code
        case _:
            return _bug(error, session)


def _answered(words: Sequence[str], session: Session) -> int:
    import typer

    try:
        answer = answer_to(words, session)
    except typer.Exit as end:
        if end.exit_code == exits.DONE:
            need_stdout()  # for the help
        return end.exit_code
    return exits.DONE if answer is None else session.deliver(answer)


def answer_to(words: Sequence[str], session: Session) -> "Answer | None":
    """Return what the command that `words` name answers; None where it has said all itself.

    Raises:
        SightlineError: the words do not fit, or what the command raises.
        typer.Exit: the words ask for help.
    """
    import typer

    from cli.tree import application

    command = application()
    if _COMPLETION in os.environ:
        command.main(list(words), prog_name="sightline")
    try:
        with command.make_context("sightline", list(words), obj=session) as context:
            answer: Answer | None = command.invoke(context)
    except typer.TyperException as error:
        raise _usage(error) from error
    return answer


def _usage(error: "typer.TyperException") -> UsageError:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "sightline"
    return UsageError(" ".join(error.format_message().split()).rstrip("."), todo=f"see `{path} --help`")


def _quietly() -> int:
    from cli.delivery import forget_stdout

    forget_stdout()
    return exits.DONE


def _of_system(error: OSError, session: Session) -> int:
    """Say what the operating system refused, for which no command has better words."""
    from graph.files import refused

    told = refused(error, UsageError, todo="check that it is there, and its permissions")
    session.error(str(told))
    if session.verbosity > 0:
        import traceback

        traceback.print_exception(error)
    return told.exit_code


def _bug(error: BaseException, session: Session) -> int:
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

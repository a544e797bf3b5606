"""How an answer reaches stdout: its format, the terminal's width and letters, a reader that has left."""

import os
import sys

from cli.answer import Answer, Exact, Text
from cli.render.forms import Form
from cli.render.screen import Color, Screen
from graph.errors import LimitExceededError, UsageError


def rendered(answer: Answer, form: Form, screen: Screen) -> str:
    """Return the answer as text in the format `form`."""
    if isinstance(answer, Exact):
        raise TypeError("bytes are written, not rendered")
    if isinstance(answer, Text):
        from cli.render.visible import visible

        return visible(answer.text, keep="\n\t")
    return form.render(answer, screen)


def screen_of_stdout(color: Color = Color.AUTO) -> Screen:
    """Describe the terminal on stdout; without one nothing is wrapped, and nothing colored unless `color` is always.

    `NO_COLOR` (no-color.org) and `TERM=dumb` switch colors off where `color` is auto.
    """
    out = sys.stdout
    if out is None or not out.isatty():
        return Screen(color=color is Color.ALWAYS, unicode=_takes_unicode())
    import shutil

    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    wanted = color is Color.ALWAYS or (color is Color.AUTO and not plain)
    return Screen(width=shutil.get_terminal_size().columns, color=wanted, unicode=_takes_unicode())


def _takes_unicode() -> bool:
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    return encoding.lower().replace("-", "").startswith("utf")


def deliver(answer: Answer, form: Form, color: Color = Color.AUTO) -> int:
    """Write the answer to stdout and return its exit code.

    JSON, CSV and Markdown are UTF-8 whatever the locale says, since a file of them names no encoding;
    a table is in the terminal's letters, others as escapes. A closed pipe is no error: its reader has left.

    Raises:
        LimitExceededError: stdout takes no more (a full disk).
        UsageError: exact bytes, and stdout is a terminal.
    """
    if isinstance(answer, Exact):
        data = _exact(answer)
    else:
        text = rendered(answer, form, screen_of_stdout(color))
        data = _encoded(text, form)
    _write(data)
    return answer.exit_code


def _exact(answer: Exact) -> bytes:
    if sys.stdout is not None and sys.stdout.isatty():
        raise UsageError(
            "exact bytes are not written to a terminal", todo="redirect them to a file or a pipe"
        )
    return answer.data


def _encoded(text: str, form: Form) -> bytes:
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode("utf-8" if form.in_utf8 else encoding, errors="backslashreplace")


def _write(data: bytes) -> None:
    need_stdout()
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        forget_stdout()
    except OSError as error:
        forget_stdout()
        raise LimitExceededError(
            f"cannot write: {error.strerror}", where="stdout", todo="free space there or write elsewhere"
        ) from error


def need_stdout() -> None:
    """Raise LimitExceededError where stdout is closed, as where it takes no more."""
    if sys.stdout is None:
        raise LimitExceededError("cannot write: it is closed", where="stdout", todo="redirect it to a file")


def forget_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush finds no closed pipe."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)

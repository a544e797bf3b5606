"""What the person asked for around the command itself, and the conversation on stderr."""

import sys
from dataclasses import dataclass, field

from cli.answer import Answer, Rows
from cli.delivery import deliver
from cli.render.forms import Form
from cli.render.visible import one_line
from graph.errors import UsageError


@dataclass(slots=True)
class Session:
    """One run of `sightline`: its shared options, filled while the words are read.

    Attributes:
        uri: the server that was named, else None.
        form: the format of the answer; None for the default, a table.
        envelope: whether JSON says what the rows are about.
        verbosity: -1 quiet (errors only), 0, 1 verbose.
    """

    uri: str | None = None
    form: Form | None = None
    envelope: bool = False
    verbosity: int = 0
    prefix: str = field(default="sightline: ", repr=False)

    def deliver(self, answer: Answer) -> int:
        """Write the answer to stdout in the wanted format; return its exit code."""
        if self.envelope and self.form not in {None, Form.JSON}:
            raise UsageError("--envelope is for JSON", todo="add --format json")
        form = Form.JSON if self.envelope else self.form or Form.TABLE
        if isinstance(answer, Rows) and not answer.values and answer.looked_at:
            self.say(f"nothing found; looked at {answer.looked_at}")
        return deliver(answer, form, envelope=self.envelope)

    def say(self, message: str) -> None:
        """One line on stderr, unless the person wants quiet."""
        if self.verbosity >= 0:
            self._line(message)

    def detail(self, message: str) -> None:
        """One line on stderr for those who asked for more."""
        if self.verbosity > 0:
            self._line(message)

    def error(self, message: str) -> None:
        """One line on stderr, quiet or not."""
        self._line(message)

    def confirm(self, question: str, *, yes: bool) -> bool:
        """Ask whether to go on: `yes`, or the person says so.

        Raises:
            UsageError: there is nobody to ask.
        """
        if yes:
            return True
        if sys.stdin is None or not sys.stdin.isatty():
            raise UsageError(f"{question} not a terminal", todo="pass --yes to confirm")
        print(f"{one_line(question)} [y/N] ", end="", file=sys.stderr, flush=True)  # noqa: T201
        return sys.stdin.readline().strip().lower() in {"y", "yes"}

    def _line(self, message: str) -> None:
        if sys.stderr is None:
            return
        encoding = sys.stderr.encoding or "ascii"
        line = f"{self.prefix}{one_line(message)}".encode(encoding, "backslashreplace").decode(encoding)
        try:
            print(line, file=sys.stderr, flush=True)  # noqa: T201
        except OSError:
            return  # stderr is closed or full: there is nowhere left to say so

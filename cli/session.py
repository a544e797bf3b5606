"""What the person asked for around the command itself, and the conversation on stderr."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cli.answer import Answer, One, Rows
from cli.delivery import deliver
from cli.render.forms import Form
from cli.render.screen import Color
from cli.render.visible import one_line
from graph.errors import UsageError

if TYPE_CHECKING:
    from graph.record import Json
    from graph.server.connection import Graph
    from queries.ask import AskedQuestion
    from queries.questions.releases.roots import LoadedRoot


@dataclass(slots=True)
class Session:
    """One run of `sightline`: its shared options, filled while the words are read.

    Attributes:
        uri: the server that was named, else None.
        form: the format of the answer; None for the default, a table.
        envelope: whether JSON says what the rows are about.
        save: where the answer file goes, if it is kept.
        color: when tables are colored.
        verbosity: -1 quiet (errors only), 0, 1 verbose.
        command: the words of the command that runs, such as `plan telemetry`.
        parameters: what it was given, by name.
        graph: what is asked instead of the server that `uri` and the environment name.
    """

    uri: str | None = None
    form: Form | None = None
    envelope: bool = False
    save: Path | None = None
    color: Color = Color.AUTO
    verbosity: int = 0
    command: str = ""
    parameters: "Mapping[str, Json]" = field(default_factory=dict)
    graph: "Graph | None" = field(default=None, repr=False)
    prefix: str = field(default="sightline: ", repr=False)
    _questions: "set[AskedQuestion]" = field(default_factory=set, repr=False)
    _loaded: "dict[tuple[str, str], LoadedRoot]" = field(default_factory=dict, repr=False)

    @property
    def keeps(self) -> bool:
        """Whether the answer is told with what it rests on: `--envelope`, `--save` or `-v`."""
        return self.envelope or self.save is not None or self.verbosity > 0

    @property
    def for_people(self) -> bool:
        """Whether the answer is a table."""
        return self.form in {None, Form.TABLE} and not self.envelope

    def rests_on(self, questions: "Iterable[AskedQuestion]", loaded: "Sequence[LoadedRoot]") -> None:
        """Take down what was asked of a graph, and what was loaded there."""
        self._questions.update(questions)
        self._loaded.update({(root.kind, root.key): root for root in loaded})

    def deliver(self, answer: Answer) -> int:
        """Write the answer to stdout in the wanted format, keep it where that is wanted; return its exit code."""
        if self.envelope and self.form not in {None, Form.JSON}:
            raise UsageError("--envelope is for JSON", todo="add --format json")
        form = Form.JSON if self.envelope else self.form or Form.TABLE
        if isinstance(answer, Rows) and not answer.values and answer.looked_at:
            self.say(f"nothing found; looked at {answer.looked_at}")
        if isinstance(answer, Rows | One) and (self.envelope or self.save or self._questions):
            file = self.kept(answer)
            self.detail(f"digest {file['digest']}")
            self._save(file)
            answer = One(file, answer.scope, answer.exit_code) if self.envelope else answer
        elif self.save is not None:
            raise UsageError("--save keeps rows and objects, not text", todo="drop --save")
        return deliver(answer, form, self.color)

    def kept(self, answer: Rows | One) -> "dict[str, Json]":
        """Return the answer file of an answer, with all that was asked and loaded for it.

        Raises:
            UsageError: a value of the answer has no RFC 8785 form.
        """
        from cli.keeping import kept

        return kept(self.command, self.parameters, answer, self._questions, tuple(self._loaded.values()))

    def _save(self, file: "Mapping[str, Json]") -> None:
        from cli.keeping import write

        if self.save is not None:
            write(self.save, file)

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
            UsageError: stdin is not a terminal.
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

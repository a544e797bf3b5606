"""What a format is given and what it is: the terms in which formats and whoever reads by them speak."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Protocol, runtime_checkable

if TYPE_CHECKING:
    from loaders.evidence.read_rules import ReadRules
    from loaders.loadable import Loadable
    from loaders.reading.one_file import Limits, SourceFile
    from loaders.reading.problems import Problem


class Takes(StrEnum):
    """What the command takes after its name."""

    FILE = "FILE"
    """One file."""
    FILES = "FILES"
    """Files, each of which is loaded on its own: a bad one does not stop the others."""
    TREE = "TREE"
    """One folder, .zip or file, read as one."""
    TREES = "TREES"
    """Folders, .zip archives and files, all read before anything of them is loaded."""


class Option(NamedTuple):
    """An option of `load` that not every format has.

    Attributes:
        name: without the two hyphens.
        metavar: what it takes; "" for one that is there or not.
        help: a sentence.
        repeatable: whether it may be given several times.
    """

    name: str
    metavar: str
    help: str
    repeatable: bool = False


SET = Option("set", "NAME", "Name of the set, if the source has none.")
SET_VERSION = Option("set-version", "V", "Version of the set, if the source has none.")
STRICT = Option("strict", "", "Reject everything if any item is invalid.")
RELEASE = Option("release", "R", "Release of the file, if it does not state one: 16.1 or ics-attack@16.1.")
ALIASES = Option(
    "aliases", "FILE", "Your own rows for the log-source tables, as CSV; repeatable.", repeatable=True
)


class Naming(NamedTuple):
    """What a person says of the input that the input may not say itself.

    Attributes:
        name: of the set (--set).
        version: of the set (--set-version).
        release: of the bundle (--release).
    """

    name: str | None = None
    version: str | None = None
    release: str | None = None


UNNAMED = Naming("rules", "0")
"""For reading rules that become no set."""


class Source(NamedTuple):
    """What is to be read.

    Attributes:
        paths: as the user named them.
        limits: how much may be read from each; None for the usual ones.
        options: name -> values of the options that only this format has; one that is not given is absent.
        content: of the only path, where it is at hand.
    """

    paths: tuple[str, ...]
    limits: "Limits | None" = None
    options: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    content: "SourceFile | None" = None

    @classmethod
    def of(cls, content: "SourceFile") -> "Source":
        """Return the source of one file that was read already."""
        return cls((content.path,), content=content)

    @property
    def path(self) -> str:
        """The only path."""
        (path,) = self.paths
        return path

    def file(self) -> "SourceFile":
        """Return the only file.

        Raises:
            InputRejectedError: as `loaders.reading.sources.read_file` does.
        """
        return self.content or self.read_file(self.path)

    def read_file(self, path: str) -> "SourceFile":
        """Return a file that the path or an option names, within the limits of this source."""
        from loaders.reading.one_file import USUAL
        from loaders.reading.sources import read_file

        return read_file(path, self.limits or USUAL)

    def tree(self, path: str, *suffixes: str) -> "Iterator[SourceFile | Problem]":
        """Yield the files under one of the paths that end in one of `suffixes`, or what is wrong with each.

        Raises:
            InputRejectedError: as `loaders.reading.sources.read_tree` does.
        """
        from loaders.reading.one_file import USUAL
        from loaders.reading.sources import read_tree

        return read_tree(path, suffixes, self.limits or USUAL)


class Format(Protocol):
    """A format of input."""

    @property
    def takes(self) -> Takes:
        """Returns what the command takes after its name."""

    @property
    def options(self) -> tuple[Option, ...]:
        """Returns which of the options that not every format has: those above, and others of its own."""

    @property
    def help(self) -> str:
        """Returns what the command's help says below the summary."""

    def read(self, source: Source, naming: Naming) -> "Iterable[Loadable | Problem]":
        """Yield what the source holds, ready to be loaded, and what in it belongs to nothing that can be loaded.

        Raises:
            InputRejectedError: nothing of it can be taken.
            UsageError: the input and `naming` together do not say what it is.
        """


@runtime_checkable
class RuleFormat(Format, Protocol):
    """A format whose pieces are detection rules."""

    def rules(self, source: Source) -> "ReadRules":
        """Return the rules under the path, without a set around them: no name and no version is asked for.

        Raises:
            InputRejectedError: nothing can be read there, or a table of aliases is not one.
        """

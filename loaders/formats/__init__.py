"""The formats that `sightline load` reads: one entry each, imported when it is asked for.

A new format is one file (or folder) here that defines a `Format`, its line in FORMATS, and its test. The command,
its options, its help, the lifecycle in the graph, the reports and the contract test come from the entry.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

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


@dataclass(frozen=True, slots=True)
class Option:
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


@dataclass(frozen=True, slots=True)
class Naming:
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


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be read.

    Attributes:
        paths: as the user named them.
        limits: how much may be read from each; None for the usual ones.
        options: name -> values of the options that only this format has; one that is not given is absent.
        content: of the only path, where it is at hand.
    """

    paths: tuple[str, ...]
    limits: "Limits | None" = None
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
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


@dataclass(frozen=True, slots=True)
class Entry:
    """The line of a format.

    Attributes:
        place: `module:name` of the `Format`.
        summary: first line of the command's help.
    """

    place: str
    summary: str

    def load(self) -> Format:
        """Return the format, imported."""
        module, _, name = self.place.partition(":")
        return cast("Format", getattr(import_module(module), name))


FORMATS: Mapping[str, Entry] = MappingProxyType({
    "attack": Entry("loaders.formats.attack.format:ATTACK",
                    "Load ATT&CK releases: STIX 2.0 or 2.1 bundles, plain or .gz."),
    "sigma": Entry("loaders.formats.sigma.format:SIGMA",
                   "Load Sigma rules: a folder, a .zip or a file, as one set in one transaction."),
    "sigma-tests": Entry("loaders.formats.sigma.tests_format:SIGMA_TESTS",
                         "Load SigmaHQ's regression tests: a folder, a .zip or a file, as one set."),
    "elastic": Entry("loaders.formats.elastic.format:ELASTIC",
                     "Load Elastic's detection rules: a folder, a .zip or a file, as one set in one transaction."),
    "splunk": Entry("loaders.formats.splunk.format:SPLUNK",
                    "Load Splunk's detections: a folder, a .zip or a file, as one set in one transaction."),
    "sentinel": Entry("loaders.formats.sentinel.format:SENTINEL",
                      "Load Sentinel's analytics rules: a folder, a .zip or a file, as one set in one transaction."),
    "atomic": Entry("loaders.formats.atomic.format:ATOMIC",
                    "Load the tests of Atomic Red Team: a folder, a .zip or a file, as one set."),
    "ctid": Entry("loaders.formats.ctid.format:CTID",
                  "Load CTID's mappings: Mappings Explorer JSON and Security Stack YAML."),
    "detections": Entry("loaders.formats.detections:DETECTIONS",
                        "Load cloud products' own detections: files of the format native-detections/1."),
    "environment": Entry("loaders.formats.environment:ENVIRONMENT",
                         "Load what you run, collect and enable: a file of the format environment/1."),
    "annotations": Entry("loaders.formats.annotations:ANNOTATIONS",
                         "Load notes on official objects: files of the format attack-annotations/1."),
})  # fmt: skip
"""The word after `load` -> its format."""

"""What a format of rules was read into, the same for every publisher."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from loaders.evidence.model import Claim
from loaders.reading.problems import Problem


class AnyRule(Protocol):
    """A rule of any format, as far as all of them are alike."""

    @property
    def id(self) -> str:
        """Unique in what was read."""

    @property
    def title(self) -> str:
        """A line for people."""

    @property
    def path(self) -> str:
        """The file."""

    @property
    def line(self) -> int | None:
        """Where it begins in its file, from 1."""

    @property
    def sha256(self) -> str:
        """Of its record."""

    @property
    def platforms(self) -> tuple[str, ...]:
        """Platforms that it runs on."""

    @property
    def runs_on(self) -> tuple[str, ...]:
        """The same, with their names in other releases."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Techniques that it claims."""

    @property
    def tags(self) -> tuple[str, ...]:
        """As written."""

    @property
    def tactics(self) -> tuple[str, ...]:
        """Shortnames of the tactics that it names."""


@dataclass(frozen=True, slots=True)
class ReadRules:
    """Rules that were read.

    Attributes:
        rules: in the order of the source.
        problems: what was odd or could not be taken.
        suffixes: how the names of their files end.
    """

    rules: Sequence[AnyRule]
    problems: Sequence[Problem]
    suffixes: tuple[str, ...]

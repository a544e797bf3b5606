"""environment/1: what you run, collect and enable."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from loaders.ownformat import Checked, Day, Flaw, Part, Slug, Text, read_checked, repeated
from loaders.source import SourceFile
from loaders.tables.log_sources import fold

_Words = Annotated[tuple[str, ...], Field(min_length=1)]


class StatedLogSource(Part):
    """A log source and how far it is collected."""

    name: Text
    status: Literal["collected", "partial", "planned", "not_used"] = "collected"
    since: Day | None = None
    note: str | None = None


class Selector(Part):
    """Evidence by what it is: any of the words of each key, and all keys that are given.

    Attributes:
        set: name of a set, for its current version, or key of one version (`sigmahq@r2026-04-01`).
        source: key of the product that reports a finding.
    """

    set: _Words | None = None
    product: _Words | None = None
    category: _Words | None = None
    service: _Words | None = None
    status: _Words | None = None
    level: _Words | None = None
    source: _Words | None = None

    @model_validator(mode="after")
    def not_empty(self) -> Self:
        """Refuse a selector that would select everything."""
        if not self.model_fields_set:
            raise PydanticCustomError("empty", "selects everything; write at least one key, such as set")
        return self


class Validation(Part):
    """That a piece of evidence was tried out: tested on purpose, or observed at work."""

    state: Literal["tested", "observed"]
    on: Day
    note: str | None = None


class Switch(Part):
    """Evidence that is switched on or off; a later one of the list wins."""

    id: str | None = None
    select: Selector | None = None
    enabled: bool = True
    since: Day | None = None
    validated: Validation | None = None

    @model_validator(mode="after")
    def one_of_id_and_select(self) -> Self:
        """Refuse both and neither."""
        if (self.id is None) == (self.select is None):
            raise PydanticCustomError("id-or-select", "one of id and select is needed; write one of them")
        return self


class Placement(Part):
    """Where evidence without a platform applies."""

    select: Selector
    platforms: Annotated[tuple[Text, ...], Field(min_length=1)]


class EnvironmentFile(Part):
    """A file of environment/1."""

    format: Literal["environment/1"]
    name: Slug
    platforms: tuple[Text, ...] | None = None
    log_sources: tuple[StatedLogSource, ...] = ()
    enabled: tuple[Switch, ...] = ()
    placements: tuple[Placement, ...] = ()


def read_environment(source: SourceFile) -> Checked[EnvironmentFile]:
    """Read a file of environment/1.

    Raises:
        InputRejectedError: it is not well-formed, or states a platform or log source twice.
    """
    checked = read_checked(source, EnvironmentFile)
    checked.refuse(_flaws(checked.value))
    return checked


def _flaws(stated: EnvironmentFile) -> Iterator[Flaw]:
    platforms = ((f"/platforms/{n}", name) for n, name in enumerate(stated.platforms or ()))
    yield from repeated(platforms, "this platform")
    log_sources = ((f"/log_sources/{n}/name", fold(each.name)) for n, each in enumerate(stated.log_sources))
    yield from repeated(log_sources, "this log source")

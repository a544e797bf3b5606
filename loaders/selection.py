"""What an environment's selectors are, and what they mean among the sets that are loaded."""

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from graph.holding.environments import Selection, called, loaded_environments, matching, select
from graph.holding.lookup import Reads
from graph.holding.rows import Properties
from graph.holding.writer import Writer
from loaders.reading.checked import Day, Part, Text
from loaders.reading.problems import Problem

_Words = Annotated[tuple[str, ...], Field(min_length=1)]


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


def evaluate(graph: Reads, switches: Sequence[Switch], placements: Sequence[Placement]) -> Selection:
    """Return what the entries of an environment file select now; a later switch wins over an earlier one."""
    counts: list[int] = []
    enables: dict[str, Properties] = {}
    validated: dict[str, Properties] = {}
    for switch in switches:
        keys = _meant(graph, switch)
        counts.append(len(keys))
        for key in keys:
            enables.pop(key, None)
            if switch.enabled:
                enables[key] = {"since": switch.since}
            if switch.validated:
                validated[key] = switch.validated.model_dump()
    return Selection(tuple(counts), enables, validated, _placed(graph, placements))


def refresh_environments(writer: Writer) -> list[Problem]:
    """Compute anew what every environment selects, and note each selector whose number changed."""
    notes: list[Problem] = []
    for environment in loaded_environments(writer):
        switches = [Switch.model_validate_json(each) for each in environment.selectors]
        placements = [Placement.model_validate_json(each) for each in environment.placements]
        selection = evaluate(writer, switches, placements)
        select(writer, environment.key, selection)
        for number, (before, now) in enumerate(zip(environment.selected, selection.counts, strict=True)):
            if before != now:
                message = f"matches {now} pieces of evidence now, {before} before"
                notes.append(
                    Problem(f"environment {environment.key}", f"/enabled/{number}", "selection", message)
                )
    return notes


def _meant(graph: Reads, switch: Switch) -> list[str]:
    if switch.select is not None:
        return matching(graph, _words(switch.select))
    return called(graph, str(switch.id))


def _words(selector: Selector) -> dict[str, list[str] | None]:
    """Return the words that a selector allows; all but names of sets in lower case, as they are compared."""
    stated = selector.model_dump()
    return {
        key: [word if key == "set" else word.lower() for word in words] if words is not None else None
        for key, words in stated.items()
    }


def _placed(graph: Reads, placements: Sequence[Placement]) -> dict[str, Properties]:
    """Return the platforms of each piece of evidence; those of several placements are joined."""
    platforms: dict[str, dict[str, None]] = {}
    for placement in placements:
        for key in matching(graph, _words(placement.select)):
            platforms.setdefault(key, {}).update(dict.fromkeys(placement.platforms))
    return {key: {"platforms": list(names)} for key, names in platforms.items()}

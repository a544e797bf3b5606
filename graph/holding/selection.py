"""What environments select among the loaded sets: evaluated with the environment, and when a set comes or goes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from graph.holding.change import Reselected
from graph.holding.environments import loaded_environments
from graph.holding.lookup import Reads
from graph.holding.rows import Properties, Relationships

if TYPE_CHECKING:
    from graph.holding.writer import Writer

_KEYS = ("set", "product", "category", "service", "status", "level", "source")
_DESELECT = (
    "MATCH (:Environment {key: $key})-[selected:ENABLES|PLACES|VALIDATED|HAS_RESULT]->() DELETE selected"
)

Words = Mapping[str, Sequence[str]]
"""Key of a selector -> the words that it allows."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Evidence that is switched on or off, by its id or by what it is; a later one of the list wins.

    Attributes:
        id: of the evidence; None where it is selected.
        select: what it is; None where it is named.
        enabled: on or off.
        since: day.
        validated: properties of VALIDATED, if it was tried out.
    """

    id: str | None = None
    select: Words | None = None
    enabled: bool = True
    since: str | None = None
    validated: Properties | None = None

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the switch that an environment keeps as JSON."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Placement:
    """Where evidence without a platform applies.

    Attributes:
        select: which evidence.
        platforms: ATT&CK platforms.
    """

    select: Words
    platforms: Sequence[str]

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the placement that an environment keeps as JSON."""
        return cls(**json.loads(text))


@dataclass(frozen=True, slots=True)
class Result:
    """What running a test or trying out a rule gave.

    Attributes:
        state: detected, blocked or missed.
        on: day.
        test: id or key of a test; None where a rule was tried out.
        rule: id or key of a rule; None where a test was run.
        note: text.
    """

    state: str
    on: str
    test: str | None = None
    rule: str | None = None
    note: str | None = None

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Return the result that an environment keeps as JSON."""
        return cls(**json.loads(text))

    @property
    def properties(self) -> Properties:
        """Those of HAS_RESULT."""
        return {"state": self.state, "on": self.on, "note": self.note}


@dataclass(frozen=True, slots=True)
class Selection:
    """Which evidence an environment switches on, tried out and places.

    Attributes:
        counts: pieces of evidence that each selector matched, in the order of the file.
        enables: evidence key -> properties of ENABLES.
        validated: evidence key -> properties of VALIDATED.
        places: evidence key -> properties of PLACES.
        tried: pieces of evidence and tests that each result is about, in the order of the file.
        results: label, key and properties of HAS_RESULT of each.
    """

    counts: tuple[int, ...] = ()
    enables: Mapping[str, Properties] = field(default_factory=dict)
    validated: Mapping[str, Properties] = field(default_factory=dict)
    places: Mapping[str, Properties] = field(default_factory=dict)
    tried: tuple[int, ...] = ()
    results: tuple[tuple[str, str, Properties], ...] = ()

    def relationships(self, key: str) -> Iterator[Relationships]:
        """Yield the relationships of the environment `key` with what it selects."""
        for relationship_type, rows in (
            ("ENABLES", self.enables),
            ("VALIDATED", self.validated),
            ("PLACES", self.places),
        ):
            ends = [(key, evidence, properties) for evidence, properties in rows.items()]
            yield Relationships(relationship_type, "Environment", "Evidence", ends)
        for label in ("Evidence", "Test"):
            ends = [(key, tried, properties) for of, tried, properties in self.results if of == label]
            yield Relationships("HAS_RESULT", "Environment", label, ends)


def evaluate(
    graph: Reads,
    switches: Sequence[Switch],
    placements: Sequence[Placement],
    results: Sequence[Result] = (),
) -> Selection:
    """Return what the entries of an environment file select now; a later switch wins over an earlier one."""
    counts: list[int] = []
    enables: dict[str, Properties] = {}
    validated: dict[str, Properties] = {}
    for switch in switches:
        keys = matching(graph, switch.select) if switch.select is not None else called(graph, str(switch.id))
        counts.append(len(keys))
        for key in keys:
            enables.pop(key, None)
            if switch.enabled:
                enables[key] = {"since": switch.since}
            if switch.validated:
                validated[key] = dict(switch.validated)
    found = [_tried(graph, result) for result in results]
    return Selection(
        tuple(counts),
        enables,
        validated,
        _placed(graph, placements),
        tuple(map(len, found)),
        tuple(each for of_one in found for each in of_one),
    )


def _tried(graph: Reads, result: Result) -> list[tuple[str, str, Properties]]:
    if result.test is not None:
        return [("Test", key, result.properties) for key in tests_called(graph, result.test)]
    return [("Evidence", key, result.properties) for key in called(graph, str(result.rule))]


def _placed(graph: Reads, placements: Sequence[Placement]) -> dict[str, Properties]:
    """Return the platforms of each piece of evidence that states none; those of several placements are joined."""
    platforms: dict[str, dict[str, None]] = {}
    for placement in placements:
        for key in matching(graph, placement.select, unplaced=True):
            platforms.setdefault(key, {}).update(dict.fromkeys(placement.platforms))
    return {key: {"platforms": list(names)} for key, names in platforms.items()}


def select_anew(writer: "Writer") -> tuple[Reselected, ...]:
    """Compute anew what every environment selects; return each selector whose number changed."""
    changed: list[Reselected] = []
    for environment in loaded_environments(writer):
        switches = [Switch.from_json(text) for text in environment.selectors]
        placements = [Placement.from_json(text) for text in environment.placements]
        results = [Result.from_json(text) for text in environment.results]
        selection = evaluate(writer, switches, placements, results)
        _select(writer, environment.key, selection)
        both = enumerate(zip(environment.selected, selection.counts, strict=True))
        changed += [
            Reselected(environment.key, number, before, now)
            for number, (before, now) in both
            if before != now
        ]
    return tuple(changed)


def _select(writer: "Writer", key: str, selection: Selection) -> None:
    writer.change(_DESELECT, {"key": key})
    for batch in selection.relationships(key):
        writer.send(batch)
    writer.change(
        "MATCH (e:Environment {key: $key}) SET e.selected = $counts, e.resulted = $tried",
        {"key": key, "counts": list(selection.counts), "tried": list(selection.tried)},
    )


def _allowed(words: Words) -> dict[str, list[str] | None]:
    """Return the words that a selector allows; all but names of sets in lower case, as they are compared."""
    return {
        key: [word if key == "set" else word.lower() for word in words[key]] if key in words else None
        for key in _KEYS
    }


def matching(graph: Reads, words: Words, *, unplaced: bool = False) -> list[str]:
    """Return the keys of the evidence that a selector means.

    Args:
        graph: where to look.
        words: for each of set, product, category, service, status, level and source the words that it allows; a key
            that is left out allows everything. A set is meant by its name, in its current version, or by its key.
        unplaced: only evidence that states no platform.
    """
    found = graph.read(
        "MATCH (s:EvidenceSet) WHERE s.key IN $set OR (s.current AND ($set IS NULL OR s.name IN $set)) "
        "MATCH (s)-[:CONTAINS]->(e:Evidence) WHERE ($product IS NULL OR toLower(e.product) IN $product) "
        "AND ($category IS NULL OR toLower(e.category) IN $category) "
        "AND ($service IS NULL OR toLower(e.service) IN $service) "
        "AND ($status IS NULL OR toLower(e.status) IN $status) "
        "AND ($level IS NULL OR toLower(e.level) IN $level) "
        "AND ($source IS NULL OR toLower(e.source) IN $source) "
        "AND (NOT $unplaced OR e.runs_on IS NULL AND e.platforms IS NULL) RETURN e.key AS key",
        {**_allowed(words), "unplaced": unplaced},
    )
    return [str(row["key"]) for row in found]


def called(graph: Reads, name: str) -> list[str]:
    """Return the keys of the evidence called `name`: its id in a current set, SET/ID, or its key."""
    set_name, _, id_in_set = name.partition("/")
    found = graph.read(
        "MATCH (s:EvidenceSet)-[:CONTAINS]->(e:Evidence {id: $name}) WHERE s.current RETURN e.key AS key "
        "UNION MATCH (e:Evidence {key: $name}) RETURN e.key AS key "
        "UNION MATCH (s:EvidenceSet {name: $set_name}) WHERE s.current "
        "MATCH (e:Evidence {key: s.key + '/' + $id_in_set}) RETURN e.key AS key",
        {"name": name, "set_name": set_name, "id_in_set": id_in_set},
    )
    return [str(row["key"]) for row in found]


def tests_called(graph: Reads, name: str) -> list[str]:
    """Return the keys of the tests called `name`: their id in a current set, or their key."""
    found = graph.read(
        "MATCH (s:EvidenceSet)-[:CONTAINS]->(t:Test {id: $name}) WHERE s.current RETURN t.key AS key "
        "UNION MATCH (t:Test {key: $name}) RETURN t.key AS key",
        {"name": name},
    )
    return [str(row["key"]) for row in found]

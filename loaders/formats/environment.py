"""environment/1: what you run, collect and enable."""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal, Self, cast

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from graph.holding.environments import ENVIRONMENT as KIND
from graph.holding.environments import SEEING
from graph.holding.kind import Whole
from graph.holding.lookup import (
    Reads,
    known_log_sources,
    known_platforms,
    known_rule_log_sources,
    newest_release,
)
from graph.holding.rows import Batch, Nodes, Properties, Relationships
from graph.holding.selection import Placement, Result, Selection, Switch, evaluate
from graph.record import merkle_root
from loaders.formats import Naming, Option, Source, Takes
from loaders.loadable import Loadable
from loaders.reading.checked import Checked, Day, Flaw, Part, Slug, Text, meant, read_checked, repeated
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem
from loaders.reading.relative import base_name
from loaders.shared_nodes import log_source_node, record_batches
from loaders.tables.declared import declared, is_known, nearest_names
from loaders.tables.log_sources import fold
from loaders.tables.platforms import known_as, names_in

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


class StatedSwitch(Part):
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


class StatedPlacement(Part):
    """Where evidence without a platform applies."""

    select: Selector
    platforms: Annotated[tuple[Text, ...], Field(min_length=1)]


class StatedResult(Part):
    """What running a test, or trying out a rule, gave."""

    test: Text | None = None
    rule: Text | None = None
    state: Literal["detected", "blocked", "missed"]
    on: Day
    note: str | None = None

    @model_validator(mode="after")
    def one_of_test_and_rule(self) -> Self:
        """Refuse both and neither."""
        if (self.test is None) == (self.rule is None):
            raise PydanticCustomError("test-or-rule", "one of test and rule is needed; write one of them")
        return self


class StatedLogSource(Part):
    """A log source and how far it is collected."""

    name: Text
    status: Literal["collected", "partial", "planned", "not_used"] = "collected"
    since: Day | None = None
    note: str | None = None


class EnvironmentFile(Part):
    """A file of environment/1."""

    format: Literal["environment/1"]
    name: Slug
    platforms: tuple[Text, ...] | None = None
    log_sources: tuple[StatedLogSource, ...] = ()
    enabled: tuple[StatedSwitch, ...] = ()
    placements: tuple[StatedPlacement, ...] = ()
    results: tuple[StatedResult, ...] = ()


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


# Into the graph -------------------------------------------------------------------------------------------


class Environment:
    """Files of environment/1: each is an environment; its pieces are the entries of the file."""

    takes: ClassVar[Takes] = Takes.FILE
    options: ClassVar[tuple[Option, ...]] = ()
    help: ClassVar[str] = (
        "Its selectors are evaluated now and whenever a set comes or goes; how much each matches is said."
    )

    def read(self, source: Source, naming: Naming) -> Iterator[Loadable]:
        """Yield the environment of a file.

        Log sources, platforms and selectors that nothing in the graph answers to are stored, and noted.

        Raises:
            InputRejectedError: the file is not taken (see `read_environment`).
        """
        del naming
        checked = read_environment(source.file())
        stated = checked.value
        pieces = (
            len(stated.platforms or ())
            + len(stated.log_sources)
            + len(stated.enabled)
            + len(stated.placements)
            + len(stated.results)
        )
        yield Loadable(
            kind=KIND,
            key=stated.name,
            source=checked.path,
            whole=lambda graph: _whole(graph, checked),
            items=pieces,
            stored=pieces,
            notes=lambda graph, whole: _notes(graph, checked, whole),
        )


ENVIRONMENT = Environment()


def _whole(graph: Reads, checked: Checked[EnvironmentFile]) -> Whole:
    switches = [Switch.from_json(_json(each)) for each in checked.value.enabled]
    placements = [Placement.from_json(_placement(each)) for each in checked.value.placements]
    results = [Result.from_json(_json(each)) for each in checked.value.results]
    selection = evaluate(graph, switches, placements, results)
    batches = (*_rows(checked), *selection.relationships(checked.value.name))
    return Whole(KIND, KIND.label, _properties(checked, selection), batches, checked.path)


def _properties(checked: Checked[EnvironmentFile], selection: Selection) -> Properties:
    stated = checked.value
    return {
        "key": stated.name,
        "content_root": merkle_root([checked.record.data]),
        "file_sha256": checked.file_sha256,
        "source_name": base_name(checked.path),
        "platforms_stated": stated.platforms is not None,
        "selectors": [_json(each) for each in stated.enabled],
        "selected": list(selection.counts),
        "placements": [_placement(each) for each in stated.placements],
        "results": [_json(each) for each in stated.results],
        "resulted": list(selection.tried),
    }


def _json(entry: StatedSwitch | StatedPlacement | StatedResult) -> str:
    return entry.model_dump_json(exclude_none=True)


def _placement(entry: StatedPlacement) -> str:
    """Return the placement as JSON, its platforms with what other releases call them."""
    names = dict.fromkeys(name for platform in entry.platforms for name in known_as(platform))
    return _json(entry.model_copy(update={"platforms": tuple(names)}))


def _rows(checked: Checked[EnvironmentFile]) -> Iterator[Batch]:
    stated, record = checked.value, checked.record
    yield from record_batches(KIND.label, stated.name, {record.sha256: record.data.decode()}, record.media)
    platforms = stated.platforms or ()
    yield Nodes(
        "Platform", [{"name": name, "names": list(known_as(name))} for name in platforms], shared=True
    )
    yield Relationships("RUNS", "Environment", "Platform", [(stated.name, name, {}) for name in platforms])
    named = [(each, name) for each in stated.log_sources for name in declared(each.name).names]
    nodes = {fold(name): log_source_node(name) for _, name in named}
    yield Nodes("LogSource", list(nodes.values()), shared=True)
    collected = [(stated.name, fold(name), _collects(each, name)) for each, name in named]
    yield Relationships("COLLECTS", "Environment", "LogSource", collected)


def _collects(each: StatedLogSource, name: str) -> Properties:
    """Return the properties of COLLECTS; `as_written` is a spelling of the log source, which Sigma's name is not."""
    return {
        "status": each.status,
        "sees": each.status in SEEING,
        "since": each.since,
        "note": each.note,
        "as_written": name,
        "declared_as": each.name if name != each.name else None,
    }


# What only the graph knows --------------------------------------------------------------------------------


def _notes(graph: Reads, checked: Checked[EnvironmentFile], whole: Whole) -> list[Problem]:
    stated = checked.value
    selected = cast("list[int]", whole.properties["selected"])
    flaws = [
        *_platform_flaws(graph, stated),
        *_log_source_flaws(graph, stated),
        *_selector_flaws(stated, selected),
        *_result_flaws(stated, cast("list[int]", whole.properties["resulted"])),
    ]
    return [checked.problem(each) for each in flaws]


def _platform_flaws(graph: Reads, stated: EnvironmentFile) -> Iterator[Flaw]:
    named = {name: f"/platforms/{n}" for n, name in enumerate(stated.platforms or ())}
    named |= {
        name: f"/placements/{number}/platforms/{n}"
        for number, each in enumerate(stated.placements)
        for n, name in enumerate(each.platforms)
    }
    known = known_platforms(graph)
    newest = newest_release(graph)
    for name, place in named.items():
        here = names_in(newest.domain, newest.number, name) if newest else [name]
        if newest and here and name not in here:
            message = f"{name} is {' and '.join(here)} in {newest.key}, and is read so"
            yield Flaw(place, "renamed-platform", message)
        elif known and name not in known:
            message = f"no technique of a loaded release has the platform {name!r}{meant(name, known)}"
            yield Flaw(place, "unknown-platform", message)


def _log_source_flaws(graph: Reads, stated: EnvironmentFile) -> Iterator[Flaw]:
    known = known_log_sources(graph, [fold(each.name) for each in stated.log_sources])
    of_rules = known_rule_log_sources(graph)
    for number, each in enumerate(stated.log_sources):
        source, place = declared(each.name), f"/log_sources/{number}/name"
        if fold(each.name) not in known and not is_known(source, of_rules):
            near = nearest_names(source, of_rules)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            message = f"unknown log source {each.name!r}: adds no coverage{hint}"
            yield Flaw(place, "unknown-log-source", message)
        elif source.logs and each.status in SEEING:
            message = (
                f"{each.name} is one kind of event: rules on it see; for ATT&CK's analytics declare the logs "
                f"that you collect, such as {' or '.join(source.logs)}"
            )
            yield Flaw(place, "kind-of-event", message)


def _selector_flaws(stated: EnvironmentFile, selected: Sequence[int]) -> Iterator[Flaw]:
    """Note how many pieces of evidence each selector matched; none is a warning."""
    for number, (switch, count) in enumerate(zip(stated.enabled, selected, strict=True)):
        what = f"id {switch.id}" if switch.id is not None else "select"
        place = f"/enabled/{number}"
        if count:
            yield Flaw(place, "selected", f"{what} matches {count} pieces of evidence")
        else:
            yield Flaw(place, "nothing-selected", f"{what} matches no evidence; load the set, or correct it")


def _result_flaws(stated: EnvironmentFile, tried: Sequence[int]) -> Iterator[Flaw]:
    """Note the results of what is not loaded: they are kept, and count once it is."""
    for number, (result, count) in enumerate(zip(stated.results, tried, strict=True)):
        if not count:
            what, id_ = ("test", result.test) if result.test is not None else ("rule", result.rule)
            message = f"no loaded set has the {what} {id_!r}; load the set, or correct the id"
            yield Flaw(f"/results/{number}/{what}", f"unknown-{what}", message)

"""environment/1: what you run, collect and enable."""

from collections.abc import Iterator, Sequence
from typing import Literal

from graph.errors import InputRejectedError, NotFoundError
from graph.holding.environments import LoadedEnvironment, Selection, loaded_environments, remove_whole, select
from graph.holding.lookup import Reads, known_log_sources, known_platforms
from graph.holding.releases import sweep
from graph.holding.rows import Batch, Nodes, Properties, Relationships, count_nodes, count_relationships
from graph.holding.writer import DEFAULT_WAIT, Writer, load_stamp, prepare, publish
from graph.record import merkle_root
from graph.server.connection import Graph, Lookup
from loaders.reading.checked import Checked, Day, Flaw, Part, Slug, Text, meant, read_checked, repeated
from loaders.reading.one_file import SourceFile
from loaders.reading.problems import Problem
from loaders.report import LoadReport, Outcome
from loaders.selection import Placement, Switch, evaluate
from loaders.shared_nodes import log_source_node
from loaders.tables.log_sources import fold, packed_names
from loaders.terms import USUAL_TERMS, Terms


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


def load_environment(graph: Graph, source: SourceFile, terms: Terms = USUAL_TERMS) -> LoadReport:
    """Load a file of environment/1; its selectors are evaluated now and whenever a set comes or goes.

    The report's items are the entries of the file: platforms, log sources, switches and placements. Log sources,
    platforms and selectors that nothing in the graph answers to are stored, and noted.

    Raises:
        InputRejectedError: the file is not taken (see `read_environment`), or other content is loaded under its name.
    """
    checked = read_environment(source)
    prepare(graph)
    if terms.dry_run:
        selection = evaluate(graph, checked.value.enabled, checked.value.placements)
        return _report(checked, Outcome.CHECKED, _notes(graph, checked, selection))
    stamp = load_stamp()
    key = checked.value.name

    def work(writer: Writer) -> tuple[Outcome, list[Problem]]:
        before = _find(writer, key)
        if before and _agrees(before, checked, replace=terms.replace):
            return Outcome.UNCHANGED, []
        if before:
            remove_whole(writer, key)
        for batch in _rows(checked, stamp["loaded_at"], stamp["load_id"]):
            writer.send(batch)
        selection = evaluate(writer, checked.value.enabled, checked.value.placements)
        select(writer, key, selection)
        notes = _notes(writer, checked, selection)
        sweep(writer)
        return (Outcome.REPLACED if before else Outcome.LOADED), notes

    landed = Lookup(
        "RETURN EXISTS { (:Environment {key: $key, load_id: $load_id}) } AS landed",
        {"key": key, "load_id": stamp["load_id"]},
    )
    outcome, notes = publish(graph, f"load environment {key}", work, landed=landed, wait=terms.wait)
    return _report(checked, outcome, notes)


def remove_environment(graph: Graph, key: str, *, wait: float = DEFAULT_WAIT) -> None:
    """Delete an environment in one transaction.

    Raises:
        NotFoundError: it is not loaded.
    """

    def work(writer: Writer) -> None:
        if _find(writer, key) is None:
            raise NotFoundError("this environment is not loaded", where=key, todo="check its name")
        remove_whole(writer, key)
        sweep(writer)

    prepare(graph)
    landed = Lookup("RETURN NOT EXISTS { (:Environment {key: $key}) } AS landed", {"key": key})
    publish(graph, f"remove environment {key}", work, landed=landed, wait=wait)


def _find(graph: Reads, key: str) -> LoadedEnvironment | None:
    return next((each for each in loaded_environments(graph) if each.key == key), None)


def _agrees(before: LoadedEnvironment, checked: Checked[EnvironmentFile], *, replace: bool) -> bool:
    """Tell whether the same content is loaded; refuse other content unless `replace`."""
    if before.content_root == _root(checked):
        return True
    if not replace:
        what = f"the environment {before.key} is loaded with other content"
        raise InputRejectedError(what, where=checked.path, todo="use --replace to replace it")
    return False


def _root(checked: Checked[EnvironmentFile]) -> str:
    return merkle_root([checked.record.data])


def _report(checked: Checked[EnvironmentFile], outcome: Outcome, notes: Sequence[Problem]) -> LoadReport:
    stated = checked.value
    entries = (
        len(stated.platforms or ()) + len(stated.log_sources) + len(stated.enabled) + len(stated.placements)
    )
    rows = list(_rows(checked, "", ""))
    return LoadReport(
        key=stated.name,
        outcome=outcome,
        items=entries,
        stored=entries,
        reported=0,
        nodes=count_nodes(rows),
        relationships=count_relationships(rows),
        content_root=_root(checked),
        problems=tuple(notes),
    )


def _rows(checked: Checked[EnvironmentFile], loaded_at: str, load_id: str) -> Iterator[Batch]:
    stated, record = checked.value, checked.record
    environment: Properties = {
        "key": stated.name,
        "content_root": _root(checked),
        "file_sha256": checked.file_sha256,
        "source_name": checked.path,
        "loaded_at": loaded_at,
        "load_id": load_id,
        "platforms_stated": stated.platforms is not None,
        "selectors": [each.model_dump_json(exclude_none=True) for each in stated.enabled],
        "selected": [0] * len(stated.enabled),
        "placements": [each.model_dump_json(exclude_none=True) for each in stated.placements],
    }
    yield Nodes("Environment", [environment])
    raw: Properties = {"sha256": record.sha256, "media": record.media, "text": record.data.decode()}
    yield Nodes("Raw", [raw], shared=True)
    yield Relationships("HAS_RECORD", "Environment", "Raw", [(stated.name, record.sha256, {})])
    platforms = stated.platforms or ()
    yield Nodes("Platform", [{"name": name} for name in platforms], shared=True)
    yield Relationships("RUNS", "Environment", "Platform", [(stated.name, name, {}) for name in platforms])
    yield Nodes("LogSource", [log_source_node(each.name) for each in stated.log_sources], shared=True)
    collected = [(stated.name, fold(each.name), _collects(each)) for each in stated.log_sources]
    yield Relationships("COLLECTS", "Environment", "LogSource", collected)


def _collects(each: StatedLogSource) -> Properties:
    return {"status": each.status, "since": each.since, "note": each.note, "as_written": each.name}


# What only the graph knows --------------------------------------------------------------------------------


def _notes(graph: Reads, checked: Checked[EnvironmentFile], selection: Selection) -> list[Problem]:
    stated = checked.value
    flaws = [
        *_platform_flaws(graph, stated),
        *_log_source_flaws(graph, stated),
        *_selector_flaws(stated, selection),
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
    for name, place in named.items():
        if known and name not in known:
            message = f"no technique of a loaded release has the platform {name!r}{meant(name, known)}"
            yield Flaw(place, "unknown-platform", message)


def _log_source_flaws(graph: Reads, stated: EnvironmentFile) -> Iterator[Flaw]:
    known = known_log_sources(graph, [fold(each.name) for each in stated.log_sources])
    table = packed_names()
    for number, each in enumerate(stated.log_sources):
        if fold(each.name) not in known and not table.knows(each.name):
            near = table.nearest(each.name)
            meant = f"; did you mean {near}?" if near else ""
            message = f"unknown log source {each.name!r}: adds no coverage{meant}"
            yield Flaw(f"/log_sources/{number}/name", "unknown-log-source", message)


def _selector_flaws(stated: EnvironmentFile, selection: Selection) -> Iterator[Flaw]:
    """Say how many pieces of evidence each selector matched; none is a warning."""
    for number, (switch, count) in enumerate(zip(stated.enabled, selection.counts, strict=True)):
        what = f"id {switch.id}" if switch.id is not None else "select"
        place = f"/enabled/{number}"
        if count:
            yield Flaw(place, "selected", f"{what} matches {count} pieces of evidence")
        else:
            yield Flaw(place, "nothing-selected", f"{what} matches no evidence; load the set, or correct it")

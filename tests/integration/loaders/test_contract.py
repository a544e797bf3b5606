"""The contract of everything that `load` reads: the same for each entry of FORMATS, and for the next one."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import cast

import pytest

from graph.errors import InputRejectedError
from graph.holding.change import Outcome
from graph.holding.publish import KINDS, remove
from graph.server.connection import Graph
from loaders.formats import FORMATS, STRICT, Format, Source, Takes
from loaders.loading import Loaded, load_source
from loaders.reading.problems import Severity
from loaders.terms import Terms
from tests.bundles import as_source
from tests.formats.example import Example, Files, written
from tests.formats.toy import EXAMPLE as TOY_EXAMPLE
from tests.formats.toy import TOY
from tests.graphs import snapshot


def example_of(word: str) -> Example:
    return cast("Example", import_module(f"tests.formats.{word.replace('-', '_')}").EXAMPLE)


@dataclass(frozen=True)
class Case:
    """A format with its example, ready to be loaded into a graph."""

    graph: Graph
    form: Format
    example: Example
    folder: Path

    def load(
        self, files: Files, *, replace: bool = False, strict: bool = False, dry_run: bool = False
    ) -> Loaded:
        paths = written(self.folder, files)
        if self.form.takes in (Takes.TREE, Takes.TREES):
            folders = {str(self.folder / Path(name).parts[0]) for name in files}
            paths = tuple(sorted(folders))
        source = Source(paths, options=self.example.options(self.folder))
        terms = Terms(replace=replace, strict=strict, dry_run=dry_run)
        return load_source(self.graph, self.form, source, self.example.naming, terms)

    def clear(self) -> None:
        for path in sorted(self.folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()

    def remove(self, key: str) -> None:
        (kind,) = [kind for kind in KINDS if key in keys(self.graph, kind.label)]
        remove(self.graph, kind, key)


def keys(graph: Graph, label: str) -> list[object]:
    return [row["key"] for row in graph.read(f"MATCH (n:{label}) RETURN n.key AS key")]


Make = Callable[[Format, Example], Case]


@pytest.fixture
def made(graph: Graph, tmp_path: Path) -> Make:
    def make(form: Format, example: Example) -> Case:
        for word, content in example.before.items():
            load_source(graph, word, Source.of(as_source(content)))
        return Case(graph, form, example, tmp_path)

    return make


@pytest.fixture(params=[*FORMATS, "toy"])
def case(request: pytest.FixtureRequest, made: Make) -> Case:
    word: str = request.param
    return made(TOY, TOY_EXAMPLE) if word == "toy" else made(FORMATS[word].load(), example_of(word))


def test_a_dry_run_writes_nothing(case: Case) -> None:
    before = snapshot(case.graph)
    (report,) = case.load(case.example.first, dry_run=True).reports
    assert report.outcome is Outcome.CHECKED
    assert snapshot(case.graph) == before


def test_what_comes_in_is_stored_or_reported_with_its_place(case: Case) -> None:
    (report,) = case.load(case.example.first).reports
    lost = [problem for problem in report.problems if problem.severity is not Severity.NOTE]
    assert report.outcome is Outcome.LOADED
    assert report.items == report.stored + report.reported > 0
    assert len(lost) == report.reported
    assert all(problem.path and problem.code and problem.message for problem in report.problems)
    assert all(problem.pointer for problem in report.problems)


def test_loading_again_changes_nothing(case: Case) -> None:
    first = case.load(case.example.first).reports
    loaded = snapshot(case.graph)
    again = case.load(case.example.first).reports
    assert [report.outcome for report in again] == [Outcome.UNCHANGED]
    assert [report.content_root for report in again] == [report.content_root for report in first]
    assert snapshot(case.graph) == loaded


def test_other_content_is_refused_until_it_may_replace(case: Case) -> None:
    case.load(case.example.first)
    loaded = snapshot(case.graph)
    case.clear()
    with pytest.raises(InputRejectedError, match=r"is loaded with other content .*--replace"):
        case.load(case.example.other)
    assert snapshot(case.graph) == loaded
    (report,) = case.load(case.example.other, replace=True).reports
    assert report.outcome is Outcome.REPLACED
    assert snapshot(case.graph) != loaded
    case.clear()
    case.load(case.example.first, replace=True)
    assert snapshot(case.graph) == loaded


def test_removing_leaves_the_graph_as_it_was(case: Case) -> None:
    before = snapshot(case.graph)
    (report,) = case.load(case.example.first).reports
    assert snapshot(case.graph) != before
    case.remove(report.key)
    assert snapshot(case.graph) == before


def test_what_cannot_be_taken_is_refused_in_one_line_and_changes_nothing(case: Case) -> None:
    case.load(case.example.first)
    loaded = snapshot(case.graph)
    case.clear()
    with pytest.raises(InputRejectedError) as caught:
        case.load(case.example.broken, replace=True)
    assert "\n" not in str(caught.value)
    assert snapshot(case.graph) == loaded


def test_strict_refuses_everything_if_a_piece_is_invalid(case: Case) -> None:
    before = snapshot(case.graph)
    (report,) = case.load(case.example.first, dry_run=True).reports
    if STRICT not in case.form.options or not report.reported:
        assert case.load(case.example.first).reports[0].outcome is Outcome.LOADED
        return
    with pytest.raises(InputRejectedError, match="--strict"):
        case.load(case.example.first, strict=True)
    assert snapshot(case.graph) == before

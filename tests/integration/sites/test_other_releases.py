"""Pages of releases that look otherwise: 9.0 without data sources, mobile, ICS; and without any evidence."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import app
from graph.server.connection import Graph, connect
from graph.server.settings import Target
from loaders.reading.sources import read_file
from pages.again import page_again
from pages.matrix import matrix_page, matrix_picture
from pages.page import MATRIX, PageSubject
from pages.single import page_file
from pages.site.making import Wanted, site, subjects_of
from pages.well_formed import check
from queries.ahead import Ahead
from queries.answers.narrowing import Narrowing
from queries.ask import ask
from queries.params import OfObject, OfRelease
from queries.questions.lookup.questions import LOG_SOURCES, OBJECT, OBJECTS
from tests.conftest import wipe
from tests.integration.pages.test_site import LARGEST, targets
from tests.loads import load_attack

RELEASES = {
    "enterprise-attack@9.0": ("enterprise-attack-9.0", "9.0"),
    "mobile-attack@17.1": ("mobile-attack-17.1", None),
    "ics-attack@18.1": ("ics-attack-18.1", None),
}
"""Key -> the bundle, and the release where it does not state it."""
ICS = "ics-attack@18.1"
CARRIED = re.compile(r'<script type="application/json" id="answer">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def bare(server: Target, data: Path) -> Iterator[Graph]:
    """Three releases and no evidence at all."""
    with connect(server, patience=60) as graph:
        wipe(graph)
        for name, version in RELEASES.values():
            load_attack(graph, read_file(str(data / "attack" / f"{name}.json.gz")), release=version)
        yield graph
        wipe(graph)


def of_each_kind(graph: Graph, release: str) -> dict[str, PageSubject]:
    """Return an active and a retired subject of every official kind that has pages."""
    ahead = Ahead(graph)
    every = ask(ahead, OBJECTS, OfRelease(release))
    live = {each.stix_id: each.live for each in every}
    subjects = subjects_of(ahead, Wanted(release), every)
    return {f"{one.page.kind} {live[one.stix_id]}": one.page for one in subjects if one.stix_id}


@pytest.mark.parametrize("release", RELEASES)
def test_every_kind_has_a_page_that_can_be_made_again(bare: Graph, release: str) -> None:
    found = of_each_kind(bare, release)
    assert {"Technique True", "Tactic True", "Group True", "Software True", "Mitigation True"} <= set(found)
    logs = [
        PageSubject("LogSource", release, each.log_source)
        for each in ask(bare, LOG_SOURCES, OfRelease(release))[:2]
    ]
    for subject in (*found.values(), *logs):
        html = page_file(bare, subject)
        (carried,) = CARRIED.findall(html)
        assert page_again(json.loads(carried)) == html, subject


@pytest.mark.parametrize("release", RELEASES)
def test_an_id_that_several_objects_share_leads_to_the_one_with_its_page(bare: Graph, release: str) -> None:
    ahead = Ahead(bare)
    every = ask(ahead, OBJECTS, OfRelease(release))
    subjects = [one for one in subjects_of(ahead, Wanted(release), every) if one.stix_id]
    asked = [OfObject(release, one.page.identifier) for one in subjects]
    ahead.fetch(OBJECT, asked)
    found = [ask(ahead, OBJECT, each)[0] for each in asked]
    assert [(each.type, each.stix_id) for each in found] == [(one.page.kind, one.stix_id) for one in subjects]
    assert len({one.page.identifier for one in subjects}) == len(subjects)


@pytest.mark.parametrize("release", RELEASES)
def test_narrowing_gives_no_page_another_name(bare: Graph, release: str) -> None:
    ahead = Ahead(bare)
    every = ask(ahead, OBJECTS, OfRelease(release))
    whole, narrowed = (
        {one.stix_id: one.page.identifier for one in subjects_of(ahead, wanted, every) if one.stix_id}
        for wanted in (Wanted(release), Wanted(release, narrowing=Narrowing(techniques=frozenset({"T0000"}))))
    )
    assert len(narrowed) < len(whole)
    assert {stix_id: whole[stix_id] for stix_id in narrowed} == narrowed


@pytest.mark.parametrize("release", RELEASES)
def test_the_matrix_has_every_technique(bare: Graph, release: str) -> None:
    subject = PageSubject(MATRIX, release, release)
    page, picture = (make(bare, subject, Narrowing()) for make in (matrix_page, matrix_picture))
    check(page)
    check(picture)
    live = {
        each.attack_id
        for each in ask(bare, OBJECTS, OfRelease(release))
        if each.type == "Technique" and each.live
    }
    named = set(re.findall(r">(T\d{4}(?:\.\d{3})?) ", page))
    assert named == live


@pytest.fixture(scope="module")
def ics(bare: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ics")
    for file in site(bare, Wanted(ICS), lambda *_: None):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return folder


def test_a_site_without_evidence_says_so(ics: Path) -> None:
    start = (ics / "index.html").read_text()
    assert "<strong>0</strong> sets of evidence in use" in start
    assert "No set of evidence is loaded." in start
    assert re.search(r"<strong>0 of \d+</strong> techniques covered", start)
    assert "No two sources that are loaded contradict each other" in (ics / "conflicts.html").read_text()
    assert "No set of evidence is loaded." in (ics / "sets.html").read_text()
    assert sorted(path.name for path in ics.iterdir() if path.is_dir()) == [
        *(
            "analytics",
            "answers",
            "assets",
            "campaigns",
            "datacomponents",
            "datasources",
            "detectionstrategies",
        ),
        *("groups", "logsources", "mitigations", "software", "tactics", "techniques"),
    ]


def test_its_links_lead_to_files_and_its_pages_keep_their_size(ics: Path) -> None:
    pages = sorted(ics.rglob("*.html"))
    assert [page for page in pages if page.stat().st_size > LARGEST] == []
    for page in pages:
        for path, _ in targets(page):
            assert path.is_file(), (page, path)


def test_an_empty_database_has_no_site(
    server: Target, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "site"
    with pytest.MonkeyPatch.context() as patch, connect(server, patience=60) as graph:
        wipe(graph)
        patch.setenv("NEO4J_URI", server.uri)
        patch.setenv("NEO4J_PASSWORD", server.password)
        assert app.run(["export", "site", str(folder)]) == 12
    assert capsys.readouterr().err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []

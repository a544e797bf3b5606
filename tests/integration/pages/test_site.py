"""A site of the bundled sample: every page is there, every link leads to one, and every number has its answer."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

import pytest

from cli import app
from cli.folders import MARK, put_folder
from graph.errors import UsageError
from graph.server.connection import Graph
from graph.server.settings import Target
from pages.page import PageSubject
from pages.site.addresses import FOLDERS, addresses
from pages.site.making import Wanted, site
from proofs.answer_file import verify_answer
from proofs.report import INTACT
from queries.answers.narrowing import Narrowing
from queries.ask import ask
from queries.params import Nothing, OfRelease
from queries.questions.coverage.totals import BY_TECHNIQUE, TechniquesEvidence
from queries.questions.lookup.questions import LOG_SOURCES, OBJECTS
from queries.questions.releases.questions import SETS
from tests.integration.pages.conftest import RELEASE

LARGEST = 400_000
"""Bytes of a page, as the issue has it."""
LARGEST_START = 300_000
LINK = re.compile(r'(?:href|src)="([^"]*)"')


def unheard(done: int, total: int) -> None:
    """Take progress and say nothing."""


@pytest.fixture(scope="module")
def folder(filled: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001  what the command reads
    return tmp_path_factory.mktemp("site") / "sightline"


@pytest.fixture(scope="module")
def made(folder: Path, server: Target) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEO4J_URI", server.uri)
        patch.setenv("NEO4J_PASSWORD", server.password)
        assert app.run(["export", "site", str(folder), "--release", "18.1-sample", "--rules"]) == 0
        yield folder


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def targets(page: Path) -> Iterator[tuple[Path, str]]:
    """Yield the files, and the places in them, to which a page leads within its site."""
    for href in map(unescape, LINK.findall(page.read_text())):
        if urlsplit(href).scheme or href == "#":
            continue
        path, place = urldefrag(href)
        yield ((page.parent / path).resolve() if path else page.resolve()), place


def test_every_object_has_a_page(filled: Graph, made: Path) -> None:
    objects = [each for each in ask(filled, OBJECTS, OfRelease(RELEASE)) if each.type in FOLDERS]
    for each in objects:
        name = each.attack_id if each.attack_id and each.live else each.attack_id or each.stix_id
        assert (made / FOLDERS[each.type] / f"{name}.html").exists(), each
    for source in ask(filled, LOG_SOURCES, OfRelease(RELEASE)):
        assert f">{source.log_source}</h1>" in "".join(p.read_text() for p in (made / "logsources").iterdir())
    for held in ask(filled, SETS, Nothing()):
        assert (made / "sets" / f"{held.set.replace('@', '-')}.html").exists()


def test_every_link_leads_to_a_file_and_a_place_in_it(made: Path) -> None:
    places: dict[Path, set[str]] = {}
    for page in pages(made):
        places[page.resolve()] = set(re.findall(r' id="([^"]+)"', page.read_text()))
    for page in pages(made):
        for target, place in targets(page):
            assert target.is_file(), (page, target)
            assert target.is_relative_to(made.resolve()), (page, target)
            assert not place or place in places[target], (page, target, place)


def test_pages_keep_their_size(made: Path) -> None:
    assert (made / "index.html").stat().st_size < LARGEST_START
    assert [page for page in pages(made) if page.stat().st_size > LARGEST] == []


def test_every_answer_file_is_what_it_says_and_is_linked(made: Path) -> None:
    files = sorted((made / "answers").iterdir())
    for file in files:
        assert verify_answer(file.read_bytes()).verdict == INTACT
        assert file.stem == json.loads(file.read_bytes())["digest"]
    linked = {
        name for page in pages(made) for name in re.findall(r"answers/([0-9a-f]{64})\.json", page.read_text())
    }
    assert linked == {file.stem for file in files}


def test_the_matrix_and_the_start_page_state_the_rows_of_coverage(filled: Graph, made: Path) -> None:
    rows = ask(filled, BY_TECHNIQUE, TechniquesEvidence(RELEASE))
    covered = sum(row.state == "covered" for row in rows)
    assert (
        f"<strong>{covered} of {len(rows)}</strong> techniques covered" in (made / "index.html").read_text()
    )
    gaps = sum(row.state != "covered" for row in rows)
    assert f"<strong>{gaps}</strong> gaps" in (made / "index.html").read_text()


def test_a_page_of_a_site_has_the_answers_of_the_page_alone(
    made: Path, server: Target, tmp_path: Path
) -> None:
    alone = tmp_path / "T1528.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEO4J_URI", server.uri)
        patch.setenv("NEO4J_PASSWORD", server.password)
        assert app.run(["export", "page", "T1528", "--release", "18.1-sample", "-o", str(alone)]) == 0
    digest = r"the digest of its answers is <code>([0-9a-f]{64})</code>"
    (own,) = re.findall(digest, alone.read_text())
    assert re.findall(digest, (made / "techniques" / "T1528.html").read_text()) == [own]


def test_a_narrowed_site_has_the_pages_of_those_techniques(filled: Graph) -> None:
    wanted = Wanted(RELEASE, narrowing=Narrowing(techniques=frozenset({"T1528"})))
    paths = {file.path for file in site(filled, wanted, unheard)}
    assert [path for path in paths if path.startswith("techniques/")] == ["techniques/T1528.html"]
    assert "groups/G0016.html" in paths


def test_an_environment_answers_on_every_page(filled: Graph) -> None:
    wanted = Wanted(RELEASE, "example", Narrowing(techniques=frozenset({"T1528"})))
    files = {file.path: file.content.decode() for file in site(filled, wanted, unheard)}
    assert "In example, the way is" in files["techniques/T1528.html"]
    assert "Detection coverage in example" in files["index.html"]


def test_progress_ends_with_all(filled: Graph) -> None:
    told: list[tuple[int, int]] = []
    wanted = Wanted(RELEASE, narrowing=Narrowing(techniques=frozenset({"T1528"})))
    for _ in site(filled, wanted, lambda done, total: told.append((done, total))):
        pass
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > 0


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="other files"):
        put_folder(tmp_path, [("index.html", b"")])
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]


def test_a_site_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    assert put_folder(folder, [("index.html", b"1"), ("a/b.html", b"1")]) == 2
    put_folder(folder, [("index.html", b"2")])
    assert {str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file()} == {
        "index.html",
        MARK,
    }

    def broken() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"3"
        raise OSError(28, "No space left on device")

    with pytest.raises(Exception, match="No space left"):
        put_folder(folder, broken())
    assert (folder / "index.html").read_bytes() == b"2"
    assert [each.name for each in tmp_path.iterdir()] == ["site"]


def test_no_two_paths_differ_in_case_only() -> None:
    names = [
        "azure:signinlogs",
        "azure signinlogs",
        "Azure:SigninLogs",
        "../../etc/passwd",
        "",
        "x" * 300,
        ".",
        "ü",
    ]
    paths = addresses(PageSubject("LogSource", RELEASE, name) for name in names).paths
    assert len({path.casefold() for path in paths.values()}) == len(names)
    assert all(re.fullmatch(r"logsources/[A-Za-z0-9-][A-Za-z0-9._-]*\.html", path) for path in paths.values())
